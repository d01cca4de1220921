const collator = new Intl.Collator('en', { numeric: true });

/**
 * Paths as a person would sort them (`img2` before `img10`), the same on every machine: natural order of the whole
 * path, ties by code unit.
 */
export function byPath(a: { path: string }, b: { path: string }): number {
  return collator.compare(a.path, b.path) || (a.path < b.path ? -1 : Number(a.path > b.path));
}
