import type { Division } from './tree';
import { Pace } from './pace';
import type { Rows } from './rows';

/** Rows between two looks at the clock. */
const BLOCK = 2048;

/** Rows grouped by given labels (0 .. k - 1, by row), each group around its mean; f64. */
export async function aroundMeans(
  { n, d, data }: Rows,
  labels: ArrayLike<number>,
  k: number,
  signal?: AbortSignal,
): Promise<Division> {
  const pace = new Pace(signal);
  const centres = new Float64Array(k * d);
  const counts = new Uint32Array(k);
  for (let i = 0, x = 0; i < n; i++) {
    const c = labels[i] * d;
    counts[labels[i]]++;
    for (let t = 0; t < d; t++) centres[c + t] += data[x++];
    if (i % BLOCK === 0) await pace.turn();
  }
  for (let c = 0; c < k; c++) for (let t = 0; t < d; t++) centres[c * d + t] /= Math.max(1, counts[c]);
  const squared = new Float64Array(n);
  for (let i = 0, x = 0; i < n; i++) {
    const c = labels[i] * d;
    let sum = 0;
    for (let t = 0; t < d; t++) sum += (data[x++] - centres[c + t]) ** 2;
    squared[i] = sum;
    if (i % BLOCK === 0) await pace.turn();
  }
  return { labels, squared, centres };
}
