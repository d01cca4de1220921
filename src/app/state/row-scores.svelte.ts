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
import { PerClustering, type Compute } from './per-clustering.svelte';

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

/**
 * Scores of single rows of the open project, computed by the analysis worker beside its other work. A screen calls `want` in
 * an effect and shows `value()`, which is null until then.
 */
export class RowScores {
  readonly silhouettes: PerClustering<RowSilhouettes>;
  readonly margins: PerClustering<Margins>;
  /** By cluster number; null for a cluster without members. */
  readonly medoids: PerClustering<{ of: Medoid | null }>;
  private readonly exact: Compute<RowSilhouettes>;

  constructor(host: ScoreHost) {
    const isReady = (): boolean => host.projection !== null && host.analysis === null;
    const labelled = (clustering: Clustering): ScoredLabelling => {
      if (!host.sweep) throw new Error('There is no clustering.');
      return scoredLabelling(host.sweep, clustering);
    };
    const silhouettes =
      (exact: boolean): Compute<RowSilhouettes> =>
      async (clustering, _, report, signal) =>
        host.job.rowSilhouettes(labelled(clustering), exact, report, signal);
    this.exact = silhouettes(true);
    this.silhouettes = new PerClustering(host, silhouettes(false), isReady);
    this.margins = new PerClustering(
      host,
      async (clustering, _, report, signal) => host.job.margins(labelled(clustering), report, signal),
      isReady,
      // Centres of clusters edited by hand are measured after their labels are there.
      ({ centroids }) => centroids,
    );
    // Not ended when the next cluster is looked at: that would end the other scores too.
    this.medoids = new PerClustering(
      host,
      async (clustering, cluster, report) => {
        const members = membersOf(clustering, Number(cluster));
        if (members.length === 0) return { of: null };
        return { of: await host.job.medoid(labelled(clustering), members, report, host.life) };
      },
      isReady,
    );
  }

  /** Every silhouette from all rows, in place of estimates, however long it takes. */
  exactSilhouettes(): Promise<void> {
    return this.silhouettes.make('', this.exact);
  }
}
