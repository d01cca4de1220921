import { createGzip } from 'node:zlib';
import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { zip } from '../src/exports/zip';
import { picture, writeChunks } from './import-files';

const nameOf = (id: number): string => `set/${id % 20}/image-${id}.bmp`;

export function writeZip(path: string, n: number): Promise<void> {
  function* entries() {
    for (let id = 0; id < n; id++) yield { name: nameOf(id), input: picture(id) };
  }
  return writeChunks(path, zip(entries()));
}

/** A TAR of the kind ustar. */
export function writeTar(path: string, n: number): Promise<void> {
  function* blocks(): Generator<Uint8Array> {
    for (let id = 0; id < n; id++) {
      const bytes = picture(id);
      yield tarHeader(nameOf(id), bytes.length);
      yield bytes;
      yield new Uint8Array((512 - (bytes.length % 512)) % 512);
    }
    yield new Uint8Array(1024);
  }
  return writeChunks(path, blocks());
}

function tarHeader(name: string, size: number): Uint8Array {
  const header = Buffer.alloc(512);
  const octal = (value: number, digits: number): string => `${value.toString(8).padStart(digits, '0')}\0`;
  header.write(name, 0);
  header.write(octal(0o644, 7), 100);
  header.write(octal(0, 7) + octal(0, 7), 108);
  header.write(octal(size, 11) + octal(0, 11), 124);
  header.write(' '.repeat(8), 148);
  header.write('0', 156);
  header.write('ustar\x0000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}

export async function gzip(from: string, to: string): Promise<void> {
  await pipeline(createReadStream(from), createGzip({ level: 1 }), createWriteStream(to));
}
