import { Pace } from '../pace';
import type { Rows } from '../rows';
import { dot4x2 } from './tile';

const BLOCK_WORK = 2 ** 24;

/** X V^T: the dot product of each row (minus `mean`) with each of r vectors (r x d). n x r, f64. */
export async function timesTransposed(
  { n, d, data }: Rows,
  mean: Float64Array,
  vectors: Float64Array,
  r: number,
  pace: Pace,
): Promise<Float64Array> {
  const even = r + (r & 1);
  const padded = new Float64Array(even * d);
  padded.set(vectors);
  const shift = new Float64Array(even);
  for (let q = 0; q < r; q++) for (let t = 0; t < d; t++) shift[q] += mean[t] * vectors[q * d + t];
  const out = new Float64Array(n * r);
  const dots = new Float64Array(8);
  const block = Math.max(4, Math.floor(BLOCK_WORK / (d * r))) & ~3;
  for (let i = 0; i < n; i += 4) {
    const at = [i, Math.min(i + 1, n - 1), Math.min(i + 2, n - 1), Math.min(i + 3, n - 1)];
    for (let q = 0; q < r; q += 2) {
      dot4x2(data, at[0] * d, at[1] * d, at[2] * d, at[3] * d, padded, q * d, (q + 1) * d, d, dots);
      for (let a = 0; a < 4; a++) {
        out[at[a] * r + q] = dots[2 * a] - shift[q];
        if (q + 1 < r) out[at[a] * r + q + 1] = dots[2 * a + 1] - shift[q + 1];
      }
    }
    if (i % block === 0) await pace.turn();
  }
  return out;
}

/** Y^T (X - mean) for Y n x r: r x d, f64. */
export async function transposedTimes(
  { n, d, data }: Rows,
  mean: Float64Array,
  weights: Float64Array,
  r: number,
  pace: Pace,
): Promise<Float64Array> {
  const out = new Float64Array(r * d);
  const total = new Float64Array(r);
  const block = Math.max(1, Math.floor(BLOCK_WORK / (d * r)));
  for (let i = 0; i < n; i++) {
    for (let q = 0; q < r; q++) {
      const w = weights[i * r + q];
      total[q] += w;
      const to = q * d;
      for (let t = 0, x = i * d; t < d; t++, x++) out[to + t] += w * data[x];
    }
    if (i % block === 0) await pace.turn();
  }
  for (let q = 0; q < r; q++) for (let t = 0; t < d; t++) out[q * d + t] -= total[q] * mean[t];
  return out;
}

/** (X - mean)^T (X - mean), d x d, f64. Four rows at a time, so that each entry is loaded and stored a quarter as often. */
export async function scatter({ n, d, data }: Rows, mean: Float64Array, pace: Pace): Promise<Float64Array> {
  const out = new Float64Array(d * d);
  const rows = Array.from({ length: 4 }, () => new Float64Array(d));
  const block = Math.max(4, Math.floor(BLOCK_WORK / (d * d))) & ~3;
  for (let i = 0; i < n; i += 4) {
    rows.forEach((row, a) => {
      for (let t = 0; t < d; t++) row[t] = i + a < n ? data[(i + a) * d + t] - mean[t] : 0;
    });
    addOuterProducts(rows, d, out);
    if (i % block === 0) await pace.turn();
  }
  for (let p = 0; p < d; p++) for (let q = 0; q < p; q++) out[p * d + q] = out[q * d + p];
  return out;
}

function addOuterProducts([x0, x1, x2, x3]: Float64Array[], d: number, out: Float64Array): void {
  for (let p = 0; p < d; p++) {
    const a0 = x0[p];
    const a1 = x1[p];
    const a2 = x2[p];
    const a3 = x3[p];
    const to = p * d;
    for (let q = p; q < d; q++) out[to + q] += a0 * x0[q] + a1 * x1[q] + (a2 * x2[q] + a3 * x3[q]);
  }
}
