import type { Clustering, MeasuredClusters, Sweep } from '../../domain/clustering';
import type { Edited } from '../../domain/edit-log';
import { toRecord } from '../../domain/errors';
import { touchedClusters } from './edited-clustering';
import { notices } from './notices.svelte';
import type { FurtherJob } from './study-host';

/** What measuring an edited clustering needs of the open project. */
export interface MeasureHost {
  readonly sweep: Sweep | null;
  readonly baseClustering: Clustering | null;
  readonly job: Pick<FurtherJob, 'measureClusters'> & { readonly isReady: boolean };
}

/** What the worker found of clusters that were edited by hand, for the latest labels it was asked about. */
export class EditMeasure {
  private latest = $state.raw<{ of: Uint16Array; found: MeasuredClusters } | null>(null);
  private waiting: (() => void)[] = [];
  private turn = 0;

  constructor(private readonly host: MeasureHost) {}

  /** Of these labels; null until they are measured. Reactive. */
  of(labels: Uint16Array): MeasuredClusters | null {
    return this.latest?.of === labels ? this.latest.found : null;
  }

  /** Measures, where vectors are loaded; null: there is nothing to measure. What was being measured for other labels is left. */
  async measure(edited: Edited | null): Promise<void> {
    const turn = ++this.turn;
    const { baseClustering: base, sweep, job } = this.host;
    if (!edited || !base || !sweep) return this.release();
    if (!job.isReady) return;
    const { scaling, pca, preparation } = sweep;
    try {
      const touched = touchedClusters(base.labels, edited);
      const found = await job.measureClusters({ scaling, pca, preparation }, edited.labels, touched);
      if (turn !== this.turn) return;
      this.latest = { of: edited.labels, found };
      this.release();
    } catch (error) {
      if (turn === this.turn && toRecord(error).code !== 'cancelled') notices.error(error);
    }
  }

  /** Resolves when what is being measured is, or there is nothing to measure any more. */
  done(): Promise<void> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  forget(): void {
    this.latest = null;
  }

  private release(): void {
    const { waiting } = this;
    this.waiting = [];
    waiting.forEach((go) => go());
  }
}
