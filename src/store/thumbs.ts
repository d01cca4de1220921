import { database } from './open';
import type { ThumbChunk } from './schema';

/** Many small pictures as one record: a record each would cost more than the pictures. */
export function packThumbs(row0: number, thumbnails: readonly Uint8Array[]): ThumbChunk {
  const offsets = new Uint32Array(thumbnails.length + 1);
  thumbnails.forEach((bytes, i) => (offsets[i + 1] = offsets[i] + bytes.length));
  const data = new Uint8Array(offsets[thumbnails.length]);
  thumbnails.forEach((bytes, i) => data.set(bytes, offsets[i]));
  return { row0, n: thumbnails.length, offsets, data };
}

/** The thumbnail of a row within its chunk, or null when it has none. */
export function unpackThumb(chunk: ThumbChunk, row: number): Blob | null {
  const i = row - chunk.row0;
  if (i < 0 || i >= chunk.n) return null;
  const bytes = chunk.data.slice(chunk.offsets[i], chunk.offsets[i + 1]);
  return bytes.length ? new Blob([bytes], { type: mimeOf(bytes) }) : null;
}

function mimeOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff) return 'image/jpeg';
  return bytes[0] === 0x89 ? 'image/png' : 'image/webp';
}

/** The chunk a row's thumbnail is in, or null past the last row. */
export async function readThumbChunk(projectId: string, row: number): Promise<ThumbChunk | null> {
  const range = IDBKeyRange.bound([projectId, 0], [projectId, row]);
  const cursor = await (await database()).transaction('thumbs').store.openCursor(range, 'prev');
  return cursor && row < cursor.value.row0 + cursor.value.n ? cursor.value : null;
}

/** Thumbnails (long side 128 px) of the rows, in the order asked; null where there is none. */
export async function readThumbnails(projectId: string, rows: ArrayLike<number>): Promise<(Blob | null)[]> {
  const order = Array.from(rows, (row, at) => ({ row, at })).sort((a, b) => a.row - b.row);
  const found = new Array<Blob | null>(order.length).fill(null);
  let chunk: ThumbChunk | null = null;
  for (const { row, at } of order) {
    if (!chunk || row >= chunk.row0 + chunk.n) chunk = await readThumbChunk(projectId, row);
    if (!chunk) break;
    found[at] = unpackThumb(chunk, row);
  }
  return found;
}
