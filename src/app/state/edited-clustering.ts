import { NO_CLUSTER, type Clustering, type MeasuredClusters } from '../../domain/clustering';
import type { Edited } from '../../domain/edit-log';

/** The clusters that are not what they were in the base: rows came or left. Rising. */
export function touchedClusters(base: Uint16Array, { labels, k }: Edited): Uint32Array {
  const touched = new Uint8Array(k);
  for (let row = 0; row < labels.length; row++) {
    if (labels[row] === base[row]) continue;
    if (labels[row] !== NO_CLUSTER) touched[labels[row]] = 1;
    if (base[row] !== NO_CLUSTER) touched[base[row]] = 1;
  }
  return Uint32Array.from(touched.keys()).filter((cluster) => touched[cluster] === 1);
}

/**
 * A clustering under labels given by hand; the base itself where no label changed. Sizes are exact at once. Centres, distances and
 * scores are those that were measured; until then centres and distances are taken from what was shown before, so that nothing
 * jumps twice, and there are no scores.
 */
export function editedClustering(
  base: Clustering,
  edited: Edited,
  measured: MeasuredClusters | null,
  before: Clustering,
): Clustering {
  const { labels, k } = edited;
  const touched = touchedClusters(base.labels, edited);
  if (touched.length === 0) return base;
  const sizes = new Uint32Array(k);
  for (const label of labels) if (label < k) sizes[label]++;
  const d = base.centroids.length / base.k;
  const shown = measured ? base : before;
  const centroids = new Float32Array(k * d).fill(NaN);
  centroids.set(shown.centroids.subarray(0, centroids.length));
  const distances = shown.distances.slice();
  if (measured) {
    measured.clusters.forEach((cluster, i) =>
      centroids.set(measured.centroids.subarray(i * d, (i + 1) * d), cluster * d),
    );
    const own = new Uint8Array(k);
    for (const cluster of measured.clusters) own[cluster] = 1;
    for (let row = 0; row < labels.length; row++)
      if (labels[row] === NO_CLUSTER || own[labels[row]]) distances[row] = measured.distances[row];
  }
  let inertia = 0;
  for (const distance of distances) if (distance > 0) inertia += distance ** 2;
  const unknown = { silhouette: NaN, silhouetteError: NaN, silhouetteSquared: undefined };
  const { calinskiHarabasz, daviesBouldin } = measured ?? { calinskiHarabasz: NaN, daviesBouldin: NaN };
  const scores = { ...unknown, inertia, calinskiHarabasz, daviesBouldin };
  return { ...base, k, labels, sizes, centroids, distances, ...scores, base };
}
