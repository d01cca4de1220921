const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

/** The header of a NumPy file (format 1.0) of little-endian float32 in C order; its length is a multiple of 64. */
export function npyHeader(shape: readonly number[]): Uint8Array<ArrayBuffer> {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const description = `{'descr': '<f4', 'fortran_order': False, 'shape': ${tuple}, }`;
  const total = Math.ceil((10 + description.length + 1) / 64) * 64;
  const padded = `${description.padEnd(total - 11)}\n`;
  const bytes = new Uint8Array(total);
  bytes.set([...MAGIC, 1, 0, padded.length & 255, padded.length >> 8]);
  bytes.set(new TextEncoder().encode(padded), 10);
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
  if (MAGIC.some((byte, i) => bytes[i] !== byte)) throw new Error('Not a NumPy file.');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = bytes[6] === 1 ? 10 : 12;
  const length = bytes[6] === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  const header = new TextDecoder().decode(bytes.subarray(start, start + length));
  if (!/'descr': *'<f4'/.test(header) || !/'fortran_order': *False/.test(header))
    throw new Error(`Only little-endian float32 in C order can be read here, not ${header.trim()}.`);
  const shape = (/'shape': *\(([^)]*)\)/.exec(header)?.[1] ?? '')
    .split(',')
    .filter((side) => side.trim() !== '')
    .map(Number);
  // A copy for the alignment; `slice` would be none on Node's Buffer.
  return { shape, data: new Float32Array(Uint8Array.from(bytes.subarray(start + length)).buffer) };
}
