import type { Sweep, SweepOptions } from '../../domain/clustering';
import { toRecord, type ErrorRecord } from '../../domain/errors';
import type { AnalysisProgress } from '../../domain/progress';
import { AnalysisJob } from '../../jobs/analysis-job';
import { modelInUse } from '../../jobs/cluster-models';
import { keepSweep, lastSweep } from '../../jobs/projects';
import { rememberTiming } from './project-timings';
import { Projector, type ProjectionTask } from './projector.svelte';
import { shouldAnalyse } from './reanalyse';
import { isMadeWith } from './sweep-options';
import { sayNotice } from './task.svelte';
import { timingOf } from './timings.svelte';

/** What there is to analyse: the committed rows of one descriptor of a project. */
export interface AnalysisTask extends ProjectionTask {
  options: SweepOptions;
  /** A kept model labels the rows in place of a sweep. */
  byModel: boolean;
}

/** Projection and sweep of the open project, made again as it grows. One analysis at a time. */
export class Analyst {
  sweep = $state.raw<Sweep | null>(null);
  progress = $state.raw<AnalysisProgress | null>(null);
  error = $state.raw<ErrorRecord | null>(null);

  readonly job = new AnalysisJob();
  readonly projector = new Projector(this.job);
  private stop: AbortController | null = null;
  private analysed = 0;
  private living = $state.raw(new AbortController());

  /** Aborted when another project or descriptor is opened: what was found of this one means nothing then. */
  get life(): AbortSignal {
    return this.living.signal;
  }

  /** Forgets everything: another project or descriptor is opened. */
  reset(): void {
    this.stop?.abort();
    this.stop = null;
    this.living.abort();
    this.living = new AbortController();
    this.analysed = 0;
    this.projector.reset();
    this.sweep = this.progress = this.error = null;
  }

  /** Takes up the sweep kept from an earlier visit, if it was made with the same options. What a model gives is made anew. */
  async restore(task: AnalysisTask): Promise<void> {
    const { projectId, specKey, options, byModel } = task;
    this.stop?.abort();
    this.analysed = 0;
    await this.projector.restore(task, this.life);
    const kept = byModel ? null : await lastSweep(projectId, specKey);
    if (!kept || !isMadeWith(kept, options)) {
      this.stop = null;
      return;
    }
    const stop = (this.stop = new AbortController());
    this.sweep = kept;
    this.analysed = kept.n;
    const { n } = await this.job.load(projectId, specKey, stop.signal);
    await this.projector.sketch(task, n, stop.signal);
    if (this.stop === stop) this.stop = null;
  }

  /** Makes the map that is asked for: PCA at once, others when nothing else computes; see `Projector.complete`. */
  async layOut(task: AnalysisTask, anew = false): Promise<void> {
    const mayRun = task.projection.method === 'pca' || !this.stop;
    if (mayRun && this.analysed > 0) await this.projector.complete(task, this.analysed, anew);
  }

  /** Analyses again if the rows at hand deserve it. `latest` is asked again after each analysis: rows arrive meanwhile. */
  async consider(latest: () => { task: AnalysisTask; n: number; running: boolean } | null): Promise<void> {
    while (!this.stop) {
      const now = latest();
      if (!now || !shouldAnalyse(this.analysed, now.n, now.running)) return;
      if (!(await this.analyse(now.task))) return;
    }
  }

  /** Analyses in any case, ending what runs; false when it failed or was ended itself. */
  async analyse(task: AnalysisTask): Promise<boolean> {
    const { projectId, specKey, options, byModel } = task;
    this.projector.cancel();
    this.stop?.abort();
    const stop = (this.stop = new AbortController());
    this.error = null;
    this.progress = { stage: 'load', fraction: 0, secondsLeft: null };
    try {
      const { n } = await this.job.load(projectId, specKey, stop.signal);
      this.analysed = n;
      await this.projector.sketch(task, n, stop.signal);
      if (this.stop !== stop) return false;
      let scoring = 0;
      const report = (p: AnalysisProgress): void => {
        if (this.stop !== stop) return;
        if (p.stage === 'silhouette') scoring ||= performance.now();
        this.progress = p;
        sayNotice(p);
      };
      const { kMin, kMax, pca, silhouetteSample } = options;
      const model = byModel ? await modelInUse(projectId) : null;
      const made = model
        ? await this.job.applyModel(model.model, model.name, report, stop.signal)
        : await this.job.sweep(options, report, stop.signal);
      if (this.stop !== stop) return false;
      const timing = timingOf(made, Date.now());
      if (timing) rememberTiming(projectId, timing);
      // Told late or not at all where it is quick: then there is nothing to say of how long it takes.
      const silhouetteSeconds = scoring ? (performance.now() - scoring) / 1000 : undefined;
      await this.keep(projectId, {
        silhouetteSeconds,
        ...made,
        asked: { kMin, kMax, pca, silhouetteSample },
      });
      return this.stop === stop;
    } catch (error) {
      const record = toRecord(error);
      if (this.stop === stop && record.code !== 'cancelled') this.error = record;
      return false;
    } finally {
      if (this.stop === stop) {
        this.stop = null;
        this.progress = null;
      }
    }
  }

  /** Takes up a sweep and keeps it; one of a model stays in memory, so that the project's own is there to go back to. */
  async keep(projectId: string, sweep: Sweep): Promise<void> {
    this.sweep = sweep;
    if (!sweep.model) await keepSweep(projectId, sweep);
  }

  /** Ends what runs; what was found before stays. */
  cancel(): void {
    this.stop?.abort();
  }
}
