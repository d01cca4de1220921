import type { DescriptorBlock, DescriptorReader } from '../../domain/descriptors';
import { columnBlocks, rowBlocks, type StoredArray } from './array';
import { BLOCK_BYTES, COLUMN_BLOCK_BYTES, blockOf, rowsPerBlock } from './blocks';

/** Some columns of a matrix, kept on their own. */
export interface Part {
  array: StoredArray;
  /** Numbers in a row of it. */
  width: number;
  /** The place of each in the rows of the whole. */
  columns: number[];
}

/** One matrix of n x d out of parts that hold some of its columns each. */
export function joinedReader(
  file: string,
  parts: readonly Part[],
  n: number,
  d: number,
  names: string[] | null,
): DescriptorReader {
  const rows = rowsPerBlock(d, parts.some(({ array }) => array.fortran) ? COLUMN_BLOCK_BYTES : BLOCK_BYTES);
  return { n, d, dtype: parts[0].array.dtype.type, names, blocks };

  async function* blocks(): AsyncGenerator<DescriptorBlock> {
    const readers = parts.map(({ array, width }) =>
      (array.fortran ? columnBlocks : rowBlocks)(file, array, n, width, rows),
    );
    for (let row0 = 0; row0 < n; row0 += rows) {
      const count = Math.min(rows, n - row0);
      const data = new Float32Array(count * d);
      for (const [p, { width, columns }] of parts.entries()) {
        const { value } = await readers[p].next();
        if (!value) return;
        for (let i = 0; i < count; i++)
          for (let j = 0; j < width; j++) data[i * d + columns[j]] = value.data[i * width + j];
      }
      yield blockOf(row0, d, data);
    }
  }
}
