import type { RgbImage } from '../domain/image';
import { latin1, type ImageFormat } from './sniff';
import { readTiff } from './tiff-tags';

/** EXIF orientation: 1 upright, 2..4 mirrored or half-turned, 5..8 with the sides exchanged. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

const ORIENTATION_TAG = 0x112;
const EXIF_HEADER = 'Exif\0\0';

interface Found {
  value: Orientation;
  /** Offset of the value in the file. */
  at: number;
  littleEndian: boolean;
}

/** The EXIF orientation that a JPEG, PNG, WebP or TIFF asks for; 1 when it says nothing valid. */
export function exifOrientation(bytes: Uint8Array, format: ImageFormat): Orientation {
  return find(bytes, format)[0]?.value ?? 1;
}

/**
 * The same file with every EXIF orientation set to 1, in a copy where anything changed. Browsers turn pictures while
 * decoding and have no dependable way to be told not to (`imageOrientation: 'none'` is not honoured), so that pixels
 * as they are stored can only be had this way.
 */
export function withoutOrientation(
  bytes: Uint8Array<ArrayBuffer>,
  format: ImageFormat,
): Uint8Array<ArrayBuffer> {
  const found = find(bytes, format);
  if (found.every(({ value }) => value === 1)) return bytes;
  const copy = bytes.slice();
  const view = new DataView(copy.buffer);
  for (const { at, littleEndian } of found) view.setUint16(at, 1, littleEndian);
  if (format === 'png') refreshExifChecksum(copy);
  return copy;
}

/** The picture as it should be seen. Sides are exchanged for 5..8; 1 returns the image itself. */
export function orient(image: RgbImage, orientation: Orientation): RgbImage {
  if (orientation === 1) return image;
  const { width: w, height: h } = image;
  const source = image.data;
  const swap = orientation >= 5;
  const [width, height] = swap ? [h, w] : [w, h];
  const data = new Uint8Array(source.length);
  // Where the upright pixel (0, 0) is stored, and the steps in the stored pixels for one step right or down.
  const right = swap ? w : 1;
  const down = swap ? 1 : w;
  const [flipX, flipY] = FLIPS[orientation];
  const origin = (flipX ? (width - 1) * right : 0) + (flipY ? (height - 1) * down : 0);
  const stepX = 3 * (flipX ? -right : right);
  const stepY = 3 * (flipY ? -down : down);
  let to = 0;
  for (let y = 0; y < height; y++) {
    let from = 3 * origin + y * stepY;
    for (let x = 0; x < width; x++, from += stepX) {
      data[to++] = source[from];
      data[to++] = source[from + 1];
      data[to++] = source[from + 2];
    }
  }
  return { width, height, data };
}

/** Whether columns and rows of the upright picture run backwards through the stored one. */
const FLIPS: Record<Orientation, readonly [flipX: boolean, flipY: boolean]> = {
  1: [false, false],
  2: [true, false],
  3: [true, true],
  4: [false, true],
  5: [false, false],
  6: [true, false],
  7: [true, true],
  8: [false, true],
};

function find(bytes: Uint8Array, format: ImageFormat): Found[] {
  return exifBlocks(bytes, format).flatMap(([from, to]) => {
    const field = readTiff(bytes.subarray(from, to))[0]?.get(ORIENTATION_TAG);
    const value = field?.values[0] ?? 0;
    return field && value >= 1 && value <= 8
      ? [{ value: value as Orientation, at: from + field.at, littleEndian: field.littleEndian }]
      : [];
  });
}

type Range = [from: number, to: number];

/** Where TIFF-structured metadata lies in the file. */
function exifBlocks(bytes: Uint8Array, format: ImageFormat): Range[] {
  if (format === 'jpeg') return jpegBlocks(bytes);
  if (format === 'png')
    return chunks(bytes, 8, 'png')
      .filter((c) => c.type === 'eXIf')
      .map(trimmed(bytes));
  if (format === 'webp')
    return chunks(bytes, 12, 'riff')
      .filter((c) => c.type === 'EXIF')
      .map(trimmed(bytes));
  return format === 'tiff' ? [[0, bytes.length]] : [];
}

function jpegBlocks(bytes: Uint8Array): Range[] {
  const ranges: Range[] = [];
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff && bytes[at + 1] !== 0xda) {
    if (bytes[at + 1] === 0xff) {
      at += 1;
      continue;
    }
    const end = at + 2 + ((bytes[at + 2] << 8) | bytes[at + 3]);
    if (bytes[at + 1] === 0xe1 && latin1(bytes, at + 4, at + 10) === EXIF_HEADER) ranges.push([at + 10, end]);
    at = end;
  }
  return ranges;
}

interface Chunk {
  type: string;
  from: number;
  to: number;
}

function chunks(bytes: Uint8Array, at: number, kind: 'png' | 'riff'): Chunk[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found: Chunk[] = [];
  while (at + 8 <= bytes.length) {
    const png = kind === 'png';
    const size = png ? view.getUint32(at) : view.getUint32(at + 4, true);
    const type = png ? latin1(bytes, at + 4, at + 8) : latin1(bytes, at, at + 4);
    const from = at + 8;
    if (from + size > bytes.length) break;
    found.push({ type, from, to: from + size });
    at = png ? from + size + 4 : from + size + (size & 1);
  }
  return found;
}

/** Some writers put JPEG's "Exif\0\0" before the TIFF structure in WebP and PNG too. */
function trimmed(bytes: Uint8Array): (chunk: Chunk) => Range {
  return ({ from, to }) => (latin1(bytes, from, from + 6) === EXIF_HEADER ? [from + 6, to] : [from, to]);
}

/** A PNG chunk whose checksum does not match makes decoders drop it or refuse the file. */
function refreshExifChecksum(bytes: Uint8Array<ArrayBuffer>): void {
  const view = new DataView(bytes.buffer);
  for (const { type, from, to } of chunks(bytes, 8, 'png'))
    if (type === 'eXIf' && to + 4 <= bytes.length) view.setUint32(to, crc32(bytes.subarray(from - 4, to)));
}

/** CRC-32 of ISO 3309, as PNG uses it. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
