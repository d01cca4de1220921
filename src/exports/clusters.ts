import { NO_CLUSTER, type Clustering, type ClusterNote } from '../domain/clustering';
import type { RowTable } from '../domain/project';
import type { OutColumn, OutTable } from './out-table';

/** What is told of one cluster beside its size. */
interface Facts {
  /** The row nearest the centre, the first of equals; -1 in an empty cluster. */
  medoid: number;
  /** Sum of the squared distances to the centre. */
  inertia: number;
  distances: number;
}

/**
 * A record for each cluster: cluster, name, note, size, medoid (path of the image nearest the centre), inertia_share (its part of the
 * sum of squared distances, 0..1) and mean_distance (Euclidean, to the centre).
 */
export function clustersTable(
  { paths }: Pick<RowTable, 'paths'>,
  { k, labels, distances, sizes }: Clustering,
  notes: ReadonlyMap<number, ClusterNote>,
): OutTable {
  const facts = Array.from({ length: k }, (): Facts => ({ medoid: -1, inertia: 0, distances: 0 }));
  labels.forEach((label, row) => {
    if (label === NO_CLUSTER) return;
    const of = facts[label];
    if (of.medoid < 0 || distances[row] < distances[of.medoid]) of.medoid = row;
    of.inertia += distances[row] ** 2;
    of.distances += distances[row];
  });
  const all = facts.reduce((sum, { inertia }) => sum + inertia, 0);
  const columns: OutColumn[] = [
    { name: 'cluster', type: 'integer', at: (cluster) => cluster },
    { name: 'name', type: 'text', at: (cluster) => notes.get(cluster)?.name ?? '' },
    { name: 'note', type: 'text', at: (cluster) => notes.get(cluster)?.note ?? '' },
    { name: 'size', type: 'integer', at: (cluster) => sizes[cluster] },
    { name: 'medoid', type: 'text', at: (cluster) => paths[facts[cluster].medoid] ?? '' },
    {
      name: 'inertia_share',
      type: 'number',
      at: (cluster) => (all > 0 ? facts[cluster].inertia / all : NaN),
    },
    { name: 'mean_distance', type: 'number', at: (cluster) => facts[cluster].distances / sizes[cluster] },
  ];
  return { name: 'clusters', n: k, columns };
}
