import type { AddressSketch, OriginCount } from '../../domain/addresses';
import type { ClusterNote, Clustering, Sweep } from '../../domain/clustering';
import { TesseraError } from '../../domain/errors';
import type { DroppedFile } from '../../domain/files';
import type { Counts, Project } from '../../domain/project';
import type { ProjectionOptions } from '../../domain/projection';
import type { DocumentPage } from '../../domain/remote';
import type {
  DescriptorPreview,
  DescriptorRequest,
  ImportedDescriptors,
  NonFinite,
} from '../../domain/services';
import { DEFAULT_SEARCH, NOTHING_FOUND, type QueryPicture, type Ranking } from '../../domain/search';
import { specKey } from '../../domain/spec';
import { useModel } from '../../jobs/cluster-models';
import * as jobs from '../../jobs/projects';
import { i18n } from '../i18n/i18n.svelte';
import { Analyst, type AnalysisTask } from './analyst.svelte';
import { Columns } from './columns.svelte';
import { Edits } from './edits.svelte';
import { firstPictures } from './first-pictures';
import { keptNotes, NO_KEPT_NOTES, NO_NOTES, notesKey, withNotes, type KeptNotes, type Notes } from './notes';
import { notices } from './notices.svelte';
import { pixelSummaries } from './pixel-summaries.svelte';
import { PlaceState } from './place.svelte';
import { projectionOf, withChange } from './projection-options';
import { QueueRun } from './queue.svelte';
import { setsAhead } from './queue-items';
import { remember } from './remember';
import { RowFeed } from './row-feed.svelte';
import { RowScores } from './row-scores.svelte';
import { changeSelection, emptySelection, sameSelection } from './selection';
import type { Screen, Selection, SelectMode } from './session';
import type { StudyHost } from './study-host';
import { optionsOf, sameOptions } from './sweep-options';
import { Thumbnails } from './thumbnails';
import { UndoStack, type StepDetails, type UndoStep } from './undo';

/** The open project, what runs on it, and what the person is looking at. The only place that talks to jobs about it. */
export class AppSession implements StudyHost {
  project = $state.raw<Project | null>(null);
  arriving = $state.raw<readonly File[]>([]);
  hovered = $state<number | null>(null);
  /** What Undo takes back and what Redo does again. */
  private steps = $state.raw<{ undo: UndoStep | null; redo: UndoStep | null }>({ undo: null, redo: null });

  /** Counts as the store has them, while no run tells newer ones. */
  private storedCounts = $state.raw<Counts | null>(null);
  private picked = $state.raw<Selection>(emptySelection(0));
  /** Notes as they are kept, by clustering. */
  private kept = $state.raw<KeptNotes>(NO_KEPT_NOTES);
  private readonly feed = new RowFeed();
  private readonly analyst = new Analyst();
  private readonly place = new PlaceState();
  private readonly undoStack = new UndoStack();
  readonly columns = new Columns({
    bookUndo: (kind, revert, more) => this.bookUndo(kind, revert, more),
    fail: (error) => notices.error(error),
  });
  private readonly images = new Thumbnails({
    read: (rows) => jobs.thumbnails(this.opened.id, rows),
    createUrl: (blob) => URL.createObjectURL(blob),
    revokeUrl: (url) => URL.revokeObjectURL(url),
  });

  readonly scores = new RowScores(this);
  readonly summaries = pixelSummaries(this);
  readonly edits = new Edits(this);

  constructor(readonly queue = new QueueRun()) {}

