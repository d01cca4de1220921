import { pathColumnNames, pathValue } from '../../../domain/path-columns';
import type { Categories } from './point-colours';

/** 'cluster', or a column of the path as `pathValue` names it: 'folder', 'folder_1', 'split', 'class' … */
export type ColourBy = string;

export interface Category {
  value: string;
  size: number;
}

const MAX_COLOURS = 30;

/**
 * The path columns by which rows differ, each grouping offered once: of columns that say the same, the one named most
 * plainly. Empty when all images lie in one folder.
 */
export function columnsOf(all: readonly string[]): string[] {
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

/** Categories of a column, the most frequent first; those beyond the palette share the code `count`. */
export function categoriesOf(
  paths: readonly string[],
  column: string,
): Categories & { values: Category[]; others: number } {
  const sizes = new Map<string, number>();
  for (const path of paths) {
    const value = pathValue(path, column);
    sizes.set(value, (sizes.get(value) ?? 0) + 1);
  }
  const sorted = [...sizes].map(([value, size]) => ({ value, size }));
  sorted.sort((a, b) => b.size - a.size || (a.value < b.value ? -1 : 1));
  const values = sorted.slice(0, MAX_COLOURS);
  const codeOf = new Map(values.map(({ value }, code) => [value, code]));
  const codes = Uint16Array.from(paths, (path) => codeOf.get(pathValue(path, column)) ?? values.length);
  const coloured = values.reduce((sum, { size }) => sum + size, 0);
  return { codes, count: values.length, values, others: paths.length - coloured };
}
