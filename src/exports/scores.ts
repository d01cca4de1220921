import type { Artifact } from './artifact';
import type { CsvOptions } from './csv';
import type { Clustering, Sweep } from '../domain/clustering';
import type { OutColumn, OutTable } from './out-table';
import { tableCsv } from './text-tables';

/** A record for each k of the sweep, by rising k. A score that is not defined is missing. */
export function scoresTable(sweep: Sweep): OutTable {
  const fits = [...sweep.clusterings].sort((a, b) => a.k - b.k);
  const score = (name: string, of: (fit: Clustering) => number): OutColumn => ({
    name,
    type: 'number',
    at: (record) => of(fits[record]),
  });
  return {
    name: 'scores',
    n: fits.length,
    columns: [
      { name: 'k', type: 'integer', at: (record) => fits[record].k },
      score('inertia', ({ inertia }) => inertia),
      score('silhouette', ({ silhouette }) => silhouette),
      score('calinski_harabasz', ({ calinskiHarabasz }) => calinskiHarabasz),
      score('davies_bouldin', ({ daviesBouldin }) => daviesBouldin),
    ],
  };
}

/** scores.csv: the table above. */
export function scoresCsv(sweep: Sweep, options: CsvOptions = {}): Artifact {
  return tableCsv(scoresTable(sweep), options);
}
