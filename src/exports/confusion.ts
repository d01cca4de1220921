import type { Artifact } from './artifact';
import { csv, type Cell, type CsvOptions } from './csv';

/** confusion.csv: a record for each row value, a column for each column value, counts of images, totals last. */
export function confusionCsv(
  rows: readonly string[],
  columns: readonly string[],
  count: (row: number, column: number) => number,
  options: CsvOptions = {},
): Artifact {
  return {
    name: 'confusion.csv',
    type: 'text/csv',
    chunks: csv(['', ...columns, 'total'], records(rows, columns, count), options),
  };
}

function* records(
  rows: readonly string[],
  columns: readonly string[],
  count: (row: number, column: number) => number,
): Generator<Cell[]> {
  const totals = columns.map(() => 0);
  for (const [r, name] of rows.entries()) {
    const counts = columns.map((_, c) => count(r, c));
    counts.forEach((x, c) => (totals[c] += x));
    yield [name, ...counts, sum(counts)];
  }
  yield ['total', ...totals, sum(totals)];
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