  get progress() {
    return this.project && this.queue.progressOf(this.project.id);
  }
  get backend() {
    return this.project ? (this.queue.backend[this.project.id] ?? null) : null;
  }
  /** `?backend=` in the address wins over the project's choice. */
  get forcedBackend() {
    return this.queue.forcedBackend;
  }
  /** Sets that come before this one; null when it does not wait for its turn. */
  get ahead(): number | null {
    return setsAhead(this.queue.items, this.project);
  }
  get rows() {
    return this.feed.rows;
  }
  get skipped() {
    return this.feed.skipped;
  }
  get counts(): Counts | null {
    const { project } = this;
    return (project && this.queue.countsOf(project.id)) ?? this.storedCounts;
  }
  get running(): boolean {
    return this.project !== null && this.queue.isRunning(this.project.id);
  }
  get projection() {
    return this.analyst.projector.projection;
  }
  get projectionOptions(): ProjectionOptions {
    return projectionOf(this.project);
  }
  get projecting() {
    return this.analyst.projector.progress;
  }
  get projectionError(): string | null {
    const error = this.analyst.projector.error;
    return error && i18n.m.shell.errors[error.code]();
  }
  get sweep() {
    return this.analyst.sweep;
  }
  get analysis() {
    return this.analyst.progress;
  }
  get analysisError(): string | null {
    const error = this.analyst.error;
    return error && i18n.m.shell.errors[error.code]();
  }
  /** As it was fitted. */
  baseClustering = $derived.by((): Clustering | null => {
    const { sweep } = this.analyst;
    if (!sweep) return null;
    const wanted = this.project?.k ?? sweep.choice.k;
    const fits = sweep.clusterings.find(({ k }) => k === wanted);
    return fits ?? sweep.clusterings.find(({ k }) => k === sweep.choice.k) ?? null;
  });
  get clustering(): Clustering | null {
    return this.edits.clustering;
  }
  get notes(): Notes {
    return this.edits.names ?? this.kept.get(this.clusteringId) ?? NO_NOTES;
  }
  private get clusteringId(): string {
    return this.sweep ? notesKey(jobs.sweepIdentity(this.sweep), this.k) : '';
  }
  get k(): number | null {
    return this.baseClustering?.k ?? null;
  }
  get screen(): Screen {
    return this.place.screen;
  }
  get cluster(): number | null {
    return this.place.cluster;
  }
  get node(): string | null {
    return this.place.node;
  }
  selection = $derived.by(() =>
    this.picked.mask.length === this.rows.n
      ? this.picked
      : changeSelection(this.picked, [], 'add', this.rows.n),
  );

  start(): void {
    this.place.start();
  }

  go(screen: Screen, at?: number | string): void {
    this.place.go(screen, at ?? null);
  }

  /** Opens a project where it was left; whatever is embedded meanwhile goes on. Null closes what is open. */
  async open(projectId: string | null): Promise<void> {
    this.queue.show(projectId, {
      onRows: () => this.takeRows(),
      onPictures: (rows) => this.takePictures(rows),
      onFinished: () => void this.finish(),
    });
    this.analyst.reset();
    this.images.clear();
    this.undoStack.clear();
    this.steps = this.undoStack.next;
    this.project = this.hovered = this.storedCounts = null;
    this.arriving = [];
    this.picked = emptySelection(0);
    this.kept = NO_KEPT_NOTES;
    await Promise.all([this.feed.open(null), this.columns.open(null), this.edits.read(null)]);
    remember('project', projectId);
    if (projectId === null) return;

    const project = await jobs.openProject(projectId);
    const [notes] = await Promise.all([
      jobs.allNotes(projectId),
      this.feed.open(projectId),
      this.edits.read(projectId),
    ]);
    this.kept = keptNotes(notes);
    this.project = project;
    const counts = await this.readCounts();
    void this.columns.open(projectId);
    void this.restoreAnalysis();
    if (counts.waiting > 0 && !this.queue.items.some(({ id }) => id === projectId))
      notices.warn(() => i18n.m.shell.notices.unfinished(counts.waiting), {
        label: () => i18n.m.shell.progress.continueRun,
        run: () => void this.run().catch((error) => notices.error(error)),
      });
    // What another tab is still reading is not missing.
    if (counts.missing > 0 && !(await jobs.isProjectLocked(projectId))) {
      const atAddresses = (await this.awaitedOrigins()).length > 0;
      notices.warn(() => (atAddresses ? i18n.m.addresses : i18n.m.shell.notices).missing(counts.missing), {
        label: () => i18n.m.shell.notices.show,
        run: () => this.go('data'),
      });
    }
  }

  /** Adds files to the open project; they are embedded when its turn comes. */
  async add(files: DroppedFile[]): Promise<void> {
    if (this.rows.n === 0) this.arriving = firstPictures(files);
    await this.queue.add(this.opened.id, files);
  }

  /** Takes documents of a server into the open project and embeds them. */
  async takeDocuments(next: () => Promise<DocumentPage | null>): Promise<void> {
    await this.queue.takeDocuments(this.opened.id, next);
  }

  /** Embeds all that is not finished, when its turn comes. */
  async run(): Promise<void> {
    if (this.project) await this.queue.enqueue(this.project.id);
  }

  inspectAddresses(file: File): Promise<AddressSketch> {
    return this.queue.inspectAddresses(file);
  }

  /** Servers with pictures of the open project that are not here. */
  awaitedOrigins(): Promise<OriginCount[]> {
    return jobs.awaitedOrigins(this.opened.id);
  }

  fetchAgain(origins: readonly string[]): Promise<void> {
    return this.queue.fetchAgain(this.opened.id, origins);
  }

  pause = (): Promise<void> => this.queue.pause(this.opened.id);
  resume = (): Promise<void> => this.queue.enqueue(this.opened.id);

