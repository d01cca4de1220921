import type { Column } from '../../../domain/table';
import type { Metadata } from '../../i18n/messages';
import { shownValue } from '../../widgets/column-value';

/** Rows that are looked at for values: a column may be empty but for its end. */
const MOST_ROWS = 10_000;

/** The first few different values of a column, as they are shown. */
export function firstValues(column: Column, count: number, m: Metadata): string[] {
  const { length } = column.type === 'text' ? column.codes : column.values;
  const found = new Set<string>();
  for (let row = 0; row < Math.min(length, MOST_ROWS) && found.size < count; row++) {
    const text = shownValue(column, row, m);
    if (text !== '') found.add(text);
  }
  return [...found];
}
