import type { ProjectColumn } from '../src/domain/metadata';
import type { Column } from '../src/domain/table';

/** A column of texts as a project has it; '' is no value. */
export function textColumn(name: string, values: readonly string[]): ProjectColumn {
  const words = ['', ...new Set(values.filter(Boolean))];
  const places = new Map(words.map((word, code) => [word, code]));
  return known({ name, type: 'text', codes: Uint32Array.from(values, (value) => places.get(value)!), words });
}

/** A column of numbers or times; NaN is no value. */
export const numberColumn = (
  name: string,
  values: readonly number[],
  type: 'number' | 'date' = 'number',
): ProjectColumn => known({ name, type, values: Float64Array.from(values) });

/** A column of 0, 1, and 2 for no value. */
export const flagColumn = (name: string, values: readonly number[]): ProjectColumn =>
  known({ name, type: 'boolean', values: Uint8Array.from(values) });

function known(column: Column): ProjectColumn {
  const isNone: Record<Column['type'], (value: number) => boolean> = {
    text: (value) => value === 0,
    boolean: (value) => value === 2,
    number: Number.isNaN,
    date: Number.isNaN,
  };
  const seen = new Set<number>();
  let filled = 0;
  for (const value of column.type === 'text' ? column.codes : column.values) {
    if (isNone[column.type](value)) continue;
    filled++;
    if (seen.size <= 1000) seen.add(value);
  }
  return { source: { kind: 'record' }, column, filled, distinct: seen.size };
}
