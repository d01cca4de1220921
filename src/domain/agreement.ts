/** How far two labellings of the same rows agree. */
export interface Agreement {
  /** Adjusted Rand index: 1 = the same partition, about 0 = chance. */
  ari: number;
  /** Normalised mutual information (arithmetic mean), 0..1. */
  nmi: number;
  /** rows x columns counts, row-major: how many images have value r of the first and c of the second. */
  counts: Float64Array;
  rows: number;
  columns: number;
}

export interface StabilityOptions {
  /** Numbers of clusters to try. */
  ks: number[];
  /** Runs for each, from seeds `seed`, `seed + 1`, … */
  runs: number;
  seed: number;
}

/** How much k-means depends on its random start: runs of one k compared with each other, two by two. */
export interface Stability {
  k: number;
  runs: number;
  /** Mean and lowest ARI over all pairs of runs. */
  ari: number;
  lowestAri: number;
  nmi: number;
  /** Inertia of each run. */
  inertia: number[];
}
