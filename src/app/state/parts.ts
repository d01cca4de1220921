import type { Parts } from '../../domain/hierarchy';
import { pathValue } from '../../domain/path-columns';

const natural = new Intl.Collator('en', { numeric: true }).compare;

/** The first `n` rows by the value of a column of their path, every value a part of its own, in natural order. */
export function partsOf(paths: readonly string[], column: string, n = paths.length): Parts {
  const values = Array.from({ length: Math.min(n, paths.length) }, (_, row) => pathValue(paths[row], column));
  const names = [...new Set(values)].sort((a, b) => natural(a, b) || (a < b ? -1 : 1));
  const codes = new Map(names.map((name, code) => [name, code]));
  return { column, names, of: Uint32Array.from(values, (value) => codes.get(value)!) };
}
