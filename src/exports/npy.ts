const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

type Floats = Float32Array | Float64Array;

/** Types of numbers that are written, as NumPy names them. */
export type NpyType = '<f4' | '<f8' | '|u1' | '<u2' | '<u4';

/** The header of a NumPy file (format 1.0) of little-endian floats in C order; its length is a multiple of 64. */
export function npyHeader(shape: readonly number[], bytesEach: 4 | 8 = 4): Uint8Array<ArrayBuffer> {
  return npyHeaderOf(shape, `<f${bytesEach}`);
}

/** The same for numbers of any type. */
export function npyHeaderOf(shape: readonly number[], type: NpyType): Uint8Array<ArrayBuffer> {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const description = `{'descr': '${type}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const total = Math.ceil((10 + description.length + 1) / 64) * 64;
  const padded = `${description.padEnd(total - 11)}\n`;
  const bytes = new Uint8Array(total);
  bytes.set([...MAGIC, 1, 0, padded.length & 255, padded.length >> 8]);
  bytes.set(new TextEncoder().encode(padded), 10);
  return bytes;
}

/** A float32 or float64 array as the bytes of a `.npy` file. Throws a RangeError when it does not fill the shape. */
export function npyOf(shape: readonly number[], data: Floats): Uint8Array<ArrayBuffer> {
  const expected = shape.reduce((product, side) => product * side, 1);
  if (data.length !== expected)
    throw new RangeError(
      `The array of shape (${shape.join(', ')}) got ${data.length} of ${expected} values.`,
    );
  const header = npyHeader(shape, data instanceof Float64Array ? 8 : 4);
  const bytes = new Uint8Array(header.length + data.byteLength);
  bytes.set(header);
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), header.length);
  return bytes;
}

/**
 * A float32 array as the bytes of a `.npy` file, streamed: the chunks are runs of consecutive values, row-major.
 * Throws a RangeError when they do not add up to the shape.
 */
export async function* npy(
  shape: readonly number[],
  chunks: AsyncIterable<Float32Array> | Iterable<Float32Array>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  yield npyHeader(shape);
  const expected = shape.reduce((product, side) => product * side, 1);
  let written = 0;
  for await (const chunk of chunks) {
    written += chunk.length;
    if (written > expected) break;
    // A copy: the consumer may hold on to it while the producer fills its buffer again.
    yield new Uint8Array(chunk.slice().buffer as ArrayBuffer);
  }
  if (written !== expected)
    throw new RangeError(`The array of shape (${shape.join(', ')}) got ${written} of ${expected} values.`);
}

/** Reads a version 1-3 `.npy` file of little-endian float32 in C order; throws a sentence for anything else. */
export function readNpy(bytes: Uint8Array): { shape: number[]; data: Float32Array } {
  const { shape, data } = readFloats(bytes);
  if (data instanceof Float32Array) return { shape, data };
  throw new Error('Only little-endian float32 in C order can be read here, not float64.');
}

/** The same for float32 or float64, as which the numbers come back. */
export function readFloats(bytes: Uint8Array): { shape: number[]; data: Floats } {
  if (MAGIC.some((byte, i) => bytes[i] !== byte)) throw new Error('Not a NumPy file.');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = bytes[6] === 1 ? 10 : 12;
  const length = bytes[6] === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  const header = new TextDecoder().decode(bytes.subarray(start, start + length));
  const type = /'descr': *'<f([48])'/.exec(header)?.[1];
  if (!type || !/'fortran_order': *False/.test(header))
    throw new Error(`Only little-endian floats in C order can be read here, not ${header.trim()}.`);
  const shape = (/'shape': *\(([^)]*)\)/.exec(header)?.[1] ?? '')
    .split(',')
    .filter((side) => side.trim() !== '')
    .map(Number);
  // A copy for the alignment; `slice` would be none on Node's Buffer.
  const { buffer } = Uint8Array.from(bytes.subarray(start + length));
  return { shape, data: type === '4' ? new Float32Array(buffer) : new Float64Array(buffer) };
}
