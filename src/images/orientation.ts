import type { RgbImage } from '../domain/image';
import { chunks, exifBlocks } from './exif-blocks';
import type { ImageFormat } from './sniff';
import { readTiff, type TiffField } from './tiff-tags';

/** EXIF orientation: 1 upright, 2..4 mirrored or half-turned, 5..8 with the sides exchanged. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

const ORIENTATION_TAG = 0x112;

interface Found {
  value: Orientation;
  field: TiffField;
  /** Offset of the value in the file. */
  at: number;
}

/** The EXIF orientation that a JPEG, PNG, WebP or TIFF asks for; 1 when it says nothing valid. */
export function exifOrientation(bytes: Uint8Array, format: ImageFormat): Orientation {
  return find(bytes, format)[0]?.value ?? 1;
}

/**
 * The same file with every EXIF orientation set to 1 that browsers heed (those of type SHORT), in a copy where anything
 * changed. Browsers turn pictures while decoding and have no dependable way to be told not to
 * (`imageOrientation: 'none'` is not honoured), so that pixels as they are stored can only be had this way.
 */
export function withoutOrientation(
  bytes: Uint8Array<ArrayBuffer>,
  format: ImageFormat,
): Uint8Array<ArrayBuffer> {
  const found = find(bytes, format);
  if (found.every(({ value }) => value === 1)) return bytes;
  const copy = bytes.slice();
  const view = new DataView(copy.buffer);
  for (const { field, at } of found) if (field.size === 2) view.setUint16(at, 1, field.littleEndian);
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
    const value = field?.value(0) ?? 0;
    return field && Number.isInteger(value) && value >= 1 && value <= 8
      ? [{ value: value as Orientation, field, at: from + field.at }]
      : [];
  });
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
