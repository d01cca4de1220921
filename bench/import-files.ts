import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { npyHeader } from '../src/exports/npy';

const SIDE = 96;

async function write(out: WriteStream, bytes: string | Uint8Array): Promise<void> {
  if (!out.write(bytes)) await once(out, 'drain');
}

async function finish(out: WriteStream): Promise<void> {
  out.end();
  await once(out, 'finish');
}

/** NDJSON of so many bytes: lines of a record each, with time, device and an uncompressed picture of its own; gives their number. */
export async function writeRecords(path: string, bytes: number): Promise<number> {
  const picture = Buffer.alloc(54 + SIDE * SIDE * 3);
  picture.write('BM');
  picture.writeUInt32LE(picture.length, 2);
  picture.writeUInt32LE(54, 10);
  picture.set([40, 0, 0, 0, SIDE, 0, 0, 0, SIDE, 0, 0, 0, 1, 0, 24, 0], 14);
  const out = createWriteStream(path);
  let written = 0;
  let id = 0;
  for (; written < bytes; id++) {
    for (let i = 54; i < picture.length; i++) picture[i] = (i * (1 + (id % 7)) + (id >> 3) * (i % 5)) & 255;
    picture.writeUInt32LE(id, 54);
    const record = {
      id,
      timestamp: 1543635503263 + id * 1000,
      device: `d${id % 97}`,
      frame_content: picture.toString('base64'),
    };
    const line = `${JSON.stringify(record)}\n`;
    written += line.length;
    await write(out, line);
  }
  await finish(out);
  return id;
}

/** n x d float32 in C order, as NumPy keeps them, and the list of paths beside them. */
export async function writeVectors(path: string, list: string, n: number, d: number): Promise<void> {
  const out = createWriteStream(path);
  await write(out, npyHeader([n, d]));
  const rows = 1024;
  for (let row0 = 0; row0 < n; row0 += rows) {
    const data = new Float32Array(Math.min(rows, n - row0) * d);
    // A few groups with noise from a small generator: k-means and the map have something to find.
    for (let i = 0, state = row0 + 1; i < data.length; i++) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      data[i] = state / 2 ** 32 + ((((row0 + Math.floor(i / d)) % 24) * (i % 7)) % 5);
    }
    await write(out, new Uint8Array(data.buffer));
  }
  await finish(out);
  const names = createWriteStream(list);
  await write(names, 'paths\n');
  for (let i = 0; i < n; i++) await write(names, `set/${i % 50}/image-${i}.jpg\n`);
  await finish(names);
}
