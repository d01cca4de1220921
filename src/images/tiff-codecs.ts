import type { IFD } from 'utif2';
import { wholeImage } from './pixels';
import { bitmapPixels } from './readback';
import { ImageError } from './types';

/** What a strip or tile of a TIFF needs to be known by to be unpacked. */
export interface Block {
  packed: Uint8Array<ArrayBuffer>;
  compression: number;
  width: number;
  rows: number;
  /** Bytes of the unpacked block. */
  length: number;
  /** 2: the bits of each byte are stored lowest first. */
  fillOrder: number;
  /** T4Options (tag 292) of fax group 3: bit 0 says two-dimensional. */
  options: number;
  /** JPEGTables (tag 347): quantisation and Huffman tables shared by all blocks. */
  jpegTables: number[];
  /** JPEG blocks hold RGB, not YCbCr. */
  jpegRgb: boolean;
}

export const JPEG = 7;
const DEFLATE = [8, 32946];
const CCITT = [2, 3, 4];

/**
 * The bytes of one strip or tile: uncompressed, CCITT group 3 and 4, LZW, JPEG (always as 8-bit RGB), deflate and
 * PackBits. Throws ImageError: `unsupported` for other compressions, `broken` when less comes out than declared.
 */
export async function unpack(block: Block): Promise<Uint8Array> {
  const { packed, compression, length } = block;
  const bytes = await decompress(block);
  if (bytes.length < length)
    throw new ImageError('broken', `TIFF, ${packed.length} bytes, compression ${compression}`);
  return bytes;
}

async function decompress(block: Block): Promise<Uint8Array> {
  const { packed, compression, length } = block;
  if (compression === 1) return packed;
  if (compression === 5) return lzw(packed, length);
  if (compression === JPEG) return jpeg(block);
  if (compression === 32773) return packBits(packed, length);
  if (DEFLATE.includes(compression)) return inflate(packed, length);
  if (CCITT.includes(compression)) return ccitt(block);
  throw new ImageError('unsupported', `TIFF, compression ${compression}`);
}

/** Stops at `length` bytes: what follows is padding, or a bomb. */
async function inflate(packed: Uint8Array<ArrayBuffer>, length: number): Promise<Uint8Array<ArrayBuffer>> {
  const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate')).getReader();
  const out = new Uint8Array(length);
  let to = 0;
  while (to < length) {
    const { done, value } = await reader.read();
    if (done) break;
    out.set(value.subarray(0, length - to), to);
    to += value.length;
  }
  // Only tidies up; the stream may have failed on the padding in the meantime.
  await reader.cancel().catch(() => undefined);
  return out.subarray(0, Math.min(to, length));
}

/** Apple's run lengths: n >= 0 copies n + 1 bytes, n < 0 repeats one byte 1 - n times, -128 is skipped. */
function packBits(packed: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(length);
  let to = 0;
  for (let from = 0; from < packed.length && to < length;) {
    const n = (packed[from++] << 24) >> 24;
    if (n === -128) continue;
    if (n >= 0) out.set(packed.subarray(from, from + Math.min(n + 1, length - to)), to);
    else out.fill(packed[from], to, to + 1 - n);
    from += n >= 0 ? n + 1 : 1;
    to += n >= 0 ? n + 1 : 1 - n;
  }
  return out.subarray(0, Math.min(to, length));
}

const CLEAR = 256;
const END = 257;

/** TIFF's LZW: codes of 9..12 bits, highest bit first, widened one code early. */
function lzw(packed: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(length);
  // A code is the string before it and one byte more: both stand in the output already, one after the other.
  const start = new Int32Array(4096);
  const size = new Int32Array(4096);
  let next = END + 1;
  let width = 9;
  let previousAt = 0;
  let previousSize = 0;
  let to = 0;
  for (let from = 0, bits = 0, held = 0; to < length;) {
    for (; held < width && from < packed.length; held += 8) bits = ((bits << 8) | packed[from++]) & 0xffffff;
    if (held < width) break;
    held -= width;
    const code = (bits >> held) & ((1 << width) - 1);
    if (code === END) break;
    if (code === CLEAR) {
      next = END + 1;
      width = 9;
      previousSize = 0;
      continue;
    }
    if (code > next || (code === next && previousSize === 0)) break;
    let count = 1;
    if (code < CLEAR) out[to] = code;
    else {
      const source = code < next ? start[code] : previousAt;
      count = code < next ? size[code] : previousSize + 1;
      for (let i = 0; i < count; i++) out[to + i] = out[source + i];
    }
    if (previousSize > 0 && next < 4096) {
      start[next] = previousAt;
      size[next] = previousSize + 1;
      next += 1;
    }
    previousAt = to;
    previousSize = count;
    to += count;
    width = next >= 2047 ? 12 : next >= 1023 ? 11 : next >= 511 ? 10 : 9;
  }
  return out.subarray(0, Math.min(to, length));
}

/** The browser's own JPEG decoder, on the shared tables and the block's scan put together. */
async function jpeg({ packed, jpegTables, jpegRgb, width, rows }: Block): Promise<Uint8Array> {
  const start = new Uint8Array([0xff, 0xd8, ...(jpegRgb ? ADOBE_RGB : []), ...jpegTables.slice(2, -2)]);
  const bitmap = await createImageBitmap(new Blob([start, packed.subarray(2)]), {
    colorSpaceConversion: 'none',
  });
  const image = wholeImage(await bitmapPixels(bitmap));
  bitmap.close();
  return image.width === width ? image.data.subarray(0, width * rows * 3) : new Uint8Array();
}

/** An APP14 segment saying that the three components are not transformed. */
const ADOBE_RGB = [0xff, 0xee, 0, 14, 0x41, 0x64, 0x6f, 0x62, 0x65, 0, 100, 0, 0, 0, 0, 0];

/** UTIF reads the byte order from the first two bytes. */
const FAX_HEADER = [0x49, 0x49];

/** Fax compressions, one bit a pixel, through UTIF: a picture made of this block alone. */
async function ccitt({
  packed,
  compression,
  width,
  rows,
  fillOrder,
  options,
}: Block): Promise<Uint8Array<ArrayBuffer>> {
  const { decodeImage } = await import('utif2');
  const ifd = {
    t256: [width],
    t257: [rows],
    t258: [1],
    t259: [compression],
    t262: [0],
    t266: [fillOrder],
    t273: [FAX_HEADER.length],
    t277: [1],
    t278: [rows],
    t279: [packed.length],
    t292: [options],
  };
  // UTIF adds width, height and data itself, and does nothing where data stands already.
  const page = ifd as unknown as IFD;
  decodeImage(await new Blob([new Uint8Array(FAX_HEADER), packed]).arrayBuffer(), page);
  return new Uint8Array(page.data);
}
