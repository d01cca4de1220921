import { isPathColumn } from '../domain/path-columns';
import type { ColumnSource, ProjectColumn } from '../domain/metadata';
import type { Column, JoinKey, Table } from '../domain/table';
import { joinTable, type Joined } from '../sources/table/join';
import type { RecordChunk } from '../store/schema';
import { alignColumns, uniqueNames, type Piece } from './align-columns';
import type { ProjectImages } from './project-images';
import { countValues } from './sketch';

export interface KeyedTable {
  id: string;
  name: string;
  key: JoinKey;
  table: Table;
}

/** Names that the app uses for other ways to group images. */
const isReserved = (name: string): boolean =>
  isPathColumn(name) || ['cluster', 'kmeans', 'path'].includes(name);

/** Every column of a project by image row: what records say, what pictures say, what tables say, in this order. */
export function projectColumns(
  images: ProjectImages,
  from: { records: readonly RecordChunk[]; facts: readonly Column[]; tables: readonly KeyedTable[] },
): ProjectColumn[] {
  const n = images.paths.length;
  const groups: { source: ColumnSource; label: string; pieces: Piece[] }[] = [
    { source: { kind: 'record' }, label: 'record', pieces: recordPieces(from.records, images) },
    { source: { kind: 'exif' }, label: 'exif', pieces: [wholePiece(from.facts, n)] },
    ...from.tables.map((kept) => ({
      source: { kind: 'table' as const, id: kept.id },
      label: kept.name,
      pieces: [tablePiece(kept, images)],
    })),
  ];
  const columns = groups.map(({ pieces }) => alignColumns(pieces, n));
  const names = uniqueNames(
    groups.map(({ label }, g) => ({ label, names: columns[g].map(({ name }) => name) })),
    isReserved,
  );
  return groups.flatMap(({ source }, g) =>
    columns[g].map((column, c) => ({
      source,
      column: { ...column, name: names[g][c] },
      ...countValues(column),
    })),
  );
}

/** What a key joins: an image whose own path finds no row takes that of an equal file. */
export function joinImages(
  images: Pick<ProjectImages, 'paths' | 'others'>,
  table: Table,
  key: JoinKey,
): Joined {
  const joined = joinTable(images.paths, table, key);
  const lost = joined.imagesWithout.flatMap((row) =>
    (images.others.get(row) ?? []).map(({ path }) => ({ row, path })),
  );
  if (lost.length === 0) return joined;
  const { rows } = joined;
  const second = joinTable(
    lost.map(({ path }) => path),
    table,
    key,
  );
  lost.forEach(({ row }, i) => {
    if (rows[row] < 0) rows[row] = second.rows[i];
  });
  const used = new Set(rows);
  return {
    ...joined,
    imagesWithout: joined.imagesWithout.filter((row) => rows[row] < 0),
    rowsWithout: joined.rowsWithout.filter((row) => !used.has(row)),
  };
}

function tablePiece({ table, key }: KeyedTable, images: ProjectImages): Piece {
  const { rows } = joinImages(images, table, key);
  const to = Int32Array.from(rows.keys()).filter((row) => rows[row] >= 0);
  return { columns: table.columns, to, from: to.map((row) => rows[row]) };
}

/** Columns that have a value for each image already. */
function wholePiece(columns: readonly Column[], n: number): Piece {
  const all = Int32Array.from({ length: n }, (_, row) => row);
  return { columns, to: all, from: all };
}

/** A record belongs to the image of its file, or of an equal file when that one has no record. */
function recordPieces(chunks: readonly RecordChunk[], { seqs, others }: ProjectImages): Piece[] {
  if (chunks.length === 0) return [];
  const chunkOf = (seq: number): number => {
    let [low, high] = [0, chunks.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (chunks[middle].seq0 <= seq) low = middle + 1;
      else high = middle;
    }
    return low > 0 && seq < chunks[low - 1].seq0 + chunks[low - 1].n ? low - 1 : -1;
  };
  const to: number[][] = chunks.map(() => []);
  const from: number[][] = chunks.map(() => []);
  seqs.forEach((first, row) => {
    const seq = [first, ...(others.get(row) ?? []).map((other) => other.seq)].find((s) => chunkOf(s) >= 0);
    if (seq === undefined) return;
    const chunk = chunkOf(seq);
    to[chunk].push(row);
    from[chunk].push(seq - chunks[chunk].seq0);
  });
  return chunks.map(({ columns }, c) => ({
    columns,
    to: Int32Array.from(to[c]),
    from: Int32Array.from(from[c]),
  }));
}
