import type { Rows } from './rows';

/** The `count` rows nearest to `row` (Euclidean, itself excluded), nearest first; ties: lowest row. */
export function nearestRows(
  { n, d, data }: Rows,
  row: number,
  count: number,
): { rows: Uint32Array; distances: Float32Array } {
  const squared = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let t = 0, x = i * d, y = row * d; t < d; t++) sum += (data[x + t] - data[y + t]) ** 2;
    squared[i] = sum;
  }
  const order = Uint32Array.from({ length: n }, (_, i) => i).filter((i) => i !== row);
  order.sort((a, b) => squared[a] - squared[b] || a - b);
  const rows = order.slice(0, count);
  return { rows, distances: Float32Array.from(rows, (i) => Math.sqrt(squared[i])) };
}
