import type { Cell, DescriptorBlock } from '../../domain/descriptors';

/** Bytes of float32 in one block; those of a matrix in columns are larger, to have fewer and longer reads. */
export const BLOCK_BYTES = 2 << 20;
export const COLUMN_BLOCK_BYTES = 32 << 20;
/** Non-finite numbers of a block whose places are given. */
const FIRST = 20;
/** Longest vector that is taken. */
export const MAX_D = 1 << 17;

export function rowsPerBlock(d: number, bytes = BLOCK_BYTES): number {
  return Math.max(1, Math.floor(bytes / (4 * d)));
}

/** A block of rows with its non-finite numbers found. `data` is n x d, row-major. */
export function blockOf(row0: number, d: number, data: Float32Array<ArrayBuffer>): DescriptorBlock {
  const first: Cell[] = [];
  let count = 0;
  for (let i = 0; i < data.length; i++) {
    // Infinity less itself is NaN too.
    if (data[i] - data[i] === 0) continue;
    count++;
    if (first.length < FIRST) first.push({ row: row0 + Math.floor(i / d), column: i % d });
  }
  return { row0, n: data.length / d, data, nonFinite: { count, first } };
}
