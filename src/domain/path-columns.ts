/** Folder names by which data sets tell their parts from one another. */
const SPLIT = /^(train|training|val|valid|validation|dev|test|testing|holdout)$/i;

const foldersOf = (path: string): string[] => path.split('/').slice(0, -1);

/**
 * The value of one column of a path, '' where the path has none: `folder` (the whole parent path), `folder_1` … (its levels),
 * `split` (the first level named like a part of a data set: train, val, test …), `class` (the innermost other level).
 */
export function pathValue(path: string, column: string): string {
  if (column === 'folder') return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
  const folders = foldersOf(path);
  if (column === 'split') return folders.find((name) => SPLIT.test(name)) ?? '';
  if (column === 'class') return folders.findLast((name) => name !== '' && !SPLIT.test(name)) ?? '';
  return folders[Number(column.slice('folder_'.length)) - 1] ?? '';
}

/** The names of all columns that some of the paths have, `folder` first. */
export function pathColumnNames(paths: readonly string[]): string[] {
  let depth = 0;
  let split = false;
  for (const path of paths) {
    const folders = foldersOf(path);
    depth = Math.max(depth, folders.length);
    split ||= folders.some((name) => SPLIT.test(name));
  }
  const levels = Array.from({ length: depth }, (_, i) => `folder_${i + 1}`);
  return ['folder', ...levels, ...(split ? ['split'] : []), ...(depth > 0 ? ['class'] : [])];
}

/** Whether a name is one that columns of paths have, in any project. */
export function isPathColumn(name: string): boolean {
  return /^(?:folder(?:_\d+)?|split|class)$/.test(name);
}
