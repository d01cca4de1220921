import type { DescriptorReader, NumberType } from '../../domain/descriptors';
import { cannotRead } from '../fault';
import { WindowedBlob } from '../window';
import { blockOf, rowsPerBlock } from './blocks';
import { toFloat32, type Dtype } from './dtype';

/** One vector of a file that keeps each on its own. */
export type Row =
  number[] | { dtype: Dtype; bytes: { start: number; length: number; inline: Uint8Array | null } };

/** Numbers in a row. */
export function rowLength(row: Row): number {
  return Array.isArray(row) ? row.length : row.bytes.length / row.dtype.size;
}

/** Reads vectors that lie apart, in order; those still in the file through a window of it. All have `d` numbers. */
export function rowsReader(
  file: File,
  rows: readonly Row[],
  d: number,
  names: string[] | null,
): DescriptorReader {
  const n = rows.length;
  const [first] = rows;
  const dtype: NumberType = Array.isArray(first) ? 'f8' : first.dtype.type;
  return {
    n,
    d,
    dtype,
    names,
    async *blocks() {
      const source = new WindowedBlob(file, 1 << 20);
      const step = rowsPerBlock(d);
      for (let row0 = 0; row0 < n; row0 += step) {
        const count = Math.min(step, n - row0);
        const data = new Float32Array(count * d);
        for (let i = 0; i < count; i++)
          await readRow(file, source, rows[row0 + i], data.subarray(i * d, (i + 1) * d));
        yield blockOf(row0, d, data);
      }
    },
  };
}

async function readRow(file: File, source: WindowedBlob, row: Row, out: Float32Array): Promise<void> {
  if (Array.isArray(row)) return out.set(row);
  const { start, length, inline } = row.bytes;
  // A copy, because turning the byte order changes it.
  const bytes = (inline ?? (await source.read(start, start + length))).slice();
  if (bytes.length < length)
    throw cannotRead(file.name, `byte ${start}`, 'it ends in the middle of a vector');
  toFloat32(bytes, row.dtype, out);
}
