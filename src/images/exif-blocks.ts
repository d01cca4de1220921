import { latin1, type ImageFormat } from './sniff';

const EXIF_HEADER = 'Exif\0\0';

export type Range = [from: number, to: number];

/** Where TIFF-structured metadata lies in a JPEG, PNG, WebP or TIFF. */
export function exifBlocks(bytes: Uint8Array, format: ImageFormat): Range[] {
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

export interface Chunk {
  type: string;
  from: number;
  to: number;
}

/** The chunks of a PNG or WebP from `at` on, those that are whole, to the last. */
export function chunks(bytes: Uint8Array, at: number, kind: 'png' | 'riff'): Chunk[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found: Chunk[] = [];
  while (at + 8 <= bytes.length) {
    const png = kind === 'png';
    const size = png ? view.getUint32(at) : view.getUint32(at + 4, true);
    const type = png ? latin1(bytes, at + 4, at + 8) : latin1(bytes, at, at + 4);
    const from = at + 8;
    if (from + size > bytes.length) break;
    found.push({ type, from, to: from + size });
    // What follows the end is no chunk, and there may be much of it.
    if (type === 'IEND') break;
    at = png ? from + size + 4 : from + size + (size & 1);
  }
  return found;
}

/** Some writers put JPEG's "Exif\0\0" before the TIFF structure in WebP and PNG too. */
function trimmed(bytes: Uint8Array): (chunk: Chunk) => Range {
  return ({ from, to }) => (latin1(bytes, from, from + 6) === EXIF_HEADER ? [from + 6, to] : [from, to]);
}
