import { clustersOf, NO_CLUSTER, type Clustering, type ClusterNote } from '../domain/clustering';
import type { RowTable } from '../domain/project';
import type { OutColumn, OutTable } from './out-table';

/** What is told of one cluster beside its size. */
interface Facts {
  /** The row nearest the centre, the first of equals; -1 in an empty cluster. */
  medoid: number;
  /** Sum of the squared distances to the centre. */
  inertia: number;
  distances: number;
  /** Rows that have a distance. */
  measured: number;
}

/**
 * A record for each cluster, the largest first: cluster, name, note, size, medoid (path of the image nearest the centre), inertia_share (its part of the
 * sum of squared distances, 0..1) and mean_distance (Euclidean, to the centre).
 */
export function clustersTable(
  { paths }: Pick<RowTable, 'paths'>,
  clustering: Clustering,
  notes: ReadonlyMap<number, ClusterNote>,
): OutTable {
  const { k, labels, distances, sizes } = clustering;
  const clusters = clustersOf(clustering);
  const facts = Array.from({ length: k }, (): Facts => ({
    medoid: -1,
    inertia: 0,
    distances: 0,
    measured: 0,
  }));
  labels.forEach((label, row) => {
    if (label === NO_CLUSTER) return;
    const of = facts[label];
    // A row put here by hand may have no vector.
    if (Number.isNaN(distances[row])) return;
    if (of.medoid < 0 || distances[row] < distances[of.medoid]) of.medoid = row;
    of.inertia += distances[row] ** 2;
    of.distances += distances[row];
    of.measured++;
  });
  const all = facts.reduce((sum, { inertia }) => sum + inertia, 0);
  const text = (name: string, of: (cluster: number) => string): OutColumn => ({
    name,
    type: 'text',
    at: (record) => of(clusters[record]),
  });
  const value = (name: string, type: 'integer' | 'number', of: (cluster: number) => number): OutColumn => ({
    name,
    type,
    at: (record) => of(clusters[record]),
  });
  const columns: OutColumn[] = [
    value('cluster', 'integer', (cluster) => cluster),
    text('name', (cluster) => notes.get(cluster)?.name ?? ''),
    text('note', (cluster) => notes.get(cluster)?.note ?? ''),
    value('size', 'integer', (cluster) => sizes[cluster]),
    text('medoid', (cluster) => paths[facts[cluster].medoid] ?? ''),
    value('inertia_share', 'number', (cluster) => (all > 0 ? facts[cluster].inertia / all : NaN)),
    value('mean_distance', 'number', (cluster) => facts[cluster].distances / facts[cluster].measured),
  ];
  return { name: 'clusters', n: clusters.length, columns };
}
