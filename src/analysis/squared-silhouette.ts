import { Pace } from './pace';
import type { Partition } from './partition';
import type { Products } from './products';
import type { Rows } from './rows';

/** Rows whose products are held at once, and the numbers these may be (f32: 32 MiB). */
const MOST_ROWS = 16_384;
const MOST_PRODUCTS = 2 ** 23;
/** Error of a product allowed for, as a share of the two lengths. */
const ROUNDING = 1e-6;
/** Error of a silhouette that is let pass. */
const ALLOWED = 2e-5;
/** Squared distances below this share of a row's squared length are rounding: the row lies on the mean. */
const ZERO = 1e-11;

/**
 * Mean silhouettes with squared Euclidean distances of several partitions of the same mean-centred rows, over all rows, in
 * O(n k d): the mean squared distance from x to a cluster is |x - mean|^2 + within / count (as in Spark's
 * `ClusteringEvaluator`). That is scikit-learn's `silhouette_score(metric='sqeuclidean')`; it is higher than the Euclidean
 * one and not comparable with it. Where products in f32 cannot tell the clusters apart, distances are taken in f64.
 */
export async function squaredSilhouettes(
  rows: Rows,
  partitions: Partition[],
  products: Products,
  progress: (fraction: number) => void,
  signal?: AbortSignal,
): Promise<number[]> {
  const { n, d, data } = rows;
  const total = partitions.reduce((sum, { k }) => sum + k, 0);
  const means = new Float64Array(total * d);
  let first = 0;
  const scored = partitions.map((partition) => {
    means.set(partition.means, first * d);
    first += partition.k;
    return new Scored(rows, partition, first - partition.k, total);
  });
  const pace = new Pace(signal);
  const origin = new Float64Array(d);
  const block = Math.max(1, Math.min(MOST_ROWS, Math.floor(MOST_PRODUCTS / Math.max(1, total))));
  for (let row0 = 0; row0 < n; row0 += block) {
    const count = Math.min(block, n - row0);
    const some = { n: count, d, data: data.subarray(row0 * d, (row0 + count) * d) };
    const dots = await products.project(some, origin, means, total, signal);
    const lengths = squaredLengths(some);
    for (const one of scored) {
      one.add(row0, lengths, dots);
      await pace.turn();
    }
    progress((row0 + count) / n);
  }
  return scored.map(({ sum }) => sum / Math.max(1, n));
}

/** The sum of the silhouettes of one partition, block by block. */
class Scored {
  sum = 0;
  /** |mean|^2 of each cluster. */
  readonly #lengths: Float64Array;
  /** Mean squared distance of the rows of a cluster to its mean. */
  readonly #spread: Float64Array;
  readonly #longest: number;
  readonly #distances: Float64Array;

  /** `first`: the place of its first cluster among the `stride` products of a row. */
  constructor(
    private readonly rows: Rows,
    private readonly partition: Partition,
    private readonly first: number,
    private readonly stride: number,
  ) {
    const { k, means, within, counts } = partition;
    this.#lengths = squaredLengths({ n: k, d: rows.d, data: means });
    this.#spread = within.map((sum, c) => sum / Math.max(1, counts[c]));
    this.#longest = Math.sqrt(this.#lengths.reduce((most, x) => Math.max(most, x), 0));
    this.#distances = new Float64Array(k);
  }

  add(row0: number, lengths: Float64Array, dots: ArrayLike<number>): void {
    const { counts, labels, k } = this.partition;
    const distances = this.#distances;
    lengths.forEach((length, i) => {
      const own = labels[row0 + i];
      if (counts[own] < 2) return;
      let from = i * this.stride + this.first;
      for (let c = 0; c < k; c++, from++)
        distances[c] = Math.max(0, length - 2 * dots[from] + this.#lengths[c]) + this.#spread[c];
      const error = 2 * ROUNDING * Math.sqrt(length) * this.#longest;
      const b = this.#nearest(own);
      if (error > ALLOWED * Math.max(b, distances[own])) this.#refine(row0 + i, own, b + 2 * error, length);
      this.sum += this.#silhouette(own);
    });
  }

  /** Distances in f64 to the own cluster and to those that may be the nearest other one. */
  #refine(row: number, own: number, limit: number, length: number): void {
    const { d, data } = this.rows;
    const { means, k } = this.partition;
    for (let c = 0; c < k; c++) {
      if (c !== own && this.#distances[c] > limit) continue;
      let squared = 0;
      for (let t = 0, x = row * d, m = c * d; t < d; t++) squared += (data[x++] - means[m++]) ** 2;
      const distance = squared + this.#spread[c];
      this.#distances[c] = distance > ZERO * length ? distance : 0;
    }
  }

  #silhouette(own: number): number {
    const count = this.partition.counts[own];
    const a = (this.#distances[own] * count) / (count - 1);
    const b = this.#nearest(own);
    const larger = Math.max(a, b);
    return larger > 0 && larger < Infinity ? (b - a) / larger : 0;
  }

  /** The least distance to another cluster. */
  #nearest(own: number): number {
    const { counts, k } = this.partition;
    let nearest = Infinity;
    for (let c = 0; c < k; c++)
      if (c !== own && counts[c] > 0 && this.#distances[c] < nearest) nearest = this.#distances[c];
    return nearest;
  }
}

function squaredLengths({
  n,
  d,
  data,
}: {
  n: number;
  d: number;
  data: Float32Array | Float64Array;
}): Float64Array {
  const lengths = new Float64Array(n);
  for (let i = 0, p = 0; i < n; i++) for (let t = 0; t < d; t++, p++) lengths[i] += data[p] * data[p];
  return lengths;
}
