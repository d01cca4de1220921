import type { RowSilhouettes, ScoredLabelling } from '../domain/row-scores';
import type { KMeansEngine } from './engine';
import type { Job } from './job';
import type { Products } from './products';
import { ProgressMeter } from './progress';
import { Random } from './random';
import { distanceBlocks, gather } from './row-distances';
import type { Rows } from './rows';
import { clusterSizes, rowsAtOnce, silhouetteOf } from './silhouette';
import { onEngine } from './sweep';

/** Rows up to which every row is compared with every other unasked: some seconds on a slow machine. */
export const EXACT_ROWS = 8_000;
/** Rows of all clusters together that each row is compared with otherwise. */
export const SAMPLED_ROWS = 4_096;

type Labelled = Pick<ScoredLabelling, 'k' | 'labels'>;
type Progress = (fraction: number) => void;

/**
 * The silhouette of every row (Rousseeuw 1987), Euclidean, as scikit-learn's `silhouette_samples`: exactly, or from the mean
 * distances to rows drawn from each cluster, with the same seed always. Rows of no cluster get NaN and count nowhere.
 * Errors: `cancelled`.
 */
export async function rowSilhouettes(job: Job, of: ScoredLabelling, exact: boolean): Promise<RowSilhouettes> {
  const { vectors, host, signal, report } = job;
  const { preparation, scaling, pca } = of;
  const meter = new ProgressMeter(
    [
      { stage: 'pca', work: scaling === 'none' && pca === null ? 0 : 1 },
      { stage: 'silhouette', work: 9 },
    ],
    report,
  );
  const { rows } = await vectors.prepared(preparation ?? { scaling, pca }, signal, (done) =>
    meter.at('pca', done),
  );
  const progress: Progress = (fraction) => meter.at('silhouette', fraction);
  const choice = of.engine === 'cpu' ? 'cpu' : 'auto';
  if (!exact && rows.n > EXACT_ROWS) {
    const products = await host.products(choice);
    return sampledSilhouettes(rows, of, SAMPLED_ROWS, products, progress, signal);
  }
  const { values } = await onEngine(host, rows, choice, async () => ({
    values: await host.run((engine) => exactSilhouettes(engine, of, progress, signal), meter.notify),
  }));
  return { values, sampled: null };
}

/** From the sums of distances of each row to the rows of every cluster. */
export async function exactSilhouettes(
  engine: KMeansEngine,
  { k, labels }: Labelled,
  progress: Progress,
  signal?: AbortSignal,
): Promise<Float32Array> {
  // Rows of no cluster are one more cluster to the engine, which nobody asks about.
  const within = { k: k + 1, labels: labels.map((label) => Math.min(label, k)) };
  const sizes = clusterSizes({ k, labels });
  const clustered = Uint32Array.from(labels.keys()).filter((row) => labels[row] < k);
  const values = new Float32Array(labels.length).fill(NaN);
  const most = rowsAtOnce(within.k);
  for (let from = 0; from < clustered.length; from += most) {
    const some = clustered.subarray(from, from + most);
    const report: Progress = (fraction) => progress((from + fraction * some.length) / clustered.length);
    const [sums] = await engine.distanceSums(some, [within], report, signal);
    some.forEach((row, s) => {
      values[row] = silhouetteOf(sums.subarray(s * within.k, s * within.k + k), labels[row], sizes);
    });
  }
  return values;
}

/**
 * From the mean distances to rows drawn from each cluster, as many of each (all of a smaller one) and `most` in all. What is
 * drawn from a cluster is itself left out of its own mean.
 */
export async function sampledSilhouettes(
  rows: Rows,
  { k, labels }: Labelled,
  most: number,
  products: Products,
  progress: Progress,
  signal?: AbortSignal,
): Promise<RowSilhouettes> {
  const { places, starts } = drawnByCluster({ k, labels }, Math.max(2, Math.floor(most / Math.max(1, k))));
  const drawn = new Int32Array(labels.length).fill(-1);
  places.forEach((row, j) => (drawn[row] = j));
  const sizes = clusterSizes({ k, labels });
  const values = new Float32Array(labels.length).fill(NaN);
  const means = new Float64Array(k);
  for await (const { row0, n, distances } of distanceBlocks(rows, gather(rows, places), products, signal)) {
    for (let i = 0; i < n; i++) {
      const own = labels[row0 + i];
      if (own >= k) continue;
      const at = i * places.length;
      for (let c = 0; c < k; c++) {
        let sum = 0;
        for (let j = starts[c]; j < starts[c + 1]; j++) sum += distances[at + j];
        means[c] = sum / Math.max(1, starts[c + 1] - starts[c]);
      }
      const self = drawn[row0 + i];
      if (self >= 0) {
        const others = starts[own + 1] - starts[own] - 1;
        means[own] = others > 0 ? (means[own] * (others + 1) - distances[at + self]) / others : 0;
      }
      values[row0 + i] = fromMeans(means, own, sizes);
    }
    progress((row0 + n) / rows.n);
  }
  return { values, sampled: places.length };
}

function fromMeans(means: Float64Array, own: number, sizes: Uint32Array): number {
  const sums = means.map((mean, c) => mean * (c === own ? sizes[c] - 1 : sizes[c]));
  return silhouetteOf(sums, own, sizes);
}

/** Up to `each` rows of every cluster, one cluster after the other. */
function drawnByCluster({ k, labels }: Labelled, each: number): { places: Uint32Array; starts: Uint32Array } {
  const sizes = clusterSizes({ k, labels });
  const members = Array.from(sizes, (size) => new Uint32Array(size));
  const filled = new Uint32Array(k);
  labels.forEach((label, row) => {
    if (label < k) members[label][filled[label]++] = row;
  });
  const starts = new Uint32Array(k + 1);
  for (let c = 0; c < k; c++) starts[c + 1] = starts[c] + Math.min(each, sizes[c]);
  const places = new Uint32Array(starts[k]);
  members.forEach((of, c) => {
    const chosen = new Random(0, c).sample(of.length, each);
    chosen.forEach((place, j) => (places[starts[c] + j] = of[place]));
  });
  return { places, starts };
}
