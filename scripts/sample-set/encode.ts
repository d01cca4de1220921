import { zlibSync, zipSync } from 'fflate';
import jpeg from 'jpeg-js';
import { bytes, type Picture } from './picture';

// fflate and jpeg-js are plain JavaScript: the bytes do not depend on the zlib that Node was built with.

const CRC = Uint32Array.from({ length: 256 }, (_, n) => {
  for (let k = 0; k < 8; k++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n;
});

function crc32(data: Uint8Array): number {
  let c = 0xffffffff;
  for (const byte of data) c = CRC[(c ^ byte) & 255] ^ (c >>> 8);
  return ~c >>> 0;
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const out = new Uint8Array(data.length + 12);
  const view = new DataView(out.buffer);
  view.setUint32(0, data.length);
  out.set([...type].map((c) => c.charCodeAt(0)), 4); // prettier-ignore
  out.set(data, 8);
  view.setUint32(data.length + 8, crc32(out.subarray(4, data.length + 8)));
  return out;
}

/** An 8-bit PNG; rows are stored as they are for grey noise and with the `Sub` filter for colour. */
export function encodePng(picture: Picture): Uint8Array {
  const { width, height, channels } = picture;
  const pixels = bytes(picture);
  const stride = width * channels;
  const rows = new Uint8Array(height * (stride + 1));
  for (let y = 0; y < height; y++) {
    const row = rows.subarray(y * (stride + 1), (y + 1) * (stride + 1));
    row[0] = channels === 1 ? 0 : 1;
    for (let i = 0; i < stride; i++) {
      const left = channels === 1 || i < channels ? 0 : pixels[y * stride + i - channels];
      row[i + 1] = pixels[y * stride + i] - left;
    }
  }
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([8, channels === 1 ? 0 : 2], 8);
  return concat([
    Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10),
    chunk('IHDR', header),
    chunk('IDAT', zlibSync(rows, { level: 9 })),
    chunk('IEND', new Uint8Array()),
  ]);
}

/** A baseline JPEG of an RGB picture. */
export function encodeJpeg(picture: Picture, quality: number): Uint8Array {
  const { width, height } = picture;
  const rgb = bytes(picture);
  const rgba = new Uint8Array(width * height * 4).fill(255);
  for (let i = 0; i < width * height; i++) rgba.set(rgb.subarray(i * 3, i * 3 + 3), i * 4);
  return new Uint8Array(jpeg.encode({ width, height, data: rgba }, quality).data);
}

/** A ZIP with one fixed date, entries in the given order; pictures are compressed already, so they are stored. */
export function encodeZip(files: Map<string, Uint8Array>): Uint8Array {
  // Built from local parts because the format keeps local time: the same bytes in every time zone.
  const mtime = new Date(2026, 0, 1);
  const entries = [...files].map(([path, data]) => [
    path,
    [data, { level: path.endsWith('.csv') || path.endsWith('.md') ? 9 : 0, mtime, os: 3 }],
  ]);
  return zipSync(Object.fromEntries(entries));
}

function concat(parts: Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