  cancel = (): Promise<void> => this.queue.stop(this.opened.id);

  /** Takes over embeddings exported earlier and makes their descriptor the project's. */
  async importEmbeddings(file: File): Promise<void> {
    const { id } = this.opened;
    await this.queue.without(id, async () => {
      const { spec, vectors } = await this.queue.importEmbeddings(id, file);
      notices.info(() => i18n.m.shell.notices.embeddingsIn(vectors));
      // Vectors of another tool may have brought rows along.
      await this.feed.reload();
      await this.change({ spec });
    });
  }

  /** What a file of vectors holds, and what of it fits the open project, if there is one. */
  inspectDescriptors(asked: DescriptorRequest): Promise<DescriptorPreview> {
    return this.queue.inspectDescriptors(this.project?.id ?? null, asked);
  }

  checkDescriptors(
    file: File,
    array: string | null,
    progress: (fraction: number) => void,
  ): Promise<NonFinite> {
    return this.queue.checkDescriptors(file, array, progress);
  }

  /** Takes over vectors of another tool and makes them the descriptor of the project. */
  async importDescriptors(
    asked: DescriptorRequest,
    progress: (fraction: number) => void,
  ): Promise<ImportedDescriptors> {
    const { id } = this.opened;
    return this.queue.without(id, async () => {
      const imported = await this.queue.importDescriptors(id, asked, progress);
      await this.feed.reload();
      // The same vectors again, matched anew, are another content under the key in use.
      if (specKey(this.opened.spec) === specKey(imported.spec))
        await this.queue.without(id, () => this.changeDescriptor());
      else await this.change({ spec: imported.spec });
      return imported;
    });
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

  setK(k: number): void {
    const { project } = this;
    if (!project || k === this.k) return;
    const before = project.k;
    this.applyK(k);
    const label = (): string => i18n.m.editing.steps.k(k);
    this.bookUndo('k', () => this.applyK(before), { repeat: () => this.applyK(k), label });
  }

  rerunSweep(): void {
    const task = this.task();
    if (!task) return;
    void this.analyst.analyse(task).then(() => {
      this.layOut();
      return this.loadNotes();
    });
  }

  cancelAnalysis(): void {
    this.analyst.cancel();
  }

  setProjection(change: Partial<ProjectionOptions>): void {
    const { project, projectionOptions: before } = this;
    const after = withChange(before, change);
    if (!project || JSON.stringify(after) === JSON.stringify(before)) return;
    this.applyProjection(after);
    this.bookUndo('projection', () => this.applyProjection(before), {
      repeat: () => this.applyProjection(after),
    });
  }

  relayout(): void {
    this.layOut(true);
  }

  cancelProjection(): void {
    this.analyst.projector.cancel();
  }

  select(rows: Iterable<number>, mode: SelectMode): void {
    this.pick(changeSelection(this.selection, rows, mode, this.rows.n));
  }

  clearSelection(): void {
    this.pick(emptySelection(this.rows.n));
  }

  async saveSelection(): Promise<void> {
    const { exportFile } = await import('./exports');
    const name = await exportFile(this, 'images');
    if (name) notices.info(() => i18n.m.shell.exports.done(name));
  }

  setNote(cluster: number, note: ClusterNote): void {
    this.edits.name(cluster, note);
  }

  get canUndo(): boolean {
    return this.steps.undo !== null;
  }
  get canRedo(): boolean {
    return this.steps.redo !== null;
  }
  get undoLabel(): string {
    return this.steps.undo?.label?.() ?? '';
  }
  get redoLabel(): string {
    return this.steps.redo?.label?.() ?? '';
  }

  /** Books a step that Undo takes back, and Redo does again if `more` says how. */
  bookUndo(kind: string | null, revert: UndoStep['revert'], more: StepDetails = {}): void {
    this.undoStack.push({ kind, revert, ...more });
    this.steps = this.undoStack.next;
  }

  undo(): void {
    this.tell(this.undoStack.undo(), (step) => {
      const { notices: t } = i18n.m.shell;
      if (!step) return t.nothingToUndo;
      return step.label ? i18n.m.editing.undone(step.label()) : t.undone;
    });
  }

  redo(): void {
    this.tell(this.undoStack.redo(), (step) => {
      const t = i18n.m.editing;
      return step ? t.redone(step.label?.() ?? null) : t.nothingToRedo;
    });
  }

  takeUpSteps(done: readonly UndoStep[], undone: readonly UndoStep[]): void {
    this.undoStack.restore(done, undone);
    this.steps = this.undoStack.next;
  }

  forgetSteps(isGone: (step: UndoStep) => boolean): void {
    this.undoStack.forget(isGone);
    this.steps = this.undoStack.next;
  }

  private tell(work: Promise<UndoStep | null>, text: (step: UndoStep | null) => string): void {
    work.then(
      (step) => notices.info(() => text(step)),
      (error) => notices.error(error),
    );
    this.steps = this.undoStack.next;
  }

  thumbnail(row: number): Promise<string> {
    return this.images.get(row);
  }
  original(row: number): Promise<Blob> {
    return jobs.original(this.opened.id, row);
  }
  meanImage(rows: Uint32Array, size: number) {
    return this.analyst.job.meanImage(this.opened.id, rows, size);
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

  get job() {
    return this.analyst.job;
  }
  get life(): AbortSignal {
    return this.analyst.life;
  }
  /** Lets a kept model label the images, or (null) takes up the project's own clusters again. */
  async useModel(modelId: string | null): Promise<void> {
    this.project = await useModel(this.opened.id, modelId);
    if (modelId === null) await this.restoreAnalysis();
    else this.rerunSweep();
  }
  replaceSweep(sweep: Sweep): void {
    this.analyst.keep(this.opened.id, sweep).catch((error) => notices.error(error));
  }

  private get opened(): Project {
    if (!this.project) throw new Error('No project is open.');
    return this.project;
  }

  private async readCounts(): Promise<Counts> {
    const { id } = this.opened;
    const summary = (await jobs.listProjects()).find(({ project }) => project.id === id);
    if (!summary) throw new TesseraError('store', 'This project no longer exists.');
    return (this.storedCounts = this.queue.withFilesAtHand(id, summary.counts));
  }

  /** Forgets what the last descriptor gave and takes up what the store has of the new one. */
  private async changeDescriptor(): Promise<void> {
    this.queue.forgetBackend(this.opened.id);
    this.analyst.reset();
    await this.readCounts();
    await this.restoreAnalysis();
  }

  private task(): AnalysisTask | null {
    const { project } = this;
    if (!project) return null;
    const byModel = (project.modelId ?? null) !== null;
    const projection = this.projectionOptions;
    return {
      projectId: project.id,
      specKey: specKey(project.spec),
      projection,
      options: optionsOf(project),
      byModel,
    };
  }

  /** Makes the map that is asked for, once all rows that are on their way have come. */
  private layOut(anew = false): void {
    const task = this.task();
    const isWhole = this.progress?.state !== 'running' || task?.projection.method === 'pca';
    if (task && isWhole) void this.analyst.layOut(task, anew);
  }

  private async restoreAnalysis(): Promise<void> {
    const task = this.task();
    if (!task) return;
    try {
      await this.analyst.restore(task);
      await this.loadNotes();
    } catch (error) {
      notices.error(error);
    }
    await this.considerAnalysis();
  }

  private async considerAnalysis(): Promise<void> {
    const before = this.sweep;
    await this.analyst.consider(() => {
      const task = this.task();
      return task && { task, n: this.counts?.embedded ?? 0, running: this.progress?.state === 'running' };
    });
    this.layOut();
    if (this.sweep !== before) await this.loadNotes();
    else void this.edits.measure();
  }

  private takeRows(): void {
    this.feed.grow(
      () => {
        this.columns.follow(this.rows.n);
        void this.considerAnalysis();
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
    await this.considerAnalysis();
  }

  private applyK(k: number | null): void {
    const { project } = this;
    if (!project) return;
    this.project = { ...project, k };
    void this.loadNotes();
    jobs.updateProject(project.id, { k }).catch((error) => notices.error(error));
  }

  private applyProjection(projection: ProjectionOptions): void {
    const { project } = this;
    if (!project) return;
    this.project = { ...project, projection };
    this.analyst.projector.cancel();
    this.layOut();
    jobs.updateProject(project.id, { projection }).catch((error) => notices.error(error));
  }

  private pick(next: Selection): void {
    const before = this.selection;
    if (sameSelection(before, next)) return;
    this.picked = next;
    const repeat = (): void => void (this.picked = next);
    const label = (): string => i18n.m.editing.steps.selection(next.count);
    this.bookUndo(null, () => void (this.picked = before), { repeat, label });
  }

  /** Reads the notes of the clustering in use, and takes up what was edited in it. */
  async loadNotes(): Promise<void> {
    const { project, sweep, k, clusteringId } = this;
    if (!project || !sweep || k === null) return;
    const notes = await jobs.notes(project.id, sweep, k);
    if (this.clusteringId !== clusteringId) return;
    this.kept = withNotes(this.kept, clusteringId, notes);
    this.edits.follow();
  }
}
