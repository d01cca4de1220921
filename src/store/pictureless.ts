import type { ImageFacts } from '../domain/facts';
import { isFromFile } from '../domain/spec';
import { factsAt, packFacts } from './facts';
import { asOriginal } from './intake';
import { write, type WriteTransaction } from './open';
import type { FileChunk, FileRecord, RowChunk, StoreName, Tally, ThumbChunk } from './schema';
import { arrayBytes } from './size';
import { changeTally } from './tally';
import { packThumbs } from './thumbs';

/** Rows of a chunk: it is written again when pictures come. */
const CHUNK = 64;

/** The picture of a row that was known by its path only. */
export interface LatePicture {
  row: number;
  /** The file of the row. */
  seq: number;
  /** SHA-256 of the bytes, hex. */
  hash: string;
  width: number;
  height: number;
  /** Encoded. */
  thumbnail: Uint8Array;
  facts?: ImageFacts | null;
  /** The bytes, when they are not kept yet. */
  bytes?: Uint8Array<ArrayBuffer>;
  /** An image with these bytes waited for a row of its own, which it now does not get. */
  absorbs: boolean;
  /** An image with these bytes has a row, and came without them. */
  completes: boolean;
  file: FileRecord;
}

/**
 * Lists files that nobody has given and makes each the next row, without a picture, in one write. `row0` must be the
 * number of rows so far. Errors: `quota`, `store`.
 */
export async function addPictureless(
  projectId: string,
  row0: number,
  paths: readonly string[],
): Promise<Tally> {
  return write(['tallies', 'files', 'rows', 'thumbs'], async (tx) => {
    const n = paths.length;
    const tally = await changeTally(tx, projectId, (books) => {
      books.announced += n;
      books.rows += n;
      books.pictureless = (books.pictureless ?? 0) + n;
    });
    const first = tally.announced - n;
    const files = paths.map((path) => ({ path, size: 0, modified: 0 }));
    await tx.objectStore('files').add({ seq0: first, files }, [projectId, first]);
    for (let at = 0; at < n; at += CHUNK) {
      const some = Math.min(CHUNK, n - at);
      const nothing = Array.from({ length: some }, () => new Uint8Array(0));
      const chunk: RowChunk = {
        row0: row0 + at,
        n: some,
        seqs: Array.from({ length: some }, (_, i) => first + at + i),
        hashes: new Array<string>(some).fill(''),
        widths: new Uint32Array(some),
        heights: new Uint32Array(some),
      };
      await tx.objectStore('rows').add(chunk, [projectId, row0 + at]);
      await tx.objectStore('thumbs').add(packThumbs(row0 + at, nothing), [projectId, row0 + at]);
    }
    return tally;
  });
}

/**
 * Gives rows their pictures, in one write. Vectors that a network could not make for want of these pictures are let go,
 * with all that follow them, so that the next run makes them. Errors: `quota`, `store`.
 */
export async function commitPictures(projectId: string, pictures: readonly LatePicture[]): Promise<Tally> {
  const stores = ['tallies', 'files', 'intake', 'blobs', 'rows', 'thumbs', 'facts', 'vectors'] as const;
  return write(stores, async (tx) => {
    let added = 0;
    for (const { hash, bytes } of pictures) {
      if (!bytes) continue;
      await tx.objectStore('blobs').put(asOriginal(bytes), [projectId, hash]);
      added += bytes.length;
    }
    const seqs = pictures.map(({ seq }) => seq);
    const hashes = pictures.map(({ hash }) => hash);
    await tx.objectStore('intake').put({ seqs, hashes }, [projectId, seqs[0]]);
    await rewriteFiles(tx, projectId, pictures);
    added += await rewriteRows(tx, projectId, pictures);
    const tally = await changeTally(tx, projectId, () => undefined);
    added -= await forgetWithout(tx, projectId, tally, pictures);
    return changeTally(tx, projectId, (books) => {
      books.covered = tally.covered;
      books.without = tally.without;
      books.pictureless = (books.pictureless ?? 0) - pictures.length;
      const absorbed = pictures.filter(({ absorbs }) => absorbs).length;
      books.fresh -= absorbed;
      books.duplicates += absorbed;
      const lacking = (books.withoutBytes ?? 0) - pictures.filter(({ completes }) => completes).length;
      if (lacking > 0) books.withoutBytes = lacking;
      else delete books.withoutBytes;
      for (const { file } of pictures) books.bytes += file.size;
      books.storedBytes += added;
    });
  });
}

type Writing = WriteTransaction<StoreName>;

