export interface Labelling {
  k: number;
  labels: Uint16Array;
}

/** What one Lloyd iteration gives for one set of centres. */
export interface LloydStep {
  /** k x d: sum of the rows of each cluster. */
  sums: Float64Array;
  counts: Uint32Array;
  /** Rows whose label is not the one of the step before. */
  changed: number;
}

export interface Assignment {
  labels: Uint16Array;
  /** Squared Euclidean distance of each row to its centre, as the sum of (x - c)^2. */
  squared: Float32Array | Float64Array;
}

/** Centres (k x d) of the fit in `slot`. */
export interface Task {
  slot: number;
  centres: Float64Array;
}

/** How far a fit has come: converged, or waiting with an empty cluster, or neither after the iterations it was allowed. */
export interface Advance {
  /** Iterations done by this call; the one that left a cluster empty is not among them. */
  iterations: number;
  state: 'paused' | 'converged' | 'empty';
}

/** A fit before the move that an empty cluster forbids. */
export interface EmptyFit {
  step: LloydStep;
  /** Labels and distances of that step. */
  assignment: Assignment;
  /** The centres these belong to, k x d. */
  centres: Float64Array;
}

/** Centres (k x d), and labels and distances for them. */
export interface FitResult {
  centres: Float64Array;
  assignment: Assignment;
}

/**
 * Several k-means fits that advance together over one reading of the rows. Their centres stay where the arithmetic runs, so
 * that iterations go without a word to the caller; they are rounded to what is kept there (f32 on a GPU).
 */
export interface Fits {
  place(tasks: Task[]): void;
  /**
   * Lloyd iterations of the fits in these slots: at least one, at most `most[i]`, fewer where much work has to be waited for.
   * A fit converges when no label changes or its centres' summed squared shift is at most `shift`.
   */
  advance(slots: number[], most: number[], shift: number, signal?: AbortSignal): Promise<Advance[]>;
  /** The step of a fit that `advance` left with an empty cluster; ask before the next call. */
  empty(slot: number, signal?: AbortSignal): Promise<EmptyFit>;
  results(slots: number[], signal?: AbortSignal): Promise<FitResult[]>;
  /**
   * One half of an iteration, for callers that move the centres themselves: assigns every row to its nearest centre (ties:
   * lowest index) and sums the rows by cluster.
   */
  step(tasks: Task[], signal?: AbortSignal): Promise<LloydStep[]>;
  /** Labels and distances for the centres of each task; counts as no step. */
  assign(tasks: Task[], signal?: AbortSignal): Promise<Assignment[]>;
  close(): void;
}

/** Rows split among fits: row i belongs to the fit `of[i]`, or to none (`NO_GROUP`). */
export interface Groups {
  count: number;
  of: Uint32Array;
}

export const NO_GROUP = 0xffffffff;

/** One fit for each group, over the rows of that group alone; a step reads every row once, however many groups there are. */
export interface GroupFits {
  /** As `Fits.step`, slot = group. */
  step(tasks: Task[], signal?: AbortSignal): Promise<LloydStep[]>;
  /** Labels (within the group) and distances of the rows of these groups, at their places among all n rows. */
  assign(tasks: Task[], signal?: AbortSignal): Promise<Assignment>;
  close(): void;
}

/** k-means++ for all groups at once. */
export interface GroupSeeding {
  /**
   * `rows[g]`: the candidates of group g, as many for each group (at most 8), all of them rows of that group. Gives for
   * each place j and row i min(closest_i, |x_i - rows[group of i][j]|^2). The arrays are reused by the next call.
   */
  candidates(rows: number[][], signal?: AbortSignal): Promise<(Float32Array | Float64Array)[]>;
  /** Makes candidate `places[g]` of each group a centre. */
  keep(places: number[]): void;
  close(): void;
}

/** The distances that k-means++ works on: from each row to the nearest centre chosen so far. */
export interface Seeding {
  /**
   * For each candidate row c: min(closest, |x - c|^2) of all n rows. The arrays are reused by the next call.
   */
  candidates(rows: number[]): Promise<(Float32Array | Float64Array)[]>;
  /** Makes the candidate at this place of the last call a centre. */
  keep(index: number): void;
  close(): void;
}

/** Blocks of rows whose distances k-means++ asks for: block `block` in restart `restart`. */
export interface BlockRead {
  restart: number;
  block: number;
}

/**
 * k-means++ for all groups and several restarts over one reading of the rows. The distances stay with the engine, which
 * tells sums over blocks of rows and the distances of single blocks. The rows of a block are of one group.
 */
export interface BlockSeeding {
  /** The blocks of group g are `first[g]` .. `first[g + 1] - 1`, their rows rising from block to block. */
  readonly first: Uint32Array;
  /** The rows of a block, rising. */
  rows(block: number): Uint32Array;
  /**
   * `candidates[g][r]`: the rows of group g that restart r tries: as many in each restart of the group, at most 32 in all
   * of them; `candidates[g]` is empty where the group is left out. Gives `[g][r][place]`: for each block of the group the
   * sum of min(closest, |x - c|^2).
   */
  sums(candidates: number[][][], signal?: AbortSignal): Promise<Float64Array[][][]>;
  /** Makes candidate `places[g][r]` of the last call a centre of group g in restart r; `places` has its shape. */
  keep(places: number[][]): void;
  /** Squared distances from each row of these blocks to the nearest centre so far. */
  closest(blocks: BlockRead[], signal?: AbortSignal): Promise<(Float32Array | Float64Array)[]>;
  close(): void;
}

/** Where the n x d arithmetic of k-means runs. Rows are mean-centred. The caller closes what it opens. */
export interface KMeansEngine {
  readonly kind: 'webgpu' | 'cpu';
  readonly adapter: string;
  readonly n: number;
  readonly d: number;
  /** Slots that may be open at once for k clusters each, within the engine's memory. */
  slots(k: number): number;
  open(ks: number[]): Fits;
  /** Needed without `seedBlocks`. */
  seeding?(): Seeding;
  /** `ks[g]` clusters in group g. */
  openGroups?(groups: Groups, ks: number[]): GroupFits;
  seedGroups?(groups: Groups): GroupSeeding;
  /** Used instead of `seeding` and `seedGroups` where there is one. */
  seedBlocks?(groups: Groups, restarts: number): BlockSeeding;
  /**
   * For each labelling, the sum of the Euclidean distances from each sampled row to the rows of each cluster: m x k,
   * row-major, f64. What silhouettes are made of, for all labellings from one pass over the distances.
   */
  distanceSums(
    sample: Uint32Array,
    labellings: Labelling[],
    progress: (fraction: number) => void,
    signal?: AbortSignal,
  ): Promise<Float64Array[]>;
  /** One row, for seeding. */
  row(i: number): Float32Array;
  close(): void;
}
