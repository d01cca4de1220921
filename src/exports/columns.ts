import type { ProjectColumn } from '../domain/metadata';
import { textAt, type Column } from '../domain/table';
import type { Artifact } from './artifact';
import { csv, type Cell, type CsvOptions } from './csv';

/** The value of an image as a cell: numbers as they are, dates in ISO 8601, `true` or `false`; empty where there is none. */
export function columnCell(column: Column, row: number): Cell {
  const { length } = column.type === 'text' ? column.codes : column.values;
  if (row >= length) return '';
  return column.type === 'number' ? column.values[row] : textAt(column, row);
}

/** columns.csv: path, and a column for everything else that is known of the images. In row order. */
export function columnsCsv(
  paths: readonly string[],
  columns: readonly ProjectColumn[],
  options: CsvOptions = {},
): Artifact {
  function* records(): Generator<Cell[]> {
    for (const [row, path] of paths.entries())
      yield [path, ...columns.map(({ column }) => columnCell(column, row))];
  }
  const header = ['path', ...columns.map(({ column }) => column.name)];
  return { name: 'columns.csv', type: 'text/csv', chunks: csv(header, records(), options) };
}
