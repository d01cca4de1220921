import type { ProjectColumn } from '../../../domain/metadata';
import type { Project } from '../../../domain/project';
import { pathGroupNames, type Groupers } from '../../state/column-groups';
import { mainCut } from './cuts';
import { groupByTags, groupByValue, looksLikeTags } from './tags';
import { valuesOf, type Value } from './values';

/** Which columns have one value for each image, and which several. */
export type Assignment = NonNullable<Project['groupings']>;
export type Role = keyof Assignment;

/** The images of each value of a column that was assigned. */
export interface Grouping {
  column: string;
  role: Role;
  values: readonly Value[];
  /** Value v has `rows[starts[v]] .. rows[starts[v + 1] - 1]`, ascending. */
  starts: Uint32Array;
  rows: Uint32Array;
  /** n flags: 1 for an image with any value. */
  known: Uint8Array;
}

/** Whole numbers of which no two are alike are names of the images, not a measure of them. */
const isNumbering = ({ column, filled, distinct }: ProjectColumn): boolean =>
  column.type === 'number' &&
  filled > 2 &&
  distinct === filled &&
  column.values.every((value) => Number.isInteger(value) || Number.isNaN(value));

/** What is assigned where the person has not said: columns that group, and lists of tags. */
export function proposedAssignment({ paths, columns }: Groupers): Assignment {
  const hashtag = columns.flatMap(({ column }) =>
    column.type === 'text' && looksLikeTags(column.words) ? [column.name] : [],
  );
  const grouping = columns
    .filter((one) => mainCut(one) !== null && !isNumbering(one))
    .map(({ column }) => column.name);
  return {
    category: [...pathGroupNames(paths), ...grouping].filter((name) => !hashtag.includes(name)),
    hashtag,
  };
}

/** All columns there are to assign, and which are assigned to nothing. Columns that are gone are in none of the lists. */
export function boardOf(
  { paths, columns }: Groupers,
  { category, hashtag }: Assignment,
): Assignment & { unused: string[] } {
  const filled = columns.filter((one) => one.filled > 0).map(({ column }) => column.name);
  const all = [...pathGroupNames(paths), ...filled];
  const there = (names: readonly string[]): string[] => names.filter((name) => all.includes(name));
  return {
    category: there(category),
    hashtag: there(hashtag),
    unused: all.filter((name) => !category.includes(name) && !hashtag.includes(name)),
  };
}

/** The assignment after a column went to a list, at its end, or (null) to none. */
export function withRole({ category, hashtag }: Assignment, column: string, role: Role | null): Assignment {
  const without = (names: readonly string[]): string[] => names.filter((name) => name !== column);
  return {
    category: [...without(category), ...(role === 'category' ? [column] : [])],
    hashtag: [...without(hashtag), ...(role === 'hashtag' ? [column] : [])],
  };
}

/** The images of each value of a column, those without a value in none; null when there is no such column. */
export function groupingOf(column: string, role: Role, groupers: Groupers, n: number): Grouping | null {
  const found = groupers.columns.find((one) => one.column.name === column);
  if (role === 'hashtag' && found) {
    const { names, starts, rows } = groupByTags(found.column, n);
    const values = names.map((text): Value => ({ kind: 'text', text }));
    return { column, role, values, starts, rows, known: flagged(rows, n) };
  }
  const cut = found ? mainCut(found) : null;
  const grouped = valuesOf(cut ?? { column, step: 'value' }, groupers, n);
  if (!grouped) return null;
  // No value is the last one, and no group here.
  const values = grouped.values.filter(({ kind }) => kind !== 'none');
  const { starts, rows } = groupByValue(grouped.of, values.length);
  return { column, role, values, starts, rows, known: flagged(rows, n) };
}

/** Images of a value. */
export const countOf = ({ starts }: Pick<Grouping, 'starts'>, value: number): number =>
  starts[value + 1] - starts[value];

/** The values of some image whose name has the words searched for, by falling count or by name. */
export function foundValues(
  grouping: Pick<Grouping, 'starts'>,
  names: readonly string[],
  search: string,
  order: 'count' | 'name',
): number[] {
  const wanted = search.trim().toLowerCase();
  const found = [...names.keys()].filter(
    (value) => countOf(grouping, value) > 0 && (wanted === '' || names[value].toLowerCase().includes(wanted)),
  );
  if (order === 'count') return found.sort((a, b) => countOf(grouping, b) - countOf(grouping, a) || a - b);
  return found.sort((a, b) => collator.compare(names[a], names[b]) || a - b);
}

const collator = new Intl.Collator(undefined, { numeric: true });

/** A value as a text that is the same whenever the column is read. */
export const valueKey = (value: Value): string => JSON.stringify(value);

/** In each of k clusters: images with the value, and images with any value of the column, the only ones compared. */
export function spreadOf(
  { starts, rows, known }: Grouping,
  value: number,
  labels: ArrayLike<number>,
  k: number,
): { found: Uint32Array; sizes: Uint32Array } {
  const found = new Uint32Array(k);
  const sizes = new Uint32Array(k);
  const n = Math.min(known.length, labels.length);
  for (let row = 0; row < n; row++) if (known[row] && labels[row] < k) sizes[labels[row]]++;
  for (let i = starts[value]; i < starts[value + 1]; i++) {
    const row = rows[i];
    if (row < n && labels[row] < k) found[labels[row]]++;
  }
  return { found, sizes };
}

function flagged(rows: Uint32Array, n: number): Uint8Array {
  const flags = new Uint8Array(n);
  for (const row of rows) flags[row] = 1;
  return flags;
}
