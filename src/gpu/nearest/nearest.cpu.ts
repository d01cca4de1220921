import type { Metric } from '../../domain/search';

interface Matrix {
  n: number;
  d: number;
  data: Float32Array;
}

/**
 * The reference of the `nearest` kernels and what their results are refined with: q x n, f64. Squared Euclidean distances as
 * the sum of (x - y)^2, or 1 - x.y / (|x| |y|), which is 1 where a vector is all zeros.
 */
export function queryDistancesReference(rows: Matrix, queries: Matrix, metric: Metric): Float64Array {
  const out = new Float64Array(queries.n * rows.n);
  for (let q = 0; q < queries.n; q++)
    for (let i = 0; i < rows.n; i++) out[q * rows.n + i] = exactDistance(rows, i, queries, q, metric);
  return out;
}

/** One of these numbers: row i against query q. */
export function exactDistance(rows: Matrix, i: number, queries: Matrix, q: number, metric: Metric): number {
  const { d, data } = rows;
  const { data: other } = queries;
  let x = i * d;
  let y = q * d;
  if (metric === 'euclidean') {
    let sum = 0;
    for (let t = 0; t < d; t++, x++, y++) sum += (data[x] - other[y]) ** 2;
    return sum;
  }
  let product = 0;
  let own = 0;
  let others = 0;
  for (let t = 0; t < d; t++, x++, y++) {
    product += data[x] * other[y];
    own += data[x] ** 2;
    others += other[y] ** 2;
  }
  return own > 0 && others > 0 ? 1 - product / Math.sqrt(own * others) : 1;
}
