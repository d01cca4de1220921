import type { Rows } from '../src/analysis/rows';

/** Sum of (x - c)^2 in f64 of row i and d numbers of `centres` from `at`. */
export function squaredTo({ d, data }: Rows, i: number, centres: ArrayLike<number>, at = 0): number {
  let sum = 0;
  for (let t = 0; t < d; t++) sum += (data[i * d + t] - centres[at + t]) ** 2;
  return sum;
}

/** The nearest of the centres (k x d) to each row, the first of equals, and its squared distance. */
export function nearestReference(
  rows: Rows,
  centres: Float64Array,
): { labels: Uint16Array; squared: Float64Array } {
  const labels = new Uint16Array(rows.n);
  const squared = new Float64Array(rows.n).fill(Infinity);
  for (let i = 0; i < rows.n; i++) {
    for (let c = 0; c < centres.length / rows.d; c++) {
      const distance = squaredTo(rows, i, centres, c * rows.d);
      if (distance < squared[i]) {
        squared[i] = distance;
        labels[i] = c;
      }
    }
  }
  return { labels, squared };
}

/** Sums (k x d) and counts of the rows of each cluster. */
export function sumsReference(
  { n, d, data }: Rows,
  labels: Uint16Array,
  k: number,
): { sums: Float64Array; counts: Uint32Array } {
  const sums = new Float64Array(k * d);
  const counts = new Uint32Array(k);
  for (let i = 0; i < n; i++) {
    counts[labels[i]]++;
    for (let t = 0; t < d; t++) sums[labels[i] * d + t] += data[i * d + t];
  }
  return { sums, counts };
}
