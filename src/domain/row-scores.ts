import type { Clustering, Scaling, Sweep } from './clustering';
import type { Preparation } from './model';
import type { AnalysisProgress } from './progress';

/** A labelling of the loaded rows, and how their vectors are prepared before they are compared. */
export interface ScoredLabelling {
  specKey: string;
  scaling: Scaling;
  pca: number | null;
  preparation?: Preparation;
  engine: 'webgpu' | 'cpu';
  k: number;
  /** n labels, 0..k-1 or `NO_CLUSTER`. */
  labels: Uint16Array;
  /** k x d after preparation, row-major. */
  centroids: Float32Array;
}

/** The clusters of a sweep as scores of rows are asked for. */
export function scoredLabelling(
  { specKey, scaling, pca, preparation, engine }: Sweep,
  { k, labels, centroids }: Clustering,
): ScoredLabelling {
  return { specKey, scaling, pca, preparation, engine, k, labels, centroids };
}

export interface RowSilhouettes {
  /** n silhouettes, -1..1; 0 for a row alone in its cluster, NaN for rows in no cluster. */
  values: Float32Array;
  /** Rows that each was compared with, as many of every cluster as there are; null: all rows, the values are exact. */
  sampled: number | null;
}

/** How a row stands between its own centre and the nearest other one. */
export interface Margins {
  /** n clusters whose centre is the nearest but for the own; `NO_CLUSTER` where there is none. */
  second: Uint16Array;
  /** n differences of the Euclidean distances to that centre and to the own; negative where the other is nearer, NaN where there is none. */
  gaps: Float32Array;
}

/** The member of a set of rows with the smallest mean distance to the others. */
export interface Medoid {
  row: number;
  /** Mean Euclidean distance to the other members; 0 for one alone. */
  meanDistance: number;
  /** Members that candidates were found by; null: all, the medoid is exact. */
  sampled: number | null;
}

export type Report = (progress: AnalysisProgress) => void;

/** Scores of single rows. They wait for an analysis that runs, and end when another is asked for (`cancelled`). */
export interface RowScoreAnalysis {
  /** `exact`: also of many rows, however long it takes. Errors: `cancelled`, `internal` when other rows are loaded. */
  rowSilhouettes(of: ScoredLabelling, exact: boolean, progress: Report): Promise<RowSilhouettes>;
  margins(of: ScoredLabelling, progress: Report): Promise<Margins>;
  /** Of those of these rows that have a vector. Errors: also `too-few-images` where none has. */
  medoid(of: ScoredLabelling, rows: Uint32Array, progress: Report): Promise<Medoid>;
}
