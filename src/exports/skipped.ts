import type { Artifact } from './artifact';
import { csv, type CsvOptions } from './csv';
import { skipSentence } from '../domain/files';
import type { SkippedFile } from '../domain/project';

/** skipped.csv: path, reason (one English sentence). */
export function skippedCsv(skipped: readonly SkippedFile[], options: CsvOptions = {}): Artifact {
  const rows = skipped.map((file) => [file.path, skipSentence(file)]);
  return { name: 'skipped.csv', type: 'text/csv', chunks: csv(['path', 'reason'], rows, options) };
}
