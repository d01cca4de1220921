import type { Preparation } from './model';

/**
 * Results of the analysis as plain arrays; row index = position. A row that the descriptor has no vector for is in no
 * cluster: its label is `NO_CLUSTER`, its distances are NaN.
 */

/** The label of a row without a vector. */
export const NO_CLUSTER = 0xffff;

/** What stands for no cluster in labels of this type: `NO_CLUSTER`, in 32 bits its like. */
export function noneOf(labels: ArrayLike<number>): number {
  return labels instanceof Uint16Array ? NO_CLUSTER : 0xffffffff;
}

/** One fitted k of a sweep, or what a person made of it. */
export interface Clustering {
  /** Numbers that a label can be. Of an edited clustering some may be of no cluster any more: `clustersOf` tells those there are. */
  k: number;
  /** n labels, 0..k-1 or `NO_CLUSTER`, clusters ordered by falling size as they were fitted. */
  labels: Uint16Array;
  /** k x d, row-major. */
  centroids: Float32Array;
  /** n Euclidean distances to the own centroid. */
  distances: Float32Array;
  /** k counts. */
  sizes: Uint32Array;
  iterations: number;
  inertia: number;
  /** Mean Euclidean silhouette, -1..1, higher is better; of a sample when `silhouetteSample < n`. */
  silhouette: number;
  silhouetteError: number;
  silhouetteSample: number;
  /** The same with squared Euclidean distances, over all rows; not comparable with scikit-learn's Euclidean one. */
  silhouetteSquared?: number;
  calinskiHarabasz: number;
  daviesBouldin: number;
  /**
   * What it was before it was edited by hand; absent: it never was. Calinski-Harabasz and Davies-Bouldin are those of the clusters
   * as edited, NaN until they are measured and where they are not defined; silhouettes are NaN: they take long, and are made where
   * they are looked at.
   */
  base?: Clustering;
}

/**
 * The clusters there are, the largest first, ties by number. Clusters keep their numbers when others are merged or split, so that
 * the numbers of an edited clustering have gaps: go through these, not through 0..k-1.
 */
export function clustersOf({ k, sizes, base }: Pick<Clustering, 'k' | 'sizes' | 'base'>): number[] {
  const all = Array.from({ length: k }, (_, cluster) => cluster);
  if (!base) return all;
  return all.filter((cluster) => sizes[cluster] > 0).sort((a, b) => sizes[b] - sizes[a] || a - b);
}

/** Whether a cluster of this number is there. */
export function hasCluster({ k, sizes, base }: Clustering, cluster: number): boolean {
  return cluster >= 0 && cluster < k && (!base || sizes[cluster] > 0);
}

/** Clusters of given labels, measured anew; the two scores are of all clusters there are, rows in none left out. */
export interface MeasuredClusters extends Pick<Clustering, 'calinskiHarabasz' | 'daviesBouldin'> {
  clusters: Uint32Array;
  /** As many as `clusters` x d, row-major: their means; NaN for one whose rows have no vector. */
  centroids: Float32Array;
  /** n Euclidean distances to the own mean; NaN for rows that are in none of them or have no vector. */
  distances: Float32Array;
}

export interface Sweep {
  /** The descriptor the rows were taken from, and how many rows there were, those without a vector among them. */
  specKey: string;
  n: number;
  d: number;
  /** Rows without a vector; absent: none. */
  without?: number;
  seed: number;
  nInit: number;
  maxIterations: number;
  tolerance: number;
  scaling: Scaling;
  /** Dimension after PCA, or null for none. */
  pca: number | null;
  /** The scaler and the components that were fitted; absent in sweeps kept by earlier versions. */
  preparation?: Preparation;
  /**
   * Set when the rows were too large to be in memory together and were fitted by mini-batches: silhouettes,
   * Calinski-Harabasz and Davies-Bouldin are those of so many rows drawn at random.
   */
  scoredRows?: number;
  /** Set when nothing was fitted: the centroids are those of a saved model. */
  model?: { name: string; savedAt: string };
  engine: 'webgpu' | 'cpu';
  adapter: string;
  seconds: number;
  /** The most memory that was held for it: on the GPU (0 without), and by the rows and the kernels beside it. */
  peakBytes?: { gpu: number; rows: number };
  /** What was asked for: few images end the range early, a share of the variance becomes a dimension, a sample all rows. */
  asked?: { kMin: number; kMax: number; pca?: number | null; silhouetteSample?: number };
  /** Seconds that the silhouettes took, to tell how long others will. */
  silhouetteSeconds?: number;
  clusterings: Clustering[];
  choice: KChoice;
}

/** How the rows of a sweep were prepared: the space that its centroids and distances are in. */
export type SweepSpace = Pick<Sweep, 'scaling' | 'pca' | 'preparation'>;

export interface KChoice {
  /** Highest silhouette. */
  k: number;
  runnerUp: number | null;
  /** Where inertia bends most (largest distance from the chord, both axes scaled to 0..1). */
  elbow: number | null;
  byCalinskiHarabasz: number | null;
  byDaviesBouldin: number | null;
}

export type Scaling = 'none' | 'l2' | 'standard' | 'minmax';

export interface SweepOptions {
  kMin: number;
  kMax: number;
  seed: number;
  nInit: number;
  maxIterations: number;
  /** As scikit-learn's `tol`: relative to the mean variance of the columns. */
  tolerance: number;
  scaling: Scaling;
  /**
   * Reduce to principal components first: to as many as this (1, 2, …), or to as many as explain this share of the
   * variance (0 < share < 1); null: no reduction.
   */
  pca: number | null;
  engine: 'auto' | 'webgpu' | 'cpu';
  /** On the GPU, assign from rows in 16 bits where a sample shows that no label changes: less to read, more memory. */
  half: boolean;
  /** Work allowed for the silhouette, in rows of the sample; fewer rows than images means an estimate. */
  silhouetteSample: number;
}

/** How one cluster is split: `kMin` to `kMax` parts, by k-means as in a sweep of its rows alone. */
export type SplitOptions = Omit<SweepOptions, 'scaling' | 'pca' | 'half'>;

export const DEFAULT_SWEEP: SweepOptions = {
  kMin: 5,
  kMax: 30,
  seed: 1,
  nInit: 4,
  maxIterations: 300,
  tolerance: 1e-4,
  scaling: 'none',
  pca: null,
  engine: 'auto',
  half: false,
  silhouetteSample: 2000,
};

/** Names, notes: what people say of clusters, kept beside the numbers. Key: cluster index of the k in use. */
export interface ClusterNote {
  name: string;
  note: string;
}
