import type { ImageFacts } from '../domain/facts';
import type { RowTable, SkippedFile } from '../domain/project';
import { packFacts } from './facts';
import { database, write } from './open';
import { readFiles, readSkips } from './files';
import { originalSize, readIntake } from './intake';
import type { FileChunk, FileRecord, RowChunk, SkipRecord, Tally } from './schema';
import { arrayBytes } from './size';
import { changeTally } from './tally';
import { packThumbs } from './thumbs';
import { addVectors, bookCovered } from './vectors';

export interface NewRow {
  /** The first file with these bytes. */
  seq: number;
  hash: string;
  width: number;
  height: number;
  /** Encoded thumbnail. */
  thumbnail: Uint8Array;
  /** Absent where the descriptor is a file of vectors. */
  vector?: Float32Array;
  facts?: ImageFacts | null;
}

/** An image the network cannot have: every file with its bytes gets the reason. */
export interface UnusableImage {
  hash: string;
  skips: SkipRecord[];
}

/** A part of a row table, for those who hold the rows before it. */
export type RowSlice = Pick<RowTable, 'n' | 'paths' | 'hashes' | 'widths' | 'heights'> & { row0: number };

/**
 * Commits new images as rows `row0` …, with their vectors of the descriptor (all have one, or none) and what they say of
 * themselves, and books the unusable ones, whose bytes
 * are let go, in one write. `row0` must be the number of rows so far. Errors: `quota`, `store`.
 */
export async function commitRows(
  projectId: string,
  specKey: string,
  row0: number,
  rows: readonly NewRow[],
  unusable: readonly UnusableImage[],
): Promise<Tally> {
  const stores = ['tallies', 'rows', 'thumbs', 'vectors', 'facts', 'skips', 'blobs'] as const;
  return write(stores, async (tx) => {
    let freed = 0;
    for (const { hash, skips } of unusable) {
      const key: [string, string] = [projectId, hash];
      const original = await tx.objectStore('blobs').get(key);
      if (original) freed += originalSize(original);
      await tx.objectStore('blobs').delete(key);
      for (const skip of skips) await tx.objectStore('skips').put(skip, [projectId, skip.seq]);
    }
    let added = 0;
    if (rows.length) {
      const n = rows.length;
      const thumbs = packThumbs(
        row0,
        rows.map(({ thumbnail }) => thumbnail),
      );
      const chunk: RowChunk = {
        row0,
        n,
        seqs: rows.map(({ seq }) => seq),
        hashes: rows.map(({ hash }) => hash),
        widths: Uint32Array.from(rows, ({ width }) => width),
        heights: Uint32Array.from(rows, ({ height }) => height),
      };
      await tx.objectStore('rows').add(chunk, [projectId, row0]);
      await tx.objectStore('thumbs').add(thumbs, [projectId, row0]);
      const facts = packFacts(
        row0,
        rows.map((row) => row.facts),
      );
      if (facts) await tx.objectStore('facts').add(facts, [projectId, row0]);
      added = thumbs.data.byteLength + arrayBytes(facts);
      const vectors = rows.flatMap(({ vector }) => vector ?? []);
      if (vectors.length > 0) added += await addVectors(tx, projectId, specKey, { row0, vectors, bad: [] });
    }
    return changeTally(tx, projectId, (books) => {
      books.rows += rows.length;
      if (rows.some(({ vector }) => vector)) bookCovered(books, specKey, books.rows, 0);
      books.fresh -= rows.length + unusable.length;
      for (const { skips } of unusable) {
        books.skipped += skips.length;
        books.duplicates -= skips.length - 1;
      }
      books.storedBytes += added - freed;
    });
  });
}

/** Chunks of rows in order, from the one that holds `row0`; all, or the first `limit`. */
export async function readRowChunks(projectId: string, row0 = 0, limit?: number): Promise<RowChunk[]> {
  const db = await database();
  const first = await db
    .transaction('rows')
    .store.openKeyCursor(IDBKeyRange.bound([projectId, 0], [projectId, row0]), 'prev');
  if (!first) return [];
  return db.getAll('rows', IDBKeyRange.bound(first.key, [projectId, []]), limit);
}

/** The rows of a project with the paths of their files. */
export async function loadRowTable(projectId: string): Promise<RowTable> {
  // Rows first: whatever they refer to was written before them.
  const chunks = await readRowChunks(projectId);
  const [files, intake] = await Promise.all([readFiles(projectId), readIntake(projectId)]);
  const table = joinRows(chunks, (seq) => files[seq].path);
  const rowOf = new Map(table.hashes.map((hash, row) => [hash, row]));
  const first = new Set(chunks.flatMap(({ seqs }) => seqs));
  const duplicates = new Map<number, string[]>();
  for (const { seq, hash } of intake.sort((a, b) => a.seq - b.seq)) {
    const row = rowOf.get(hash);
    if (row === undefined || first.has(seq)) continue;
    const others = duplicates.get(row);
    if (others) others.push(files[seq].path);
    else duplicates.set(row, [files[seq].path]);
  }
  return { ...table, duplicates };
}

/** The rows from `row0` on. */
export async function loadRowSlice(projectId: string, row0: number): Promise<RowSlice> {
  const chunks = await readRowChunks(projectId, row0);
  const paths = await pathsOf(
    projectId,
    chunks.flatMap(({ seqs }) => seqs),
  );
  const all = joinRows(chunks, (seq) => paths.get(seq)!);
  const before = chunks.length ? Math.min(row0 - chunks[0].row0, all.n) : 0;
  return {
    row0,
    n: all.n - before,
    paths: all.paths.slice(before),
    hashes: all.hashes.slice(before),
    widths: all.widths.slice(before),
    heights: all.heights.slice(before),
  };
}

/** Files that have no embedding, with the reason. */
export async function loadSkipped(projectId: string): Promise<SkippedFile[]> {
  const [skips, files] = await Promise.all([readSkips(projectId), readFiles(projectId)]);
  return skips.map(({ seq, code, detail }) => ({ path: files[seq].path, code, detail }));
}

function joinRows(chunks: readonly RowChunk[], path: (seq: number) => string): Omit<RowTable, 'duplicates'> {
  const n = chunks.reduce((sum, chunk) => sum + chunk.n, 0);
  const widths = new Uint32Array(n);
  const heights = new Uint32Array(n);
  let at = 0;
  for (const chunk of chunks) {
    widths.set(chunk.widths, at);
    heights.set(chunk.heights, at);
    at += chunk.n;
  }
  const paths = chunks.flatMap(({ seqs }) => seqs.map(path));
  return { n, paths, hashes: chunks.flatMap(({ hashes }) => hashes), widths, heights };
}

async function pathsOf(projectId: string, seqs: number[]): Promise<Map<number, string>> {
  const paths = new Map<number, string>();
  const store = (await database()).transaction('files').store;
  let chunk: FileChunk | undefined;
  for (const seq of seqs.sort((a, b) => a - b)) {
    if (!chunk || seq >= chunk.seq0 + chunk.files.length) chunk = await chunkOf(seq);
    paths.set(seq, (chunk?.files[seq - chunk.seq0] as FileRecord).path);
  }
  return paths;

  async function chunkOf(seq: number): Promise<FileChunk | undefined> {
    const range = IDBKeyRange.bound([projectId, 0], [projectId, seq]);
    return (await store.openCursor(range, 'prev'))?.value;
  }
}
