import type { ClusterNote, Clustering, Sweep } from '../../domain/clustering';
import type { DroppedFile } from '../../domain/files';
import type { Counts } from '../../domain/project';
import type { ProjectionOptions } from '../../domain/projection';
import { DEFAULT_SEARCH, NOTHING_FOUND, type QueryPicture, type Ranking } from '../../domain/search';
import { specKey } from '../../domain/spec';
import * as jobs from '../../jobs/projects';
import { i18n } from '../i18n/i18n.svelte';
import { Additions } from './additions.svelte';
import { Columns } from './columns.svelte';
import { Edits } from './edits.svelte';
import { KeptNames } from './kept-names.svelte';
import type { Notes } from './notes';
import { notices } from './notices.svelte';
import { pixelSummaries } from './pixel-summaries.svelte';
import { ProjectAnalysis } from './project-analysis.svelte';
import { remember } from './remember';
import { RowFeed } from './row-feed.svelte';
import { RowScores } from './row-scores.svelte';
import { sayMissing, sayUnfinished } from './say-what-lacks';
import { SessionRun } from './session-run.svelte';
import type { StudyHost } from './study-host';
import { optionsOf, sameOptions } from './sweep-options';
import { Thumbnails } from './thumbnails';

/** The open project, what runs on it, and what the person is looking at. The only place that talks to jobs about it. */
export class AppSession extends SessionRun implements StudyHost {
  private readonly keptNames = new KeptNames();
  private readonly feed = new RowFeed();
  private readonly images = new Thumbnails({
    read: (rows) => jobs.thumbnails(this.opened.id, rows),
    createUrl: (blob) => URL.createObjectURL(blob),
    revokeUrl: (url) => URL.revokeObjectURL(url),
  });
  private readonly analyses = new ProjectAnalysis(this, this.steps);

  readonly additions = new Additions(this);
  readonly columns = new Columns({
    bookUndo: (kind, revert, more) => this.bookUndo(kind, revert, more),
    fail: (error) => notices.error(error),
  });
  readonly scores = new RowScores(this);
  readonly summaries = pixelSummaries(this);
  readonly edits = new Edits(this);

  get arriving() {
    return this.additions.arriving;
  }
  get rows() {
    return this.feed.rows;
  }
  get skipped() {
    return this.feed.skipped;
  }
  get projection() {
    return this.analyses.projection;
  }
  get projectionOptions(): ProjectionOptions {
    return this.analyses.projectionOptions;
  }
  get projecting() {
    return this.analyses.projecting;
  }
  get projectionError(): string | null {
    return this.analyses.projectionError;
  }
  get sweep() {
    return this.analyses.sweep;
  }
  get analysis() {
    return this.analyses.progress;
  }
  get analysisError(): string | null {
    return this.analyses.error;
  }
  get baseClustering(): Clustering | null {
    return this.analyses.clustering;
  }
  get clustering(): Clustering | null {
    return this.edits.clustering;
  }
  get notes(): Notes {
    return this.edits.names ?? this.keptNames.of(this.sweep, this.k);
  }
  get k(): number | null {
    return this.analyses.k;
  }
  get job() {
    return this.analyses.job;
  }
  get life(): AbortSignal {
    return this.analyses.life;
  }

  /** Opens a project where it was left; whatever is embedded meanwhile goes on. Null closes what is open. */
  async open(projectId: string | null): Promise<void> {
    this.queue.show(projectId, {
      onRows: () => this.takeRows(),
      onPictures: (rows) => this.takePictures(rows),
      onFinished: () => void this.finish(),
    });
    await this.forget();
    remember('project', projectId);
    if (projectId === null) return;

    const project = await jobs.openProject(projectId);
    await Promise.all([
      this.keptNames.open(projectId),
      this.feed.open(projectId),
      this.edits.read(projectId),
    ]);
    this.project = project;
    const counts = await this.readCounts();
    void this.columns.open(projectId);
    void this.analyses.restore();
    await this.sayWhatLacks(counts);
  }

  /** Adds files to the open project; they are embedded when its turn comes. False: there is no space for them yet. */
  add(files: DroppedFile[]): Promise<boolean> {
    return this.additions.files(files);
  }

