import type { Clustering, Sweep } from '../../domain/clustering';
import type { EmbedProgress } from '../../domain/progress';
import type { Counts, Project } from '../../domain/project';
import type { ProjectionOptions } from '../../domain/projection';
import { specKey } from '../../domain/spec';
import { useModel } from '../../jobs/cluster-models';
import * as jobs from '../../jobs/projects';
import { i18n } from '../i18n/i18n.svelte';
import { Analyst, type AnalysisTask } from './analyst.svelte';
import { notices } from './notices.svelte';
import { projectionOf, sameProjection, withChange } from './projection-options';
import { optionsOf } from './sweep-options';
import type { UndoSteps } from './undo-steps.svelte';

/** What analysing the open project needs of it. */
export interface AnalysisHost {
  project: Project | null;
  /** The same; throws while none is open. */
  readonly opened: Project;
  readonly counts: Counts | null;
  readonly progress: EmbedProgress | null;
  /** Another clustering is in use. */
  readClustering(): Promise<void>;
  /** The vectors of the clustering in use are loaded. */
  onVectors(): void;
}

/** The map and the clusterings of the open project: made as it grows and as its options change. */
export class ProjectAnalysis {
  private readonly analyst = new Analyst();

  constructor(
    private readonly host: AnalysisHost,
    private readonly steps: Pick<UndoSteps, 'book' | 'dropLast'>,
  ) {}

  get job() {
    return this.analyst.job;
  }
  get life(): AbortSignal {
    return this.analyst.life;
  }
  get projection() {
    return this.analyst.projector.projection;
  }
  get projectionOptions(): ProjectionOptions {
    return projectionOf(this.host.project);
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
  get progress() {
    return this.analyst.progress;
  }
  get error(): string | null {
    const error = this.analyst.error;
    return error && i18n.m.shell.errors[error.code]();
  }
  /** The clustering in use as it was fitted. */
  readonly clustering = $derived.by((): Clustering | null => {
    const { sweep } = this.analyst;
    if (!sweep) return null;
    const wanted = this.host.project?.k ?? sweep.choice.k;
    const fits = sweep.clusterings.find(({ k }) => k === wanted);
    return fits ?? sweep.clusterings.find(({ k }) => k === sweep.choice.k) ?? null;
  });
  get k(): number | null {
    return this.clustering?.k ?? null;
  }

  /** Another project or descriptor is opened. */
  reset(): void {
    this.analyst.reset();
  }

  setK(k: number): void {
    const { project } = this.host;
    if (!project || k === this.k) return;
    const before = project.k;
    this.applyK(k);
    const label = (): string => i18n.m.editing.steps.k(k);
    this.steps.book('k', () => this.applyK(before), { repeat: () => this.applyK(k), label });
  }

  /** Clusters all images anew. */
  rerun(): void {
    const task = this.task();
    if (!task) return;
    void this.analyst.analyse(task).then(() => {
      this.layOut();
      return this.host.readClustering();
    });
  }

  /** Ends what runs; what was found before stays. */
  cancel(): void {
    this.analyst.cancel();
  }

  setProjection(change: Partial<ProjectionOptions>): void {
    const { projectionOptions: before } = this;
    const after = withChange(before, change);
    if (!this.host.project || JSON.stringify(after) === JSON.stringify(before)) return;
    this.applyProjection(after);
    this.steps.book('projection', () => this.applyProjection(before), {
      repeat: () => this.applyProjection(after),
    });
  }

  /** Makes the map that is asked for, once all rows that are on their way have come. */
  layOut(anew = false): void {
    const task = this.task();
    const isWhole = this.host.progress?.state !== 'running' || task?.projection.method === 'pca';
    if (task && isWhole) void this.analyst.layOut(task, anew);
  }

  /** Ends the layout that is being made; what is shown is what is asked for from now on, and there is nothing to undo. */
  cancelProjection(): void {
    this.analyst.projector.cancel();
    const shown = this.projection?.options;
    if (!shown || sameProjection(shown, this.projectionOptions)) return;
    this.applyProjection(shown);
    this.steps.dropLast('projection');
  }

  /** Lets a kept model label the images, or (null) takes up the project's own clusters again. */
  async useModel(modelId: string | null): Promise<void> {
    this.host.project = await useModel(this.host.opened.id, modelId);
    if (modelId === null) await this.restore();
    else this.rerun();
  }

  /** Puts a better one of the same clusters in place of the sweep, and keeps it. */
  replaceSweep(sweep: Sweep): void {
    this.analyst.keep(this.host.opened.id, sweep).catch((error) => notices.error(error));
  }

  /** Takes up what the store has of the descriptor in use, and begins to make what it lacks. */
  async restore(): Promise<void> {
    const task = this.task();
    if (!task) return;
    try {
      await this.analyst.restore(task);
      await this.host.readClustering();
    } catch (error) {
      notices.error(error);
    }
    void this.consider();
  }

  /** Analyses again if the rows at hand deserve it. */
  async consider(): Promise<void> {
    const before = this.sweep;
    await this.analyst.consider(() => {
      const { counts, progress } = this.host;
      const task = this.task();
      return task && { task, n: counts?.embedded ?? 0, running: progress?.state === 'running' };
    });
    this.layOut();
    if (this.sweep !== before) await this.host.readClustering();
    else this.host.onVectors();
  }

  private task(): AnalysisTask | null {
    const { project } = this.host;
    if (!project) return null;
    return {
      projectId: project.id,
      specKey: specKey(project.spec),
      projection: this.projectionOptions,
      options: optionsOf(project),
      byModel: (project.modelId ?? null) !== null,
    };
  }

  private applyK(k: number | null): void {
    const { project } = this.host;
    if (!project) return;
    this.host.project = { ...project, k };
    void this.host.readClustering();
    jobs.updateProject(project.id, { k }).catch((error) => notices.error(error));
  }

  private applyProjection(projection: ProjectionOptions): void {
    const { project } = this.host;
    if (!project) return;
    this.host.project = { ...project, projection };
    this.analyst.projector.cancel();
    this.layOut();
    jobs.updateProject(project.id, { projection }).catch((error) => notices.error(error));
  }
}
