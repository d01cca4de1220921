import type { OutTable } from '../../exports/out-table';
import { encode, writesVectors, type Prepared } from './export-artifact';

/** Records that tell the size of all. */
const SAMPLE = 200;
/** Characters of a number of a vector in JSON, about. */
const JSON_NUMBER = 11;

/** About how many bytes a plan makes; null where that cannot be known before. */
export async function estimatedBytes(
  prepared: Prepared,
  { d, bytesEach }: { d: number; bytesEach: number | null },
): Promise<number | null> {
  const { plan, table, rows } = prepared;
  if (plan.subject === 'pictures') return bytesEach === null ? null : Math.round(bytesEach * rows.length);
  const all = 4 * d * rows.length;
  if (plan.format === 'npy') return 128 + all;
  // Path, row and hash beside each vector.
  if (plan.format === 'bundle') return all + 150 * rows.length;
  const each = !writesVectors(plan) ? 0 : d * (plan.format === 'parquet' ? 4 : JSON_NUMBER);
  const sample = await bytesOf(prepared, sampled(table));
  return Math.round((sample * table.n) / Math.max(1, Math.min(SAMPLE, table.n)) + each * table.n);
}

/** Records from all over the table. */
function sampled(table: OutTable): OutTable {
  const n = Math.min(SAMPLE, table.n);
  const place = (record: number): number => Math.floor((record * table.n) / n);
  const columns = table.columns.map((column): OutTable['columns'][number] => {
    if (column.type === 'text') return { ...column, at: (record) => column.at(place(record)) };
    if (column.type === 'boolean') return { ...column, at: (record) => column.at(place(record)) };
    return { ...column, at: (record) => column.at(place(record)) };
  });
  return { ...table, n, columns };
}

async function bytesOf(prepared: Prepared, table: OutTable): Promise<number> {
  let bytes = 0;
  for await (const chunk of encode(table, prepared, null).chunks) bytes += chunk.length;
  return bytes;
}
