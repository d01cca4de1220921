import type { RgbImage } from '../domain/image';
import code from '../simd/assembly/jpeg.ts?assembly';
import { huffmanEntries, HUFFMAN, quantisation, ZIGZAG } from './jpeg-tables';
import { Kernel } from './kernel';

interface Scan {
  scan(rgb: number, width: number, height: number, work: number, tables: number, target: number): number;
}

const kernel = new Kernel<Scan>(code);

/** Scale factors of the cosine transform by Arai, Agui and Nakajima. */
const AAN = [1, 1.387039845, 1.306562965, 1.175875602, 1, 0.785694958, 0.5411961, 0.275899379];
const BLOCKS_OF_UNIT = 6;
/** No block takes more: 64 coefficients of at most 27 bits, each byte stuffed. */
const MOST_BYTES_OF_BLOCK = 432;

interface Prepared {
  /** Everything before the scan but for the size of the picture. */
  head: Uint8Array;
  /** What the kernel reads. */
  tables: Uint8Array;
}

const prepared = new Map<number, Prepared>();

/**
 * A baseline JPEG with chroma at half size, `quality` 1..100 as libjpeg counts. Here and not by a canvas, because a
 * canvas gives its JPEG as a Blob, which costs several times the encoding: two trips to the browser's process.
 */
export function encodeJpeg({ width, height, data }: RgbImage, quality: number): Uint8Array<ArrayBuffer> {
  let ready = prepared.get(quality);
  if (!ready) prepared.set(quality, (ready = prepare(quality)));
  const { head, tables } = ready;
  const units = Math.ceil(width / 16) * Math.ceil(height / 16);
  const { at, bytes, run } = kernel.with([
    data.length,
    BLOCKS_OF_UNIT * 256,
    tables.length,
    units * BLOCKS_OF_UNIT * MOST_BYTES_OF_BLOCK,
  ]);
  const [rgb, work, tablesAt, target] = at;
  bytes.set(data, rgb);
  bytes.set(tables, tablesAt);
  const length = run.scan(rgb, width, height, work, tablesAt, target);
  const file = new Uint8Array(head.length + length + 2);
  file.set(head);
  new DataView(file.buffer).setUint16(SIZE_AT, height);
  new DataView(file.buffer).setUint16(SIZE_AT + 2, width);
  file.set(bytes.subarray(target, target + length), head.length);
  file.set([0xff, 0xd9], head.length + length);
  return file;
}

/** Where the frame header has height and width: after the markers before it, and 5 bytes of its own. */
const SIZE_AT = 2 + 18 + 2 * 69 + 5;

function prepare(quality: number): Prepared {
  const quantisers = [quantisation('luma', quality), quantisation('chroma', quality)];
  const head = Uint8Array.from([
    ...[0xff, 0xd8],
    ...segment(0xe0, [0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]),
    ...quantisers.flatMap((steps, i) => segment(0xdb, [i, ...ZIGZAG.map((place) => steps[place])])),
    ...segment(0xc0, [8, 0, 0, 0, 0, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1]),
    ...HUFFMAN.flatMap(({ id, counts, symbols }) => segment(0xc4, [id, ...counts, ...symbols])),
    ...segment(0xda, [3, 1, 0x00, 2, 0x11, 3, 0x11, 0, 63, 0]),
  ]);
  // The kernel leaves coefficients with rows and columns exchanged.
  const exchanged = (place: number) => (place & 7) * 8 + (place >> 3);
  const factors = quantisers.map((steps) =>
    Float32Array.from({ length: 64 }, (_, i) => {
      const place = exchanged(i);
      return 1 / (steps[place] * AAN[place >> 3] * AAN[place & 7] * 8);
    }),
  );
  const parts = [...factors, ...HUFFMAN.map(huffmanEntries), Uint8Array.from(ZIGZAG, exchanged)];
  const tables = new Uint8Array(parts.reduce((sum, { byteLength }) => sum + byteLength, 0));
  parts.reduce((at, part) => (tables.set(new Uint8Array(part.buffer), at), at + part.byteLength), 0);
  return { head, tables };
}

function segment(marker: number, content: number[]): number[] {
  const length = content.length + 2;
  return [0xff, marker, length >> 8, length & 255, ...content];
}
