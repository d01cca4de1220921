import { untrack } from 'svelte';
import type { Clustering, Sweep } from '../../domain/clustering';
import {
  scoredLabelling,
  type Margins,
  type Medoid,
  type RowScoreAnalysis,
  type RowSilhouettes,
  type ScoredLabelling,
} from '../../domain/row-scores';
import { membersOf } from '../screens/clusters/members';
import { Task, type Report } from './task.svelte';

/** What scores of rows need of the open project. */
export interface ScoreHost {
  readonly sweep: Sweep | null;
  readonly clustering: Clustering | null;
  /** Not null once the vectors are loaded, null again while others are. */
  readonly projection: unknown;
  /** Not null while an analysis runs. */
  readonly analysis: unknown;
  readonly life: AbortSignal;
  readonly job: {
    [Name in keyof RowScoreAnalysis]: (
      ...args: [...Parameters<RowScoreAnalysis[Name]>, signal?: AbortSignal]
    ) => ReturnType<RowScoreAnalysis[Name]>;
  };
}

type Compute<T> = (
  job: ScoreHost['job'],
  of: ScoredLabelling,
  cluster: number,
  report: Report,
  signal: AbortSignal,
) => Promise<T>;

/** One score of the clustering in use: made when a screen wants it, once for a clustering (and cluster). */
export class Score<T> {
  readonly task = new Task();
  /** By the labels, which stay the same object as long as they say the same. */
  private readonly kept = new WeakMap<Uint16Array, Readonly<Record<number, T>>>();
  private version = $state(0);
  private making: { labels: Uint16Array; cluster: number } | null = null;

  constructor(
    private readonly host: ScoreHost,
    private readonly compute: Compute<T>,
  ) {}

  /** null until it is made. Reactive. */
  value(cluster = 0): T | null {
    void this.version;
    const { clustering } = this.host;
    return (clustering && this.kept.get(clustering.labels)?.[cluster]) ?? null;
  }

  /** To be called in an effect: makes it as soon as nothing else runs, if it is not there; what failed is not tried again. */
  want(cluster = 0): void {
    const { clustering, projection, analysis } = this.host;
    if (!clustering || projection === null || analysis !== null) return;
    const { making } = this;
    if (making?.labels === clustering.labels && making.cluster === cluster) return;
    if (this.value(cluster) === null) untrack(() => void this.make(cluster));
  }

  /** Makes it again, or anew in another way. */
  async make(cluster = 0, compute: Compute<T> = this.compute): Promise<void> {
    const { sweep, clustering, job, life } = this.host;
    if (!sweep || !clustering) return;
    const of = scoredLabelling(sweep, clustering);
    const { labels } = clustering;
    const making = (this.making = { labels, cluster });
    const found = await this.task.run(life, (report, signal) => compute(job, of, cluster, report, signal));
    if (this.making === making) this.making = null;
    if (found === null) return;
    this.kept.set(labels, { ...this.kept.get(labels), [cluster]: found });
    this.version++;
  }
}

/** Scores of single rows of the open project, computed by the analysis worker beside its other work. */
export class RowScores {
  readonly silhouettes: Score<RowSilhouettes>;
  readonly margins: Score<Margins>;
  /** Of each cluster; null for one without members. */
  readonly medoids: Score<{ of: Medoid | null }>;

  constructor(host: ScoreHost) {
    this.silhouettes = new Score(host, (job, of, _, report, signal) =>
      job.rowSilhouettes(of, false, report, signal),
    );
    this.margins = new Score(host, (job, of, _, report, signal) => job.margins(of, report, signal));
    // Not ended when the next cluster is looked at: that would end the other scores too.
    this.medoids = new Score(host, async (job, of, cluster, report) => {
      const { clustering, life } = host;
      const members = clustering ? membersOf(clustering, cluster) : new Uint32Array();
      return { of: members.length > 0 ? await job.medoid(of, members, report, life) : null };
    });
  }

  /** Every silhouette from all rows, in place of estimates, however long it takes. */
  exactSilhouettes(): Promise<void> {
    return this.silhouettes.make(0, (job, of, _, report, signal) =>
      job.rowSilhouettes(of, true, report, signal),
    );
  }
}
