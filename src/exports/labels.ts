import type { Artifact } from './artifact';
import { csv, float32, type Cell, type CsvOptions } from './csv';
import type { Clustering, ClusterNote } from '../domain/clustering';
import type { RowTable } from '../domain/project';

export interface LabelsOptions extends CsvOptions {
  /** One more record for each file whose bytes are those of a row, with the row's cluster. */
  duplicates?: boolean;
  /** Adds a `name` column with what people call the clusters. */
  notes?: ReadonlyMap<number, ClusterNote>;
}

function* records(
  rows: RowTable,
  { labels, distances }: Clustering,
  { duplicates = false, notes }: LabelsOptions,
): Generator<Cell[]> {
  for (let row = 0; row < labels.length; row++) {
    const rest: Cell[] = [labels[row], float32(distances[row])];
    if (notes) rest.push(notes.get(labels[row])?.name ?? '');
    yield [rows.paths[row], ...rest];
    if (duplicates) for (const path of rows.duplicates.get(row) ?? []) yield [path, ...rest];
  }
}

/**
 * labels.csv: path, cluster, distance (Euclidean, to the own centroid) and, with notes, name. In row order, so record i
 * belongs to row i of embeddings.npy unless duplicates are listed. Rows the clustering does not cover are left out.
 */
export function labelsCsv(rows: RowTable, clustering: Clustering, options: LabelsOptions = {}): Artifact {
  const header = ['path', 'cluster', 'distance', ...(options.notes ? ['name'] : [])];
  return {
    name: 'labels.csv',
    type: 'text/csv',
    chunks: csv(header, records(rows, clustering, options), options),
  };
}

/** duplicates.csv: path, same_as (the path whose row stands for both). */
export function duplicatesCsv(rows: RowTable, options: CsvOptions = {}): Artifact {
  const pairs = [...rows.duplicates]
    .sort(([a], [b]) => a - b)
    .flatMap(([row, paths]) => paths.map((path) => [path, rows.paths[row]]));
  return { name: 'duplicates.csv', type: 'text/csv', chunks: csv(['path', 'same_as'], pairs, options) };
}
