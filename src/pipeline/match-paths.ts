import type { Table } from '../domain/table';
import { joinCandidates, joinTable } from '../sources/table/join';

export interface PathMatch {
  /** For each path the place of its name in the list, -1 where there is none. */
  of: Int32Array;
  matched: number;
  /** Places in the list that lead to no path, or to several. */
  unmatched: number[];
  ambiguous: number[];
  /** Names that stand in the list more than once; the first counts. */
  duplicates: number;
}

const COLUMN = 'path';

/**
 * Finds the names of a list among paths, by the strictest way that finds the most: the whole path, its end, the file name; with
 * or without extension and case. A name that fits several paths leads to none.
 */
export function matchPaths(paths: readonly string[], names: readonly string[]): PathMatch {
  const table = tableOf(names);
  const [best] = joinCandidates(paths, table);
  if (!best) {
    const unmatched = Array.from(names.keys());
    return { of: new Int32Array(paths.length).fill(-1), matched: 0, unmatched, ambiguous: [], duplicates: 0 };
  }
  const { rows, rowsWithout, ambiguous, duplicates } = joinTable(paths, table, best);
  const matched = rows.reduce((sum, row) => sum + Number(row >= 0), 0);
  return { of: rows, matched, unmatched: rowsWithout, ambiguous, duplicates: duplicates.length };
}

function tableOf(names: readonly string[]): Table {
  const words = ['', ...new Set(names.filter((name) => name !== ''))];
  const codeOf = new Map(words.map((word, code) => [word, code]));
  const codes = Uint32Array.from(names, (name) => codeOf.get(name)!);
  const columns = [{ name: COLUMN, type: 'text' as const, codes, words }];
  return { n: names.length, columns, problems: [], problemCount: 0 };
}
