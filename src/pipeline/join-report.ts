import type { JoinList, JoinReport } from '../domain/metadata';
import { textAt, type JoinKey, type Table } from '../domain/table';
import { csv, type Cell } from '../exports/csv';
import type { Joined } from '../sources/table/join';

/** Shown at once; the rest is in the file. */
const FIRST = 50;

interface Found {
  paths: readonly string[];
  table: Table;
  key: JoinKey;
  joined: Joined;
}

/** How much a key joins, and the first of everything that finds no partner. */
export function reportOf(found: Found): JoinReport {
  const { paths, joined } = found;
  const list = (kind: JoinList): JoinReport['lists'][JoinList] => {
    const all = entries(found, kind);
    const first = all.slice(0, FIRST).map(([what, where]) => ({ what, where }));
    return { count: all.length, first };
  };
  return {
    images: paths.length,
    matched: paths.length - joined.imagesWithout.length,
    lists: {
      images: list('images'),
      rows: list('rows'),
      duplicates: list('duplicates'),
      ambiguous: list('ambiguous'),
    },
  };
}

const HEADERS: Record<JoinList, string[]> = {
  images: ['path'],
  rows: ['key', 'row'],
  duplicates: ['key', 'rows'],
  ambiguous: ['key', 'row'],
};

/** One list whole, as CSV; rows are counted from 1, without the header. */
export async function listCsv(found: Found, kind: JoinList): Promise<Uint8Array<ArrayBuffer>> {
  const width = HEADERS[kind].length;
  const rows: Cell[][] = entries(found, kind).map((entry) => entry.slice(0, width));
  const parts = [];
  for await (const part of csv(HEADERS[kind], rows)) parts.push(part);
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

function entries({ paths, table, key, joined }: Found, kind: JoinList): [what: string, where: string][] {
  if (kind === 'images') return joined.imagesWithout.map((image) => [paths[image], '']);
  if (kind === 'duplicates')
    return joined.duplicates.map((same) => [same.key, same.rows.map((row) => row + 1).join(' ')]);
  const column = table.columns.find(({ name }) => name === key.column);
  const rows = kind === 'rows' ? joined.rowsWithout : joined.ambiguous;
  return rows.map((row) => [column ? textAt(column, row) : '', String(row + 1)]);
}