  /** Changes the project; another descriptor or backend starts the embedding anew, other options the clustering. */
  async change(patch: jobs.ProjectPatch): Promise<void> {
    const before = this.project;
    if (!before) return;
    const other = patch.spec !== undefined && specKey(patch.spec) !== specKey(before.spec);
    // A model is of one descriptor and of no other.
    const whole = other ? { modelId: null, ...patch } : patch;
    const after = (this.project = await jobs.updateProject(before.id, whole));
    if (other || after.backend !== before.backend) {
      const unfinished = this.running;
      await this.queue.without(before.id, async () => {
        if (other) await this.changeDescriptor();
      });
      if (other || unfinished) await this.run();
    } else if (!sameOptions(optionsOf(after), optionsOf(before))) this.rerunSweep();
  }

  /** Forgets what the last descriptor gave and takes up what the store has of the new one. */
  async changeDescriptor(): Promise<void> {
    this.queue.forgetBackend(this.opened.id);
    this.analyses.reset();
    await this.readCounts();
    await this.analyses.restore();
  }

  setK(k: number): void {
    this.analyses.setK(k);
  }
  rerunSweep(): void {
    this.analyses.rerun();
  }
  cancelAnalysis(): void {
    this.analyses.cancel();
  }
  setProjection(change: Partial<ProjectionOptions>): void {
    this.analyses.setProjection(change);
  }
  relayout(): void {
    this.analyses.layOut(true);
  }
  cancelProjection(): void {
    this.analyses.cancelProjection();
  }
  useModel(modelId: string | null): Promise<void> {
    return this.analyses.useModel(modelId);
  }
  replaceSweep(sweep: Sweep): void {
    this.analyses.replaceSweep(sweep);
  }

  async saveSelection(): Promise<void> {
    const { exportFile } = await import('./exports');
    const name = await exportFile(this, 'images');
    if (name) notices.info(() => i18n.m.shell.exports.done(name));
  }

  setNote(cluster: number, note: ClusterNote): void {
    this.edits.name(cluster, note);
  }

  thumbnail(row: number): Promise<string> {
    return this.images.get(row);
  }
  original(row: number): Promise<Blob> {
    return jobs.original(this.opened.id, row);
  }
  meanImage(rows: Uint32Array, size: number) {
    return this.job.meanImage(this.opened.id, rows, size);
  }
  async nearest(row: number, count: number) {
    const options = { ...DEFAULT_SEARCH, count };
    const [found] = await this.job.search({ rows: Uint32Array.of(row) }, options, () => undefined);
    return found ?? NOTHING_FOUND;
  }
  async search(...asked: Parameters<StudyHost['search']>): Promise<Ranking[]> {
    // A project that was just opened may be searched before its vectors are at hand.
    await this.job.whenLoaded(asked[3]);
    return this.job.search(...asked);
  }
  embedPicture(file: Blob): Promise<QueryPicture> {
    const { spec, backend } = this.opened;
    return this.queue.embedPicture(file, spec, this.forcedBackend ?? backend);
  }

  async reloadRows(): Promise<void> {
    await this.feed.reload();
  }

  /** Reads the notes of the clustering in use, and takes up what was edited in it. */
  async readClustering(): Promise<void> {
    const { project, sweep, k } = this;
    if (!project || !sweep || k === null) return;
    const identity = jobs.sweepIdentity(sweep);
    const isCurrent = (): boolean =>
      this.sweep !== null && jobs.sweepIdentity(this.sweep) === identity && this.k === k;
    if (await this.keptNames.read(project.id, sweep, k, isCurrent)) this.edits.follow();
  }

  onVectors(): void {
    void this.edits.measure();
  }

  private async forget(): Promise<void> {
    this.analyses.reset();
    this.images.clear();
    this.forgetProject();
    this.additions.arriving = [];
    await Promise.all([
      this.feed.open(null),
      this.columns.open(null),
      this.keptNames.open(null),
      this.edits.read(null),
    ]);
  }

  private async sayWhatLacks({ waiting, missing }: Counts): Promise<void> {
    const { id } = this.opened;
    if (waiting > 0 && !this.queue.items.some((item) => item.id === id))
      sayUnfinished(waiting, () => this.run());
    // What another tab is still reading is not missing.
    if (missing > 0 && !(await jobs.isProjectLocked(id)))
      sayMissing(missing, (await this.additions.awaitedOrigins()).length > 0, () => this.go('data'));
  }

  private takeRows(): void {
    this.feed.grow(
      () => {
        this.columns.follow(this.rows.n);
        void this.analyses.consider();
      },
      (error) => notices.error(error),
    );
  }

  private takePictures(rows: number[]): void {
    this.images.forget(rows);
    this.feed.refresh((error) => notices.error(error));
  }

  private async finish(): Promise<void> {
    await this.feed.reload().catch((error) => notices.error(error));
    void this.columns.reload(this.rows.n);
    await this.analyses.consider();
  }
}
