import { cannotRead, naming } from './fault';

/** Bytes read at once by everything that streams: the bound on what a reader holds of a file. */
export const CHUNK = 1 << 20;

/** Bytes [start, end) of a file. Errors: `read-file` when the file ends before or the browser refuses. */
export async function readBytes(file: File, start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
  if (end > file.size)
    throw cannotRead(file.name, `byte ${file.size}`, `it ends there and should go on to byte ${end}`);
  const bytes = await naming(file.name, `byte ${start}`, () => file.slice(start, end).arrayBuffer());
  return new Uint8Array(bytes);
}

/** A file's bytes from `start` on in pieces; the next is being fetched while one is worked on. */
export async function* chunksOf(
  file: File,
  start = 0,
  size = CHUNK,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const fetch = (at: number): Promise<Uint8Array<ArrayBuffer>> | null => {
    if (at >= file.size) return null;
    const bytes = readBytes(file, at, Math.min(at + size, file.size));
    // It may never be awaited when the reader stops early.
    bytes.catch(() => undefined);
    return bytes;
  };
  let next = fetch(start);
  for (let at = start + size; next; at += size) {
    const bytes = await next;
    next = fetch(at);
    yield bytes;
  }
}
