import type { KMeansEngine, Labelling } from './engine';
import { estimateMean, type Sample } from './sample';

export interface Silhouette {
  /** Mean of (b - a) / max(a, b), Euclidean. 0 where it is undefined (one cluster). */
  mean: number;
  /** Standard error of the mean; 0 when every row was used. */
  error: number;
  /** Rows used. */
  sample: number;
}

/** Numbers asked of the engine at once (f64): 64 MiB. */
const MOST_SUMS = 2 ** 23;

/**
 * Mean silhouettes (Rousseeuw 1987) of several labellings of the engine's rows from one pass over the distances: each sampled
 * row is compared with ALL rows, so its own value is exact and only the mean is an estimate. Sums of distances as exact as
 * the engine's, all else f64; agrees with scikit-learn's `silhouette_score`. Errors: `cancelled`.
 */
export async function silhouettes(
  engine: KMeansEngine,
  labellings: Labelling[],
  sample: Sample,
  progress: (fraction: number) => void,
  signal?: AbortSignal,
): Promise<Silhouette[]> {
  const values = await silhouetteValues(engine, labellings, sample.rows, progress, signal);
  return values.map((of) => ({ ...estimateMean(of, sample), sample: sample.rows.length }));
}

/**
 * The silhouette of each of these rows under one labelling, as scikit-learn's `silhouette_samples`: 0 for a row that is a
 * cluster of its own, and where there is one cluster only.
 */
export async function silhouetteSamples(
  engine: KMeansEngine,
  labelling: Labelling,
  rows: Uint32Array,
  progress: (fraction: number) => void,
  signal?: AbortSignal,
): Promise<Float64Array> {
  return (await silhouetteValues(engine, [labelling], rows, progress, signal))[0];
}

async function silhouetteValues(
  engine: KMeansEngine,
  labellings: Labelling[],
  rows: Uint32Array,
  progress: (fraction: number) => void,
  signal?: AbortSignal,
): Promise<Float64Array[]> {
  const sizes = labellings.map(clusterSizes);
  const values = labellings.map(() => new Float64Array(rows.length));
  const total = labellings.reduce((sum, { k }) => sum + k, 0);
  const block = rowsAtOnce(total);
  for (let from = 0; from < rows.length; from += block) {
    const some = rows.subarray(from, from + block);
    const report = (fraction: number) => progress((from + fraction * some.length) / rows.length);
    const sums = await engine.distanceSums(some, labellings, report, signal);
    labellings.forEach(({ k, labels }, l) =>
      some.forEach((row, s) => {
        values[l][from + s] = silhouetteOf(sums[l].subarray(s * k, (s + 1) * k), labels[row], sizes[l]);
      }),
    );
  }
  return values;
}

/** Rows whose sums of distances to `clusters` clusters are asked for at once. */
export const rowsAtOnce = (clusters: number): number =>
  Math.max(1, Math.floor(MOST_SUMS / Math.max(1, clusters)));

/** (b - a) / max(a, b) from a row's distance sums: a to its own cluster without itself, b to the nearest other one. */
export function silhouetteOf(sums: Float64Array, own: number, sizes: Uint32Array): number {
  if (sizes[own] < 2) return 0;
  const a = sums[own] / (sizes[own] - 1);
  let b = Infinity;
  for (let c = 0; c < sizes.length; c++) if (c !== own && sizes[c] > 0) b = Math.min(b, sums[c] / sizes[c]);
  const larger = Math.max(a, b);
  return larger > 0 && larger < Infinity ? (b - a) / larger : 0;
}

/** Rows of each cluster; those of none (k or more) are not counted. */
export function clusterSizes({ k, labels }: Labelling): Uint32Array {
  const sizes = new Uint32Array(k);
  for (const label of labels) sizes[label]++;
  return sizes;
}
