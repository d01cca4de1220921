import type { ProjectColumn } from '../../domain/metadata';
import { pathColumnNames, pathValue } from '../../domain/path-columns';
import type { Parts } from '../../domain/hierarchy';
import type { Column, DateColumn, NumberColumn } from '../../domain/table';
import { partsOf } from './parts';

/** What groups images: columns of their paths, and columns that came with them. */
export interface Groupers {
  paths: readonly string[];
  columns: readonly ProjectColumn[];
}

/** Numbers and dates with more different values are a range rather than groups. */
const MOST_NUMBERS = 30;
const MOST_GROUPS = 1000;

/** Whether the values of a column are groups: more than one of them, and by far fewer than images. */
export function isGrouping({ column, filled, distinct }: ProjectColumn): boolean {
  const { length } = column.type === 'text' ? column.codes : column.values;
  const groups = distinct + (filled < length ? 1 : 0);
  if (column.type === 'boolean') return groups > 1;
  const most = column.type === 'text' ? MOST_GROUPS : MOST_NUMBERS;
  return groups > 1 && distinct <= most && distinct <= Math.max(filled / 2, 2);
}

/** The columns whose values are places on a scale: numbers or dates that are no groups. */
export function rangesOf(columns: readonly ProjectColumn[]): (NumberColumn | DateColumn)[] {
  return columns.flatMap((one) => {
    const { column, distinct } = one;
    const isScale = column.type === 'number' || column.type === 'date';
    return isScale && distinct > 1 && !isGrouping(one) ? [column] : [];
  });
}

/** The names of all columns that group images, those of the paths first. */
export function groupNames({ paths, columns }: Groupers): string[] {
  return [...pathGroupNames(paths), ...columns.filter(isGrouping).map(({ column }) => column.name)];
}

/** The first n images by the value of a column, in natural order of the values; those without a value are '' and first. */
export function groupsOf(name: string, { paths, columns }: Groupers, n = paths.length): Parts {
  const found = columns.find(({ column }) => column.name === name);
  return found ? partsOfColumn(found.column, Math.min(n, paths.length)) : partsOf(paths, name, n);
}

const natural = new Intl.Collator('en', { numeric: true }).compare;

/** Images beyond the end of the column have no value. */
function partsOfColumn(column: Column, n: number): Parts {
  const values = column.type === 'text' ? column.codes : column.values;
  const none = column.type === 'text' ? 0 : column.type === 'boolean' ? 2 : NaN;
  const seen = new Map<number, number>();
  const first = Uint32Array.from({ length: n }, (_, row) => {
    const value = row < values.length ? values[row] : none;
    const code = seen.get(value) ?? seen.size;
    seen.set(value, code);
    return code;
  });
  const named = [...seen].map(([value, code]) => ({ value, code, name: nameOf(column, value) }));
  const isNumber = column.type === 'number' || column.type === 'date';
  named.sort((a, b) => {
    if (a.name === '' || b.name === '') return Number(a.name !== '') - Number(b.name !== '');
    return isNumber ? a.value - b.value : natural(a.name, b.name) || (a.name < b.name ? -1 : 1);
  });
  const place = new Uint32Array(named.length);
  named.forEach(({ code }, i) => (place[code] = i));
  return { column: column.name, names: named.map(({ name }) => name), of: first.map((code) => place[code]) };
}

function nameOf(column: Column, value: number): string {
  if (column.type === 'text') return column.words[value];
  if (column.type === 'boolean') return ['false', 'true', ''][value];
  if (Number.isNaN(value)) return '';
  if (column.type === 'number') return String(value);
  return new Date(value).toISOString().replace('T00:00:00.000Z', '');
}

/**
 * The path columns by which rows differ, each grouping offered once: of columns that say the same, the one named most
 * plainly. Empty when all images lie in one folder.
 */
export function pathGroupNames(all: readonly string[]): string[] {
  // Asked whenever images arrive: an even sample tells which columns are worth offering.
  const stride = Math.ceil(all.length / MOST_ASKED) || 1;
  const paths = stride === 1 ? all : all.filter((_, i) => i % stride === 0);
  const names = pathColumnNames(paths);
  const ranked = RANK.filter((name) => names.includes(name)).concat(names.filter((n) => !RANK.includes(n)));
  const seen = new Set<string>();
  const useful = ranked.filter((name) => {
    const groups = groupingOf(paths, name);
    if (groups === null || seen.has(groups)) return false;
    seen.add(groups);
    return true;
  });
  return names.filter((name) => useful.includes(name));
}

const MOST_ASKED = 10_000;
const RANK = ['folder', 'class', 'split'];

/** The grouping that a column makes, as a string that equals that of another column with the same groups; null for one group. */
function groupingOf(paths: readonly string[], column: string): string | null {
  const codes = new Map<string, number>();
  const grouping = paths.map((path) => {
    const value = pathValue(path, column);
    const code = codes.get(value) ?? codes.size;
    codes.set(value, code);
    return code;
  });
  return codes.size > 1 ? grouping.join() : null;
}
