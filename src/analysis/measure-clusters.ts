import { NO_CLUSTER, type MeasuredClusters } from '../domain/clustering';
import { Pace } from './pace';
import type { RowSource } from './row-source';
import { scoresOf, type ClusterScores, type Dispersion } from './scores';

/** Rows that may lie about another origin: `offset` is added to make them what they are. */
export interface OffsetRows {
  source: RowSource;
  offset: Float64Array;
}

/**
 * Means of some clusters and the distances of their rows to them, and the scores of all clusters, for labels that were given by
 * hand: two readings of the rows, sums in f64. `labels` may be of fewer rows than there are. Errors: `cancelled`.
 */
export async function measureClusters(
  { source, offset }: OffsetRows,
  labels: Uint16Array,
  clusters: Uint32Array,
  progress: (fraction: number) => void = () => undefined,
  signal?: AbortSignal,
): Promise<MeasuredClusters> {
  const { n, d } = source;
  const pace = new Pace(signal);
  const k = clusterCount(labels, clusters);
  const means = new Float64Array(k * d);
  const [within, spread] = [new Float64Array(k), new Float64Array(k)];
  const counts = new Uint32Array(k);
  const each = async (
    from: number,
    visit: (row: number, cluster: number, at: number, data: Float32Array) => void,
  ) => {
    for await (const { row0, n: rows, data } of source.chunks()) {
      for (let i = 0; i < rows && row0 + i < labels.length; i++) {
        const cluster = labels[row0 + i];
        if (cluster !== NO_CLUSTER) visit(row0 + i, cluster, i * d, data);
      }
      progress(from + (0.5 * (row0 + rows)) / Math.max(1, n));
      await pace.turn();
    }
  };
  await each(0, (_, cluster, at, data) => {
    counts[cluster]++;
    for (let t = 0, m = cluster * d; t < d; t++) means[m++] += data[at + t];
  });
  means.forEach((sum, p) => (means[p] = sum / counts[Math.floor(p / d)]));
  const asked = new Uint8Array(k);
  for (const cluster of clusters) asked[cluster] = 1;
  const distances = new Float32Array(labels.length).fill(NaN);
  await each(0.5, (row, cluster, at, data) => {
    let squared = 0;
    for (let t = 0, m = cluster * d; t < d; t++) squared += (data[at + t] - means[m++]) ** 2;
    const distance = Math.sqrt(squared);
    within[cluster] += squared;
    spread[cluster] += distance / counts[cluster];
    if (asked[cluster]) distances[row] = distance;
  });
  const centroids = new Float32Array(clusters.length * d);
  clusters.forEach((cluster, place) => {
    for (let t = 0; t < d; t++) centroids[place * d + t] = means[cluster * d + t] + offset[t];
  });
  return { clusters, centroids, distances, ...definedScores({ counts, means, within, spread }, d) };
}

/** NaN for fewer than two clusters, and where each row is one of its own. */
function definedScores(dispersion: Dispersion, d: number): ClusterScores {
  const { counts } = dispersion;
  const rows = counts.reduce((sum, count) => sum + count, 0);
  const there = counts.reduce((sum, count) => sum + Number(count > 0), 0);
  if (there < 2 || there >= rows) return { calinskiHarabasz: NaN, daviesBouldin: NaN };
  return scoresOf(dispersion, rows, d);
}

/** Numbers that a label, or one of the clusters, can be. */
function clusterCount(labels: Uint16Array, clusters: Uint32Array): number {
  let most = -1;
  for (const label of labels) if (label !== NO_CLUSTER && label > most) most = label;
  for (const cluster of clusters) if (cluster > most) most = cluster;
  return most + 1;
}
