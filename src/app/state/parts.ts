import type { Parts } from '../../domain/hierarchy';
import { pathValue } from '../../domain/path-columns';

const natural = new Intl.Collator('en', { numeric: true }).compare;

/** The first `n` rows by the value of a column of their path, every value a part of its own, in natural order. */
export function partsOf(paths: readonly string[], column: string, n = paths.length): Parts {
  const most = Math.min(n, paths.length);
  // All that a path says lies in its folder, and there are fewer folders than paths.
  const folders = new Map<string, number>();
  const values: string[] = [];
  const of = new Uint32Array(most);
  for (let row = 0; row < most; row++) {
    const path = paths[row];
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    let place = folders.get(folder);
    if (place === undefined) {
      folders.set(folder, (place = values.length));
      values.push(pathValue(path, column));
    }
    of[row] = place;
  }
  const names = [...new Set(values)].sort((a, b) => natural(a, b) || (a < b ? -1 : 1));
  const codes = new Map(names.map((name, code) => [name, code]));
  const codeOf = values.map((value) => codes.get(value)!);
  return { column, names, of: of.map((place) => codeOf[place]) };
}
