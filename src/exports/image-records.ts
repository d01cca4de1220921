import type { RowTable } from '../domain/project';

/** Which image each record of a table is about. */
export interface ImageRecords {
  n: number;
  /** The row of record i, rising. */
  rows: Uint32Array;
  path(record: number): string;
  /** The path of the image with the same bytes that stands for both; '' for that one itself. */
  duplicateOf(record: number): string;
}

/** A record for each of the rows (rising), and with `duplicates` one more, right after it, for each file with the same bytes. */
export function imageRecords(
  { paths, duplicates }: Pick<RowTable, 'paths' | 'duplicates'>,
  chosen: Uint32Array,
  withDuplicates: boolean,
): ImageRecords {
  const others = (row: number): readonly string[] => (withDuplicates ? (duplicates.get(row) ?? []) : []);
  const n = withDuplicates ? chosen.reduce((sum, row) => sum + 1 + others(row).length, 0) : chosen.length;
  const rows = new Uint32Array(n);
  /** 0: the image itself; i: its i-th twin. */
  const twins = new Uint32Array(n);
  let at = 0;
  for (const row of chosen)
    for (let twin = 0; twin <= others(row).length; twin++) {
      rows[at] = row;
      twins[at++] = twin;
    }
  return {
    n,
    rows,
    path: (i) => (twins[i] === 0 ? paths[rows[i]] : others(rows[i])[twins[i] - 1]),
    duplicateOf: (i) => (twins[i] === 0 ? '' : paths[rows[i]]),
  };
}

/** The rows 0 .. n - 1. */
export const allRows = (n: number): Uint32Array => Uint32Array.from({ length: n }, (_, row) => row);
