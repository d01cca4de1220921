import type { Rows } from './rows';

/** The products of a block of rows that PCA is made of. `mean` (d) is subtracted from every row on the way. */
export interface Products {
  /** (X - mean)^T (X - mean): d x d, f64. */
  scatter(rows: Rows, mean: Float64Array, signal?: AbortSignal): Promise<Float64Array>;
  /** (X - mean) V^T for r vectors (r x d): n x r. */
  project(
    rows: Rows,
    mean: Float64Array,
    vectors: Float64Array,
    r: number,
    signal?: AbortSignal,
  ): Promise<Float32Array | Float64Array>;
}
