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

/** What one reading of the rows tells of a partition. */
export interface PartitionScores {
  /** Mean silhouette with squared Euclidean distances. */
  silhouette: number;
  /** Mean distance of the rows of each cluster to its mean. */
  spread: Float64Array;
}

/**
 * Mean silhouettes with squared Euclidean distances of several partitions of the same mean-centred rows, over all rows, in
 * O(n k d): the mean squared distance from x to a cluster is |x - mean|^2 + within / count (as in Spark's
 * `ClusteringEvaluator`). That is scikit-learn's `silhouette_score(metric='sqeuclidean')`; it is higher than the Euclidean
 * one and not comparable with it. The distances to the own means, which the same products give, come with it. Where
 * products in f32 are not exact enough, distances are taken in f64. Errors: `cancelled`.
 */
export async function scorePartitions(
  rows: Rows,
  partitions: Partition[],
  products: Products,
  progress: (fraction: number) => void,
  signal?: AbortSignal,
): Promise<PartitionScores[]> {
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
  return scored.map((one) => one.scores);
}

/** The scores of one partition while they are summed, block by block. */
class Scored {
  #silhouettes = 0;
  /** Sum of the distances to the mean of each cluster. */
  readonly #toMean: Float64Array;
  /** |mean|^2 of each cluster. */
  readonly #lengths: Float64Array;
  /** Mean squared distance of the rows of a cluster to its mean. */
  readonly #variances: Float64Array;
  readonly #longest: number;
  /** Mean squared distances from a row to the rows of each cluster. */
  readonly #distances: Float64Array;

  /** `first`: the place of its first cluster among the `stride` products of a row. */
  constructor(
    private readonly rows: Rows,
    private readonly partition: Partition,
    private readonly first: number,
    private readonly stride: number,
  ) {
    const { k, means, within, counts } = partition;
    this.#toMean = new Float64Array(k);
    this.#lengths = squaredLengths({ n: k, d: rows.d, data: means });
    this.#variances = within.map((sum, c) => sum / Math.max(1, counts[c]));
    this.#longest = Math.sqrt(this.#lengths.reduce((most, x) => Math.max(most, x), 0));
    this.#distances = new Float64Array(k);
  }

  get scores(): PartitionScores {
    const { counts } = this.partition;
    return {
      silhouette: this.#silhouettes / Math.max(1, this.rows.n),
      spread: this.#toMean.map((sum, c) => sum / Math.max(1, counts[c])),
    };
  }

  /** `dots`: products with the means, `stride` for each of the rows from `row0`, whose squared lengths are given. */
  add(row0: number, lengths: Float64Array, dots: ArrayLike<number>): void {
    const { counts, labels, k } = this.partition;
    const distances = this.#distances;
    lengths.forEach((length, i) => {
      const own = labels[row0 + i];
      const from = i * this.stride + this.first;
      const error = 2 * ROUNDING * Math.sqrt(length) * this.#longest;
      let squared = Math.max(0, length - 2 * dots[from + own] + this.#lengths[own]);
      if (error > ALLOWED * squared) squared = this.#squaredDistance(row0 + i, own);
      this.#toMean[own] += Math.sqrt(squared);
      if (counts[own] < 2) return;
      for (let c = 0; c < k; c++)
        distances[c] = Math.max(0, length - 2 * dots[from + c] + this.#lengths[c]) + this.#variances[c];
      distances[own] = squared + this.#variances[own];
      const b = this.#nearest(own);
      if (error > ALLOWED * Math.max(b, distances[own])) this.#refine(row0 + i, own, b + 2 * error, length);
      this.#silhouettes += this.#silhouette(own);
    });
  }

  /** Distances in f64 to the own cluster and to those that may be the nearest other one. */
  #refine(row: number, own: number, limit: number, length: number): void {
    const { k } = this.partition;
    for (let c = 0; c < k; c++) {
      if (c !== own && this.#distances[c] > limit) continue;
      const distance = this.#squaredDistance(row, c) + this.#variances[c];
      this.#distances[c] = distance > ZERO * length ? distance : 0;
    }
  }

  #squaredDistance(row: number, c: number): number {
    const { d, data } = this.rows;
    const { means } = this.partition;
    let squared = 0;
    for (let t = 0, x = row * d, m = c * d; t < d; t++) squared += (data[x++] - means[m++]) ** 2;
    return squared;
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
