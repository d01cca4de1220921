import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { npyHeader } from '../src/exports/npy';

const SIDE = 96;
const encoder = new TextEncoder();

type Chunks = AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>;

/** Writes a file piece by piece. */
export async function writeChunks(path: string, chunks: Chunks): Promise<void> {
  const out = createWriteStream(path);
  for await (const chunk of chunks) if (!out.write(chunk)) await once(out, 'drain');
  out.end();
  await once(out, 'finish');
}

/** An uncompressed picture (BMP), another one for each `id`. */
export function picture(id: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(54 + SIDE * SIDE * 3);
  const view = new DataView(bytes.buffer);
  bytes.set(encoder.encode('BM'));
  view.setUint32(2, bytes.length, true);
  view.setUint32(10, 54, true);
  bytes.set([40, 0, 0, 0, SIDE, 0, 0, 0, SIDE, 0, 0, 0, 1, 0, 24, 0], 14);
  for (let i = 54; i < bytes.length; i++) bytes[i] = i * (1 + (id % 7)) + (id >> 3) * (i % 5);
  view.setUint32(54, id, true);
  return bytes;
}

/** NDJSON of so many bytes: lines of a record each, with time, device and a picture of its own; gives their number. */
export async function writeRecords(path: string, bytes: number): Promise<number> {
  let id = 0;
  function* lines(): Generator<string> {
    for (let written = 0; written < bytes; id++) {
      const record = {
        id,
        timestamp: 1543635503263 + id * 1000,
        device: `d${id % 97}`,
        frame_content: Buffer.from(picture(id)).toString('base64'),
      };
      const line = `${JSON.stringify(record)}\n`;
      written += line.length;
      yield line;
    }
  }
  await writeChunks(path, lines());
  return id;
}

/** n x d float32 in runs of rows: a few groups with noise from a small generator, so that k-means and the map have something to find. */
export function* mixture(n: number, d: number): Generator<Float32Array<ArrayBuffer>> {
  const rows = 1024;
  for (let row0 = 0; row0 < n; row0 += rows) {
    const data = new Float32Array(Math.min(rows, n - row0) * d);
    for (let i = 0, state = row0 + 1; i < data.length; i++) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      data[i] = state / 2 ** 32 + ((((row0 + Math.floor(i / d)) % 24) * (i % 7)) % 5);
    }
    yield data;
  }
}

export const pathOf = (row: number): string => `set/${row % 50}/image-${row}.jpg`;

/** The mixture in C order, as NumPy keeps it, and the list of paths beside it. */
export async function writeVectors(path: string, list: string, n: number, d: number): Promise<void> {
  function* array(): Generator<Uint8Array> {
    yield npyHeader([n, d]);
    for (const block of mixture(n, d)) yield new Uint8Array(block.buffer);
  }
  await writeChunks(path, array());
  await writePaths(list, n);
}

export async function writePaths(list: string, n: number): Promise<void> {
  function* lines(): Generator<string> {
    yield 'paths\n';
    for (let i = 0; i < n; i++) yield `${pathOf(i)}\n`;
  }
  await writeChunks(list, lines());
}
