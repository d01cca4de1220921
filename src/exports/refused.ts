import type { WriteFailure } from '../domain/remote';
import type { Artifact } from './artifact';
import { csv, type CsvOptions } from './csv';

/** refused.csv: _index, _id, status, reason of the documents that a server did not write. */
export function refusedCsv(failures: readonly WriteFailure[], options: CsvOptions = {}): Artifact {
  const rows = failures.map(({ key, status, reason }) => [key.index, key.id, status, reason]);
  return {
    name: 'refused.csv',
    type: 'text/csv',
    chunks: csv(['_index', '_id', 'status', 'reason'], rows, options),
  };
}
