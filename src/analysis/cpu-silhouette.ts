import { dot4x2 } from './cpu/tile';
import type { Labelling } from './engine';
import { Pace } from './pace';
import { squaredNorms, type Rows } from './rows';

/** `KMeansEngine.distanceSums` in f64: two sampled rows at a time against all rows. */
export async function cpuDistanceSums(
  rows: Rows,
  sample: Uint32Array,
  labellings: Labelling[],
  progress: (fraction: number) => void,
  signal?: AbortSignal,
): Promise<Float64Array[]> {
  const pace = new Pace(signal);
  const norms = squaredNorms(rows);
  const sums = labellings.map(({ k }) => new Float64Array(sample.length * k));
  const distances = [new Float64Array(rows.n), new Float64Array(rows.n)];
  for (let s = 0; s < sample.length; s += 2) {
    const pair = [...sample.subarray(s, s + 2)];
    distancesToPair(rows, norms, pair, distances);
    for (let p = 0; p < pair.length; p++)
      labellings.forEach(({ k, labels }, l) => add(distances[p], labels, sums[l], (s + p) * k));
    await pace.turn();
    progress((s + pair.length) / sample.length);
  }
  return sums;
}

function add(distances: Float64Array, labels: Uint16Array, sums: Float64Array, from: number): void {
  for (let i = 0; i < labels.length; i++) sums[from + labels[i]] += distances[i];
}

/** Euclidean distances of two rows (or one) to all rows; 0 to themselves. */
function distancesToPair(rows: Rows, norms: Float64Array, pair: number[], out: Float64Array[]): void {
  const { n, d, data } = rows;
  const [p, q = p] = pair;
  const both = new Float64Array(2 * d);
  both.set(data.subarray(p * d, (p + 1) * d));
  both.set(data.subarray(q * d, (q + 1) * d), d);
  const dots = new Float64Array(8);
  for (let i = 0; i < n; i += 4) {
    const at = [i, Math.min(i + 1, n - 1), Math.min(i + 2, n - 1), Math.min(i + 3, n - 1)];
    dot4x2(data, at[0] * d, at[1] * d, at[2] * d, at[3] * d, both, 0, d, d, dots);
    for (let r = 0; r < 4; r++) {
      out[0][at[r]] = Math.sqrt(Math.max(0, norms[at[r]] + norms[p] - 2 * dots[2 * r]));
      out[1][at[r]] = Math.sqrt(Math.max(0, norms[at[r]] + norms[q] - 2 * dots[2 * r + 1]));
    }
  }
  out[0][p] = 0;
  out[1][q] = 0;
}
