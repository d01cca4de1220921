import { clustersOf, NO_CLUSTER, type Clustering } from '../../../domain/clustering';

/** Rows by cluster: cluster c holds rows[starts[c]] .. rows[starts[c + 1] - 1], ascending. */
export interface Groups {
  starts: Uint32Array;
  rows: Uint32Array;
}

const kept = new WeakMap<Clustering, Groups>();

/** The rows of every cluster, without those that are in none, in one O(n) pass, computed once for a clustering. */
export function groupsOf(clustering: Clustering): Groups {
  const known = kept.get(clustering);
  if (known) return known;
  const { labels, k } = clustering;
  const starts = new Uint32Array(k + 1);
  for (const label of labels) if (label < k) starts[label + 1]++;
  for (let c = 0; c < k; c++) starts[c + 1] += starts[c];
  const next = starts.slice();
  const rows = new Uint32Array(starts[k]);
  labels.forEach((label, row) => {
    if (label < k) rows[next[label]++] = row;
  });
  const groups = { starts, rows };
  kept.set(clustering, groups);
  return groups;
}

/** The cluster of a row; undefined for one that is not clustered yet, or has no vector. */
export function clusterAt(clustering: Clustering | null, row: number): number | undefined {
  const label = clustering?.labels[row];
  return label === undefined || label === NO_CLUSTER ? undefined : label;
}

/** Rows that are in a cluster. */
export function clusteredCount({ sizes }: Pick<Clustering, 'sizes'>): number {
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Rows of one cluster, ascending; empty when there is no such cluster. */
export function membersOf(clustering: Clustering, cluster: number): Uint32Array {
  if (!(cluster >= 0 && cluster < clustering.k)) return new Uint32Array();
  const { starts, rows } = groupsOf(clustering);
  return rows.subarray(starts[cluster], starts[cluster + 1]);
}

/** Rows of one cluster, nearest to the centroid first, ties by row. The first one is the cluster's medoid. */
export function membersByDistance(clustering: Clustering, cluster: number): Uint32Array {
  const { distances } = clustering;
  return membersOf(clustering, cluster)
    .slice()
    .sort((a, b) => far(distances[a]) - far(distances[b]) || a - b);
}

/** A row put into a cluster by hand may have no vector: it comes last. */
const far = (distance: number): number => (Number.isNaN(distance) ? Infinity : distance);

/** The `count` members nearest the centroid of every cluster, nearest first, in one pass over all rows. */
export function typicalRows(clustering: Clustering, count: number): number[][] {
  const { labels, distances, k } = clustering;
  const nearest: number[][] = Array.from({ length: k }, () => []);
  labels.forEach((label, row) => {
    if (label >= k) return;
    const list = nearest[label];
    if (list.length === count && distances[row] >= distances[list[count - 1]]) return;
    let at = list.length;
    while (at > 0 && distances[list[at - 1]] > distances[row]) at--;
    list.splice(at, 0, row);
    if (list.length > count) list.pop();
  });
  return nearest;
}

/** How far members lie from their centroid; `sd` is of the population. All in the units of the descriptor. */
export interface Spread {
  mean: number;
  sd: number;
  median: number;
  max: number;
}

/** Spread of distances sorted ascending; null for none. */
export function spreadOf(sorted: Float64Array): Spread | null {
  const n = sorted.length;
  if (n === 0) return null;
  const mean = sorted.reduce((sum, d) => sum + d, 0) / n;
  const variance = sorted.reduce((sum, d) => sum + (d - mean) ** 2, 0) / n;
  return { mean, sd: Math.sqrt(variance), median: quantile(sorted, 0.5), max: sorted[n - 1] };
}

/** Mean distance of the rows to their own centroid; those that have none are left out. */
export function meanDistance({ distances }: Pick<Clustering, 'distances'>): number {
  let sum = 0;
  let count = 0;
  for (const distance of distances) {
    if (Number.isNaN(distance)) continue;
    sum += distance;
    count++;
  }
  return count ? sum / count : 0;
}

/** Quantile of ascending values with linear interpolation (numpy's default). */
export function quantile(sorted: Float64Array, q: number): number {
  const at = (sorted.length - 1) * q;
  const low = Math.floor(at);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low] + (sorted[high] - sorted[low]) * (at - low);
}

/** Distances of rows to their centroid, in the order given. */
export function distancesOf(clustering: Clustering, rows: Uint32Array): Float64Array {
  return Float64Array.from(rows, (row) => clustering.distances[row]);
}

/**
 * Where the kinds of members begin in a list sorted by distance: below the upper quartile typical, up to Tukey's fence
 * (Q3 + 1.5 interquartile ranges) borderline, beyond it outliers.
 */
export interface Bands {
  borderline: number;
  outliers: number;
  fence: number;
}

export function bandsOf(sorted: Float64Array): Bands {
  if (sorted.length === 0) return { borderline: 0, outliers: 0, fence: 0 };
  const q1 = quantile(sorted, 0.25);
  const q3 = quantile(sorted, 0.75);
  const fence = q3 + 1.5 * (q3 - q1);
  const firstOver = (limit: number): number => {
    const at = sorted.findIndex((d) => d > limit);
    return at < 0 ? sorted.length : at;
  };
  return { borderline: firstOver(q3), outliers: firstOver(fence), fence };
}

/** The other clusters by Euclidean distance between centroids, nearest first, ties by number. */
export function nearestClusters(
  clustering: Pick<Clustering, 'centroids' | 'k' | 'sizes' | 'base'>,
  cluster: number,
): { cluster: number; distance: number }[] {
  const { centroids, k } = clustering;
  const d = centroids.length / k;
  const others: { cluster: number; distance: number }[] = [];
  for (const other of clustersOf(clustering)) {
    if (other === cluster) continue;
    let squared = 0;
    for (let j = 0; j < d; j++) squared += (centroids[cluster * d + j] - centroids[other * d + j]) ** 2;
    // A cluster of rows without a vector has no centre.
    if (!Number.isNaN(squared)) others.push({ cluster: other, distance: Math.sqrt(squared) });
  }
  return others.sort((a, b) => a.distance - b.distance || a.cluster - b.cluster);
}
