import type { Artifact } from './artifact';
import { csv, type CsvOptions } from './csv';
import { NO_CLUSTER, type Clustering, type ClusterNote } from '../domain/clustering';
import type { RowTable } from '../domain/project';
import { allRows, imageRecords } from './image-records';
import type { OutColumn, OutTable } from './out-table';
import { tableCsv } from './text-tables';

export interface LabelsOptions {
  /** One more record for each file whose bytes are those of a row, with the row's cluster. */
  duplicates?: boolean;
  /** Adds a `name` column with what people call the clusters. */
  notes?: ReadonlyMap<number, ClusterNote>;
}

/**
 * path, cluster, distance (Euclidean, to the own centroid), base_cluster and edited (true or false) where clusters were edited by hand and,
 * with notes, name. In row order, so record i belongs to row i of
 * embeddings.npy unless duplicates are listed. Rows the clustering does not cover are left out; those without a vector have
 * neither cluster nor distance.
 */
export function labelsTable(
  table: RowTable,
  clustering: Clustering,
  { duplicates = false, notes }: LabelsOptions = {},
): OutTable {
  const { labels, distances } = clustering;
  const { n, rows, path } = imageRecords(table, allRows(labels.length), duplicates);
  const columns: OutColumn[] = [
    { name: 'path', type: 'text', at: path },
    { name: 'cluster', type: 'integer', at: (record) => clusterOrNone(labels[rows[record]]) },
    { name: 'distance', type: 'float', at: (record) => distances[rows[record]] },
  ];
  columns.push(...editColumns(clustering, (record) => rows[record]));
  if (notes)
    columns.push({
      name: 'name',
      type: 'text',
      at: (record) => notes.get(labels[rows[record]])?.name ?? '',
    });
  return { name: 'labels', n, columns };
}

/** What is added where clusters were edited by hand: the cluster that a row was fitted into, and whether it is in another now. */
export function editColumns({ labels, base }: Clustering, rowOf: (record: number) => number): OutColumn[] {
  if (!base) return [];
  const was = (record: number): number | undefined => base.labels[rowOf(record)];
  return [
    { name: 'base_cluster', type: 'integer', at: (record) => clusterOrNone(was(record)) },
    {
      name: 'edited',
      type: 'boolean',
      at: (record) => (was(record) === undefined ? null : labels[rowOf(record)] !== was(record)),
    },
  ];
}

/** A label as a number to be written: NaN for none. */
export const clusterOrNone = (label: number | undefined): number =>
  label === undefined || label === NO_CLUSTER ? NaN : label;

/** labels.csv: the table above. */
export function labelsCsv(
  rows: RowTable,
  clustering: Clustering,
  options: LabelsOptions & CsvOptions = {},
): Artifact {
  return tableCsv(labelsTable(rows, clustering, options), options);
}

/** duplicates.csv: path, same_as (the path whose row stands for both). */
export function duplicatesCsv(rows: RowTable, options: CsvOptions = {}): Artifact {
  const pairs = [...rows.duplicates]
    .sort(([a], [b]) => a - b)
    .flatMap(([row, paths]) => paths.map((path) => [path, rows.paths[row]]));
  return { name: 'duplicates.csv', type: 'text/csv', chunks: csv(['path', 'same_as'], pairs, options) };
}
