import type { Artifact } from './artifact';
import { csv, type CsvOptions } from './csv';
import type { Sweep } from '../domain/clustering';

/** scores.csv: one record for each k of the sweep, by rising k. A score that is not defined is an empty cell. */
export function scoresCsv(sweep: Sweep, options: CsvOptions = {}): Artifact {
  const header = ['k', 'inertia', 'silhouette', 'calinski_harabasz', 'davies_bouldin'];
  const rows = [...sweep.clusterings]
    .sort((a, b) => a.k - b.k)
    .map((c) => [c.k, c.inertia, c.silhouette, c.calinskiHarabasz, c.daviesBouldin]);
  return { name: 'scores.csv', type: 'text/csv', chunks: csv(header, rows, options) };
}
