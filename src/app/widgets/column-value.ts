import type { Column } from '../../domain/table';
import type { Metadata } from '../i18n/messages';

/** The value of an image as it is shown, '' where there is none. */
export function shownValue(column: Column, row: number, { value }: Metadata): string {
  if (column.type === 'text') return column.words[column.codes[row] ?? 0];
  const found = column.values[row] ?? NaN;
  if (column.type === 'boolean') return found === 0 ? value.no : found === 1 ? value.yes : '';
  if (Number.isNaN(found)) return '';
  return column.type === 'date' ? value.date(found) : value.number(found);
}
