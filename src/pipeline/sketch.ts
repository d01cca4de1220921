import { MOST_DISTINCT, type ColumnSketch, type TableSketch } from '../domain/metadata';
import { textAt, type Column, type Table } from '../domain/table';

const SAMPLES = 3;

/** How many rows have a value, and how many different values there are, counted up to one more than `MOST_DISTINCT`. */
export function countValues(column: Column): { filled: number; distinct: number } {
  const seen = new Set<number>();
  const values = column.type === 'text' ? column.codes : column.values;
  const isNone = noneOf(column);
  let filled = 0;
  for (const value of values) {
    if (isNone(value)) continue;
    filled++;
    if (seen.size <= MOST_DISTINCT) seen.add(value);
  }
  return { filled, distinct: seen.size };
}

/** What a table holds, with a few values of each column. */
export function sketchTable({ n, columns, problems, problemCount }: Table): TableSketch {
  return { rows: n, columns: columns.map(sketchColumn), problems, problemCount };
}

function sketchColumn(column: Column): ColumnSketch {
  const samples = new Set<string>();
  const { length } = column.type === 'text' ? column.codes : column.values;
  for (let row = 0; row < length && samples.size < SAMPLES; row++) {
    const text = textAt(column, row);
    if (text !== '') samples.add(text);
  }
  return { name: column.name, type: column.type, filled: countValues(column).filled, samples: [...samples] };
}

function noneOf({ type }: Column): (value: number) => boolean {
  if (type === 'text') return (code) => code === 0;
  return type === 'boolean' ? (value) => value === 2 : Number.isNaN;
}
