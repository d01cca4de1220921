import type { Artifact } from './artifact';
import type { CsvOptions } from './csv';
import { clustersOf, type Clustering, type Sweep } from '../domain/clustering';
import type { OutColumn, OutTable } from './out-table';
import { tableCsv } from './text-tables';

/**
 * A record for each k of the sweep, by rising k. A score that is not defined is missing. Where the clustering in use was edited by
 * hand, a last record is of the edited clusters, and a column says which it is.
 */
export function scoresTable(sweep: Sweep, inUse: Clustering | null): OutTable {
  const fitted = [...sweep.clusterings].sort((a, b) => a.k - b.k);
  const edited = inUse?.base ? inUse : null;
  const fits = edited ? [...fitted, edited] : fitted;
  const score = (name: string, of: (fit: Clustering) => number): OutColumn => ({
    name,
    type: 'number',
    at: (record) => of(fits[record]),
  });
  const isEdited = (record: number): boolean => fits[record] === edited;
  return {
    name: 'scores',
    n: fits.length,
    columns: [
      { name: 'k', type: 'integer', at: (record) => clustersOf(fits[record]).length },
      score('inertia', ({ inertia }) => inertia),
      score('silhouette', ({ silhouette }) => silhouette),
      score('calinski_harabasz', ({ calinskiHarabasz }) => calinskiHarabasz),
      score('davies_bouldin', ({ daviesBouldin }) => daviesBouldin),
      ...(edited ? [{ name: 'edited', type: 'boolean', at: isEdited } as const] : []),
    ],
  };
}

/** scores.csv: the table above. */
export function scoresCsv(sweep: Sweep, inUse: Clustering | null, options: CsvOptions = {}): Artifact {
  return tableCsv(scoresTable(sweep, inUse), options);
}
