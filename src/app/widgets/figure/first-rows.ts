import type { Cell } from '../../../exports/csv';

/** So many rows of a table, whether there are more, and which of its columns hold numbers. */
export function firstRows(
  rows: Iterable<readonly Cell[]>,
  most: number,
): { rows: (readonly Cell[])[]; more: boolean; numeric: boolean[] } {
  const taken: (readonly Cell[])[] = [];
  let more = false;
  for (const row of rows) {
    if (taken.length === most) {
      more = true;
      break;
    }
    taken.push(row);
  }
  const numeric = (taken[0] ?? []).map((_, c) => taken.every((row) => typeof row[c] !== 'string'));
  return { rows: taken, more, numeric };
}
