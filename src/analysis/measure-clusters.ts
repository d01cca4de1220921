import type { MeasuredClusters } from '../domain/clustering';
import { Pace } from './pace';
import type { RowSource } from './row-source';

/** Rows that may lie about another origin: `offset` is added to make them what they are. */
export interface OffsetRows {
  source: RowSource;
  offset: Float64Array;
}

/**
 * Means of some clusters and the distances of their rows to them, for labels that were given by hand: two readings of the rows,
 * sums in f64. `labels` may be of fewer rows than there are. Errors: `cancelled`.
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
  const placeOf = new Map(Array.from(clusters, (cluster, place) => [cluster, place]));
  const places = Int32Array.from(labels, (label) => placeOf.get(label) ?? -1);
  const means = new Float64Array(clusters.length * d);
  const counts = new Uint32Array(clusters.length);
  const each = async (
    from: number,
    visit: (row: number, place: number, at: number, data: Float32Array) => void,
  ) => {
    for await (const { row0, n: rows, data } of source.chunks()) {
      for (let i = 0; i < rows && row0 + i < places.length; i++) {
        const place = places[row0 + i];
        if (place >= 0) visit(row0 + i, place, i * d, data);
      }
      progress(from + (0.5 * (row0 + rows)) / Math.max(1, n));
      await pace.turn();
    }
  };
  await each(0, (_, place, at, data) => {
    counts[place]++;
    for (let t = 0, m = place * d; t < d; t++) means[m++] += data[at + t];
  });
  means.forEach((sum, p) => (means[p] = sum / counts[Math.floor(p / d)]));
  const distances = new Float32Array(labels.length).fill(NaN);
  await each(0.5, (row, place, at, data) => {
    let squared = 0;
    for (let t = 0, m = place * d; t < d; t++) squared += (data[at + t] - means[m++]) ** 2;
    distances[row] = Math.sqrt(squared);
  });
  return { clusters, centroids: Float32Array.from(means, (mean, p) => mean + offset[p % d]), distances };
}
