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

/** Several k-means fits that advance together over one reading of the rows; each slot keeps its own labels. */
export interface Fits {
  /** Assigns every row to its nearest centre (ties: lowest index) and sums the rows by cluster. */
  step(tasks: Task[], signal?: AbortSignal): Promise<LloydStep[]>;
  /** Labels and distances for these centres; counts as no step. */
  assign(task: Task, signal?: AbortSignal): Promise<Assignment>;
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

/** Where the n x d arithmetic of k-means runs. Rows are mean-centred. The caller closes what it opens. */
export interface KMeansEngine {
  readonly kind: 'webgpu' | 'cpu';
  readonly adapter: string;
  readonly n: number;
  readonly d: number;
  /** Slots that may be open at once for k clusters each, within the engine's memory. */
  slots(k: number): number;
  open(ks: number[]): Fits;
  seeding(): Seeding;
  /** One row, for seeding. */
  row(i: number): Float32Array;
  close(): void;
}