async function rewriteFiles(tx: Writing, projectId: string, pictures: readonly LatePicture[]): Promise<void> {
  const store = tx.objectStore('files');
  const changed = new Map<number, FileChunk>();
  let chunk: FileChunk | undefined;
  for (const { seq, file } of pictures) {
    if (!chunk || seq < chunk.seq0 || seq >= chunk.seq0 + chunk.files.length) {
      const range = IDBKeyRange.bound([projectId, 0], [projectId, seq]);
      const found = (await store.openCursor(range, 'prev'))!.value;
      chunk = changed.get(found.seq0) ?? found;
      changed.set(chunk.seq0, chunk);
    }
    const { path } = chunk.files[seq - chunk.seq0];
    chunk.files[seq - chunk.seq0] = { path, size: file.size, modified: file.modified, given: file.path };
  }
  for (const one of changed.values()) await store.put(one, [projectId, one.seq0]);
}

/** Answers by how many bytes thumbnails and facts grow. */
async function rewriteRows(
  tx: Writing,
  projectId: string,
  pictures: readonly LatePicture[],
): Promise<number> {
  let added = 0;
  const byRow = [...pictures].sort((a, b) => a.row - b.row);
  for (let at = 0; at < byRow.length;) {
    const range = IDBKeyRange.bound([projectId, 0], [projectId, byRow[at].row]);
    const rows = (await tx.objectStore('rows').openCursor(range, 'prev'))!.value;
    const thumbs = (await tx.objectStore('thumbs').openCursor(range, 'prev'))!.value;
    const images = unpacked(thumbs);
    const before = await tx.objectStore('facts').get([projectId, rows.row0]);
    const facts = Array.from({ length: rows.n }, (_, i) => (before ? factsAt(before, i) : null));
    for (; at < byRow.length && byRow[at].row < rows.row0 + rows.n; at++) {
      const { row, hash, width, height, thumbnail } = byRow[at];
      const i = row - rows.row0;
      rows.hashes[i] = hash;
      rows.widths[i] = width;
      rows.heights[i] = height;
      images[row - thumbs.row0] = thumbnail;
      facts[i] = byRow[at].facts ?? null;
      added += thumbnail.length;
    }
    await tx.objectStore('rows').put(rows, [projectId, rows.row0]);
    await tx.objectStore('thumbs').put(packThumbs(thumbs.row0, images), [projectId, thumbs.row0]);
    const after = packFacts(rows.row0, facts);
    if (after) await tx.objectStore('facts').put(after, [projectId, rows.row0]);
    added += arrayBytes(after) - arrayBytes(before);
  }
  return added;
}

function unpacked({ n, offsets, data }: ThumbChunk): Uint8Array[] {
  return Array.from({ length: n }, (_, i) => data.subarray(offsets[i], offsets[i + 1]));
}

/**
 * Lets go of computed vectors from the first chunk on in which one of the rows had none for want of its picture. Books it
 * in `books`; answers by how many bytes the vectors shrink.
 */
async function forgetWithout(
  tx: Writing,
  projectId: string,
  books: Tally,
  pictures: readonly LatePicture[],
): Promise<number> {
  let freed = 0;
  const rows = pictures.map(({ row }) => row).sort((a, b) => a - b);
  for (const key of Object.keys(books.covered)) {
    if (isFromFile(key) || books.without?.[key] === 0) continue;
    const from = await firstChunkWithout(tx, [projectId, key], rows, books.covered[key]);
    if (from === null) continue;
    const rest = IDBKeyRange.bound([projectId, key, from], [projectId, key, []]);
    let cursor = await tx.objectStore('vectors').openCursor(rest);
    for (; cursor; cursor = await cursor.continue()) {
      const { data, bad = [] } = cursor.value;
      freed += data.byteLength;
      if (books.without?.[key] !== undefined) books.without[key] -= bad.length;
      await cursor.delete();
    }
    books.covered[key] = from;
  }
  return freed;
}

async function firstChunkWithout(
  tx: Writing,
  [projectId, key]: [string, string],
  rows: readonly number[],
  covered: number,
): Promise<number | null> {
  for (let at = 0; at < rows.length && rows[at] < covered;) {
    const range = IDBKeyRange.bound([projectId, key, 0], [projectId, key, rows[at]]);
    const { row0, n, bad = [] } = (await tx.objectStore('vectors').openCursor(range, 'prev'))!.value;
    for (; at < rows.length && rows[at] < row0 + n; at++) if (bad.includes(rows[at])) return row0;
  }
  return null;
}
