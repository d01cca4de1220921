import type { Categories } from './point-colours';

/** 'cluster', or a column of the path as `pathColumns` names it: 'folder', 'folder_1' … */
export type ColourBy = string;

export interface Category {
  value: string;
  size: number;
}

const MAX_COLOURS = 30;

/** The path columns by which rows differ; empty when all images lie in one folder. */
export function columnsOf(paths: readonly string[]): string[] {
  let depth = 0;
  for (const path of paths) depth = Math.max(depth, path.split('/').length - 1);
  const names = ['folder', ...Array.from({ length: depth }, (_, i) => `folder_${i + 1}`)];
  const useful = names.filter((name) => {
    const first = paths.length ? valueOf(paths[0], name) : '';
    return paths.some((path) => valueOf(path, name) !== first);
  });
  // With one level, the folder and its first level are the same column.
  return depth === 1 ? useful.filter((name) => name === 'folder') : useful;
}

/** The value of one column of `pathColumns`, without building the others: called for every row. */
export function valueOf(path: string, column: string): string {
  if (column === 'folder') return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
  const level = Number(column.slice('folder_'.length));
  const parts = path.split('/');
  return level < parts.length ? parts[level - 1] : '';
}

/** Categories of a column, the most frequent first; those beyond the palette share the code `count`. */
export function categoriesOf(
  paths: readonly string[],
  column: string,
): Categories & { values: Category[]; others: number } {
  const sizes = new Map<string, number>();
  for (const path of paths) {
    const value = valueOf(path, column);
    sizes.set(value, (sizes.get(value) ?? 0) + 1);
  }
  const sorted = [...sizes].map(([value, size]) => ({ value, size }));
  sorted.sort((a, b) => b.size - a.size || (a.value < b.value ? -1 : 1));
  const values = sorted.slice(0, MAX_COLOURS);
  const codeOf = new Map(values.map(({ value }, code) => [value, code]));
  const codes = Uint16Array.from(paths, (path) => codeOf.get(valueOf(path, column)) ?? values.length);
  const coloured = values.reduce((sum, { size }) => sum + size, 0);
  return { codes, count: values.length, values, others: paths.length - coloured };
}
