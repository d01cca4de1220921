import type { ImageFacts } from '../domain/facts';
import type { RowTable, SkippedFile } from '../domain/project';
import { packFacts } from './facts';
import { database, write } from './open';
import { pages } from './pages';
import { readSkips } from './files';
import { originalSize } from './intake';
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

/**
 * The rows of a project with the paths of their files. Read page by page, so that a thread that has other things to do has time
 * for them.
 */
export async function loadRowTable(projectId: string): Promise<RowTable> {
  // Rows first, paths last: whatever a record refers to was written before it.
  const chunks: RowChunk[] = [];
  for await (const { value } of pages('rows', projectId)) chunks.push(value);
  const others = await otherFiles(projectId, chunks);
  const pathOf: string[] = [];
  for await (const { value } of pages('files', projectId))
    for (const { path } of value.files) pathOf.push(path);
  const duplicates = new Map<number, string[]>();
  for (const [row, seqs] of others)
    duplicates.set(
      row,
      seqs.map((seq) => pathOf[seq]),
    );
  return { ...joinRows(chunks, (seq) => pathOf[seq]), duplicates };
}

/** The files beside the first whose bytes are those of a row, by row and in order of announcement. */
async function otherFiles(projectId: string, chunks: readonly RowChunk[]): Promise<Map<number, number[]>> {
  const first = new Set<number>();
  for (const { seqs } of chunks) for (const seq of seqs) first.add(seq);
  const byHash = new Map<string, number[]>();
  for await (const { value } of pages('intake', projectId))
    value.seqs.forEach((seq, i) => {
      const hash = value.hashes[i];
      if (!first.has(seq)) byHash.set(hash, [...(byHash.get(hash) ?? []), seq]);
    });
  const rowOf = new Map<string, number>();
  if (byHash.size > 0)
    for (const { row0, hashes } of chunks)
      hashes.forEach((hash, i) => byHash.has(hash) && rowOf.set(hash, row0 + i));
  return new Map([...rowOf].map(([hash, row]) => [row, byHash.get(hash)!.sort((a, b) => a - b)]));
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
  const skips = await readSkips(projectId);
  const paths = await pathsOf(
    projectId,
    skips.map(({ seq }) => seq),
  );
  return skips.map(({ seq, code, detail }) => ({ path: paths.get(seq)!, code, detail }));
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
  const paths: string[] = [];
  const hashes: string[] = [];
  for (const chunk of chunks) {
    for (const seq of chunk.seqs) paths.push(path(seq));
    for (const hash of chunk.hashes) hashes.push(hash);
  }
  return { n, paths, hashes, widths, heights };
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
