import type { Projection, Sweep, SweepOptions } from '../../domain/clustering';
import { toRecord, type ErrorRecord } from '../../domain/errors';
import type { AnalysisProgress } from '../../domain/progress';
import { AnalysisJob } from '../../jobs/analysis-job';
import { keepSweep, lastSweep } from '../../jobs/projects';
import { i18n } from '../i18n/i18n.svelte';
import { notices } from './notices.svelte';
import { shouldAnalyse } from './reanalyse';

/** What there is to analyse: the committed rows of one descriptor of a project. */
export interface AnalysisTask {
  projectId: string;
  specKey: string;
  options: SweepOptions;
}

/** Projection and sweep of the open project, made again as it grows. One analysis at a time. */
export class Analyst {
  projection = $state.raw<Projection | null>(null);
  sweep = $state.raw<Sweep | null>(null);
  progress = $state.raw<AnalysisProgress | null>(null);
  error = $state.raw<ErrorRecord | null>(null);

  readonly job = new AnalysisJob();
  private stop: AbortController | null = null;
  private analysed = 0;

  /** Forgets everything: another project or descriptor is opened. */
  reset(): void {
    this.stop?.abort();
    this.stop = null;
    this.analysed = 0;
    this.projection = this.sweep = this.progress = this.error = null;
  }

  /** Takes up the sweep kept from an earlier visit, if it was made with the same options. */
  async restore({ projectId, specKey, options }: AnalysisTask): Promise<void> {
    const kept = await lastSweep(projectId, specKey);
    if (!kept || !isMadeWith(kept, options)) return;
    const stop = (this.stop = new AbortController());
    this.sweep = kept;
    this.analysed = kept.n;
    await this.job.load(projectId, specKey, stop.signal);
    const projection = await this.job.project(stop.signal);
    if (this.stop !== stop) return;
    this.projection = projection;
    this.stop = null;
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
  async analyse({ projectId, specKey, options }: AnalysisTask): Promise<boolean> {
    this.stop?.abort();
    const stop = (this.stop = new AbortController());
    this.error = null;
    this.progress = { stage: 'load', fraction: 0, secondsLeft: null };
    try {
      const { n } = await this.job.load(projectId, specKey, stop.signal);
      this.analysed = n;
      const projection = await this.job.project(stop.signal);
      if (this.stop !== stop) return false;
      this.projection = projection;
      const report = (p: AnalysisProgress): void => {
        if (this.stop !== stop) return;
        this.progress = p;
        if (p.notice === 'device-lost') notices.warn(() => i18n.m.shell.notices.deviceLost);
        if (p.notice === 'fallback-cpu') notices.warn(() => i18n.m.shell.notices.fallback);
      };
      const { kMin, kMax } = options;
      const sweep: Sweep = {
        ...(await this.job.sweep(options, report, stop.signal)),
        asked: { kMin, kMax },
      };
      if (this.stop !== stop) return false;
      this.sweep = sweep;
      await keepSweep(projectId, sweep);
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

  /** Ends what runs; what was found before stays. */
  cancel(): void {
    this.stop?.abort();
  }
}

function isMadeWith(sweep: Sweep, options: SweepOptions): boolean {
  return (
    sweep.asked?.kMin === options.kMin &&
    sweep.asked.kMax === options.kMax &&
    sweep.seed === options.seed &&
    sweep.scaling === options.scaling &&
    sweep.pca === options.pca &&
    sweep.nInit === options.nInit
  );
}
