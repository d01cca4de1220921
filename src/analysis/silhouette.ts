import { dot4x2 } from './cpu/tile';
import type { Labelling } from './engine';
import { Pace } from './pace';
import { squaredNorms, type Rows } from './rows';

export interface Silhouette {
  /** Mean of (b - a) / max(a, b) over the sampled rows, Euclidean. 0 where it is undefined (one cluster). */
  mean: number;
  /** Standard error of the mean from sampling without replacement; 0 when every row was used. */
  error: number;
  /** Rows used. */
  sample: number;
}

/**
 * Silhouettes of several labellings of the same rows from one pass over the distances: each sampled row is compared with
 * ALL rows, so its own value is exact and only the mean is an estimate. f64 throughout; agrees with scikit-learn's
 * `silhouette_score`. Rows are mean-centred (see `centre`). `progress` receives 0..1.
 */
export async function silhouettes(
  rows: Rows,
  labellings: Labelling[],
  sample: Uint32Array,
  signal?: AbortSignal,
  progress?: (fraction: number) => void,
): Promise<Silhouette[]> {
  const { n } = rows;
  const pace = new Pace(signal);
  const sizes = labellings.map(({ k, labels }) => clusterSizes(labels, k));
  const values = labellings.map(() => new Float64Array(sample.length));
  const norms = squaredNorms(rows);
  const distances = [new Float64Array(n), new Float64Array(n)];
  for (let s = 0; s < sample.length; s += 2) {
    const pair = [sample[s], sample[Math.min(s + 1, sample.length - 1)]];
    distancesToPair(rows, norms, pair, distances);
    labellings.forEach(({ labels }, l) => {
      values[l][s] = silhouetteOf(pair[0], distances[0], labels, sizes[l]);
      if (s + 1 < sample.length) values[l][s + 1] = silhouetteOf(pair[1], distances[1], labels, sizes[l]);
    });
    await pace.turn();
    progress?.(Math.min(1, (s + 2) / sample.length));
  }
  return labellings.map((_, l) =>
    sizes[l].filter((size) => size > 0).length < 2 ? none(sample) : summary(values[l], n),
  );
}

function none(sample: Uint32Array): Silhouette {
  return { mean: 0, error: 0, sample: sample.length };
}

function summary(values: Float64Array, n: number): Silhouette {
  const m = values.length;
  let mean = 0;
  for (const value of values) mean += value / m;
  let squared = 0;
  for (const value of values) squared += (value - mean) ** 2;
  const error = m < n && m > 1 ? Math.sqrt((squared / (m - 1) / m) * (1 - m / n)) : 0;
  return { mean, error, sample: m };
}

/** (b - a) / max(a, b) of one row; 0 for a cluster of one and where both are 0, as scikit-learn. */
function silhouetteOf(row: number, distances: Float64Array, labels: Uint16Array, sizes: Uint32Array): number {
  const own = labels[row];
  if (sizes[own] < 2) return 0;
  const sums = new Float64Array(sizes.length);
  for (let i = 0; i < labels.length; i++) sums[labels[i]] += distances[i];
  const a = sums[own] / (sizes[own] - 1);
  let b = Infinity;
  for (let c = 0; c < sizes.length; c++) if (c !== own && sizes[c] > 0) b = Math.min(b, sums[c] / sizes[c]);
  const larger = Math.max(a, b);
  return larger > 0 ? (b - a) / larger : 0;
}

/** Euclidean distances of two rows to all rows; 0 to themselves. */
function distancesToPair(rows: Rows, norms: Float64Array, [p, q]: number[], out: Float64Array[]): void {
  const { n, d, data } = rows;
  const pair = new Float64Array(2 * d);
  pair.set(data.subarray(p * d, (p + 1) * d));
  pair.set(data.subarray(q * d, (q + 1) * d), d);
  const dots = new Float64Array(8);
  for (let i = 0; i < n; i += 4) {
    const at = [i, Math.min(i + 1, n - 1), Math.min(i + 2, n - 1), Math.min(i + 3, n - 1)];
    dot4x2(data, at[0] * d, at[1] * d, at[2] * d, at[3] * d, pair, 0, d, d, dots);
    for (let r = 0; r < 4; r++) {
      out[0][at[r]] = Math.sqrt(Math.max(0, norms[at[r]] + norms[p] - 2 * dots[2 * r]));
      out[1][at[r]] = Math.sqrt(Math.max(0, norms[at[r]] + norms[q] - 2 * dots[2 * r + 1]));
    }
  }
  out[0][p] = 0;
  out[1][q] = 0;
}

function clusterSizes(labels: Uint16Array, k: number): Uint32Array {
  const sizes = new Uint32Array(k);
  for (const label of labels) sizes[label]++;
  return sizes;
}
