import { toRecord, type ErrorRecord } from '../../domain/errors';
import type { AnalysisProgress } from '../../domain/progress';
import { kindOf, type Projection, type ProjectionOptions } from '../../domain/projection';
import type { AnalysisJob } from '../../jobs/analysis-job';
import { keepProjection, lastProjection } from '../../jobs/projects';
import { sameProjection } from './projection-options';
import { sayNotice } from './task.svelte';

/** What is to be laid out, and how. */
export interface ProjectionTask {
  projectId: string;
  specKey: string;
  projection: ProjectionOptions;
}

/** Layouts in memory, so that going back to one of them is instant. */
const REMEMBERED = 6;

/** The map of the open project: PCA at once, UMAP and t-SNE when nothing else computes. */
export class Projector {
  projection = $state.raw<Projection | null>(null);
  progress = $state.raw<AnalysisProgress | null>(null);
  error = $state.raw<ErrorRecord | null>(null);
  private stop: AbortController | null = null;
  private remembered: Projection[] = [];

  constructor(private readonly job: Pick<AnalysisJob, 'project'>) {}

  reset(): void {
    this.cancel();
    this.remembered = [];
    this.projection = this.progress = this.error = null;
  }

  /** Ends what runs; what was shown before stays. */
  cancel(): void {
    this.stop?.abort();
    this.stop = null;
    this.progress = null;
  }

  /** Whether the map is what the task asks for, of all `n` rows. */
  shows({ specKey, projection: options }: ProjectionTask, n: number): boolean {
    const shown = this.projection;
    return (
      shown !== null && shown.specKey === specKey && shown.n === n && sameProjection(shown.options, options)
    );
  }

  /** Shows what an earlier visit has left of this task; whether there was any. */
  async restore(task: ProjectionTask, signal?: AbortSignal): Promise<boolean> {
    const known = await this.known(task);
    if (!known || signal?.aborted) return false;
    this.projection = known;
    return true;
  }

  /**
   * Has something to show before the clusters are there: PCA itself, what there is of another method, or PCA in its place.
   * `n` rows are loaded.
   */
  async sketch(task: ProjectionTask, n: number, signal: AbortSignal): Promise<void> {
    if (this.shows(task, n)) return;
    const { projection: options } = task;
    const known = await this.known(task);
    if (signal.aborted) return;
    if (known && (known.n === n || options.method !== 'pca')) {
      this.projection = known;
      return;
    }
    const pca: ProjectionTask = { ...task, projection: { ...options, method: 'pca' } };
    const earlier = options.method === 'pca' ? known : await this.known(pca);
    const found = await this.job.project(pca.projection, earlier, () => undefined, signal);
    if (signal.aborted) return;
    this.projection = found;
    await this.keep(task.projectId, found);
  }

  /**
   * Makes the map that is asked for, unless it is there: from what is kept of it, with the rows that it does not know added, or
   * anew. `n` rows are loaded, and nothing else may compute. `anew` forgets where the rows lay.
   */
  async complete(task: ProjectionTask, n: number, anew = false): Promise<void> {
    if (!anew && this.shows(task, n)) return;
    this.cancel();
    const stop = (this.stop = new AbortController());
    this.error = null;
    try {
      const known = anew ? null : await this.known(task);
      if (this.stop !== stop) return;
      if (known?.n === n) {
        this.projection = known;
        return;
      }
      this.progress = { stage: 'load', fraction: 0, secondsLeft: null };
      const report = (progress: AnalysisProgress): void => {
        if (this.stop !== stop) return;
        this.progress = progress;
        sayNotice(progress);
      };
      const found = await this.job.project(task.projection, known, report, stop.signal);
      if (this.stop !== stop) return;
      this.projection = found;
      await this.keep(task.projectId, found);
    } catch (error) {
      if (this.stop === stop) this.error = toRecord(error);
    } finally {
      if (this.stop === stop) {
        this.stop = null;
        this.progress = null;
      }
    }
  }

  /** The layout of these options, of as many rows as there were when it was made. */
  private async known({ projectId, specKey, projection }: ProjectionTask): Promise<Projection | null> {
    const isIt = (one: Projection): boolean =>
      one.specKey === specKey && sameProjection(one.options, projection);
    const remembered = this.remembered.find(isIt);
    if (remembered) return remembered;
    const kept = await lastProjection(projectId, specKey, kindOf(projection));
    if (!kept || !isIt(kept)) return null;
    this.remember(kept);
    return kept;
  }

  private async keep(projectId: string, found: Projection): Promise<void> {
    this.remember(found);
    await keepProjection(projectId, found);
  }

  private remember(found: Projection): void {
    const isOther = (one: Projection): boolean =>
      one.specKey !== found.specKey || !sameProjection(one.options, found.options);
    this.remembered = [found, ...this.remembered.filter(isOther)].slice(0, REMEMBERED);
  }
}
