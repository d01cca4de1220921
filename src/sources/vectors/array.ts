import type { DescriptorBlock, DescriptorReader } from '../../domain/descriptors';
import { cannotRead, naming } from '../fault';
import type { ByteSource } from '../window';
import { BLOCK_BYTES, COLUMN_BLOCK_BYTES, MAX_D, blockOf, rowsPerBlock } from './blocks';
import { toFloat32, type Dtype } from './dtype';

/** An array as it lies in a file. */
export interface StoredArray {
  shape: number[];
  dtype: Dtype;
  /** Columns first: the first index moves fastest. */
  fortran: boolean;
  source: ByteSource;
  /** Where its numbers begin in the source. */
  start: number;
}

/** Columns fetched at the same time from a matrix in Fortran order. */
const BAND = 16;

/** Rows and columns of an array; further dimensions are laid out one after the other. Throws an Error for other shapes. */
export function matrixShape(shape: readonly number[], fortran: boolean): { n: number; d: number } {
  const shown = `(${shape.join(', ')})`;
  if (shape.length < 2)
    throw new Error(`it has the shape ${shown}, and a matrix of one row per image is needed`);
  const [n, ...rest] = shape;
  const d = rest.reduce((product, length) => product * length, 1);
  if (fortran && rest.filter((length) => length > 1).length > 1)
    throw new Error(`it has the shape ${shown} in Fortran order; save it as a matrix`);
  if (n === 0 || d === 0) throw new Error(`it is empty, of the shape ${shown}`);
  if (d > MAX_D) throw new Error(`its rows have ${d} numbers, more than ${MAX_D}`);
  return { n, d };
}

/**
 * Reads a stored matrix block by block. In C order a block is one piece of the file. In Fortran order a block of rows is
 * gathered from one strip of each column, `BAND` columns at a time, straight into its place: blocks are larger then
 * (32 MiB), so that a strip is worth its read, and no more than a block and a band's strips are held.
 */
export function arrayReader(file: string, array: StoredArray, names: string[] | null): DescriptorReader {
  const { n, d } = matrixShape(array.shape, array.fortran);
  return {
    n,
    d,
    dtype: array.dtype.type,
    names,
    blocks: () => (array.fortran ? columnBlocks(file, array, n, d) : rowBlocks(file, array, n, d)),
  };
}

/** Rows of `array` in blocks of so many rows. */
export async function* rowBlocks(
  file: string,
  { source, start, dtype }: StoredArray,
  n: number,
  d: number,
  rows = rowsPerBlock(d, BLOCK_BYTES),
): AsyncGenerator<DescriptorBlock> {
  const rowBytes = d * dtype.size;
  for (let row0 = 0; row0 < n; row0 += rows) {
    const count = Math.min(rows, n - row0);
    const data = new Float32Array(count * d);
    const at = start + row0 * rowBytes;
    toFloat32(await exactly(file, source, at, at + count * rowBytes), dtype, data);
    yield blockOf(row0, d, data);
  }
}

export async function* columnBlocks(
  file: string,
  { source, start, dtype }: StoredArray,
  n: number,
  d: number,
  rows = rowsPerBlock(d, COLUMN_BLOCK_BYTES),
): AsyncGenerator<DescriptorBlock> {
  for (let row0 = 0; row0 < n; row0 += rows) {
    const count = Math.min(rows, n - row0);
    const data = new Float32Array(count * d);
    const strip = async (column: number): Promise<void> => {
      const at = start + (column * n + row0) * dtype.size;
      const values = new Float32Array(count);
      toFloat32(await exactly(file, source, at, at + count * dtype.size), dtype, values);
      for (let i = 0, to = column; i < count; i++, to += d) data[to] = values[i];
    };
    for (let band = 0; band < d; band += BAND)
      await Promise.all(Array.from({ length: Math.min(BAND, d - band) }, (_, i) => strip(band + i)));
    yield blockOf(row0, d, data);
  }
}

async function exactly(
  file: string,
  source: ByteSource,
  start: number,
  end: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await naming(file, `byte ${start}`, () => source.read(start, end));
  if (bytes.length < end - start)
    throw cannotRead(file, `byte ${start + bytes.length}`, `it ends there and should go on to byte ${end}`);
  return bytes;
}
