import type { SchemaElement } from 'hyparquet';
import { ByteWriter, ParquetWriter, type ColumnSource } from 'hyparquet-writer';
import type { Artifact } from './artifact';
import { recordBlocks, type OutColumn, type OutTable, type OutVectors } from './out-table';
import { VectorChunk, vectorSchema } from './vector-chunk';

/** Records of a row group, and bytes of its vectors, at most: what readers unpack at once. */
const GROUP = { records: 16_384, bytes: 32 << 20 };

/** Key of the file's own metadata under which the types of its columns stand, for readers that guess types from texts. */
const TYPES_KEY = 'tessera:types';

/**
 * A table as a Parquet file: texts as dictionaries where these are shorter, dates as timestamps in milliseconds UTC, vectors as
 * lists of float32, Snappy (vectors as they are). Written row group by row group; of the vectors one page is in memory.
 */
export function tableParquet(table: OutTable, vectors: OutVectors | null = null, group = GROUP): Artifact {
  return {
    name: `${table.name}.parquet`,
    type: 'application/vnd.apache.parquet',
    chunks: parquet(table, vectors, group),
  };
}

async function* parquet(
  table: OutTable,
  vectors: OutVectors | null,
  group: typeof GROUP,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const { n, columns } = table;
  const out = new ByteWriter(1 << 16);
  const writer = new ParquetWriter({
    writer: out,
    schema: [
      { name: 'schema', num_children: columns.length + (vectors ? 1 : 0) },
      ...columns.map(elementOf),
      ...(vectors ? vectorSchema(vectors.name) : []),
    ],
    kvMetadata: [{ key: TYPES_KEY, value: JSON.stringify(typesOf(columns)) }],
    createdBy: 'Tessera',
  });
  const fitting = vectors ? Math.floor(group.bytes / (4 * vectors.d)) : group.records;
  const size = Math.max(1, Math.min(group.records, fitting));
  const blocks = vectors ? rowsOf(table, vectors) : null;
  for (let first = 0; first < n; first += size) {
    const count = Math.min(size, n - first);
    if (columns.length > 0) {
      const columnData = columns.map((column) => dataOf(column, first, count));
      await writer.write({ columnData, rowGroupSize: count });
    } else {
      writer.row_groups.push({ columns: [], total_byte_size: 0n, num_rows: BigInt(count) });
      writer.num_rows += BigInt(count);
    }
    yield taken(out);
    if (vectors && blocks) yield* vectorColumn(writer, out, vectors, count, blocks);
  }
  await writer.finish();
  yield taken(out);
}

/** The vectors of the row group just begun, and their entries in the directory. */
async function* vectorColumn(
  writer: ParquetWriter,
  out: ByteWriter,
  { name, d }: OutVectors,
  count: number,
  blocks: VectorReader,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const vectorChunk = new VectorChunk(out, name, d);
  for (let missing = count; missing > 0;) {
    const data = await blocks(missing);
    missing -= data.length / d;
    for (const _ of vectorChunk.add(data)) yield taken(out);
  }
  const { chunk, offsetIndex } = vectorChunk.finish();
  const group = writer.row_groups[writer.row_groups.length - 1];
  const bytes = chunk.meta_data!.total_compressed_size;
  group.columns.push(chunk);
  group.total_byte_size += bytes;
  group.total_compressed_size = (group.total_compressed_size ?? 0n) + bytes;
  writer.pendingIndexes.push({ chunk, offsetIndex });
}

/** Gives the next vectors, at least one and at most so many. */
type VectorReader = (most: number) => Promise<Float32Array>;

function rowsOf(table: OutTable, vectors: OutVectors): VectorReader {
  const blocks = recordBlocks(table, vectors);
  let rest = new Float32Array(0) as Float32Array;
  return async (most) => {
    while (rest.length === 0) {
      const { value, done } = await blocks.next();
      if (done) throw new RangeError('There are fewer vectors than records.');
      rest = value.vectors ?? rest;
    }
    const data = rest.subarray(0, most * vectors.d);
    rest = rest.subarray(data.length);
    return data;
  };
}

/** What was written since the last time; the room is used again. */
function taken(out: ByteWriter): Uint8Array<ArrayBuffer> {
  const bytes = out.getBytes().slice();
  out.index = 0;
  return bytes;
}

const typesOf = (columns: readonly OutColumn[]): Record<string, string> =>
  Object.fromEntries(
    columns.map(({ name, type }) => [name, type === 'float' || type === 'integer' ? 'number' : type]),
  );

function elementOf({ name, type }: OutColumn): SchemaElement {
  const repetition_type = 'OPTIONAL';
  switch (type) {
    case 'text':
      return { name, type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type };
    case 'date':
      return { name, type: 'INT64', converted_type: 'TIMESTAMP_MILLIS', repetition_type };
    case 'boolean':
      return { name, type: 'BOOLEAN', repetition_type };
    case 'integer':
      return { name, type: 'INT32', repetition_type };
    case 'float':
      return { name, type: 'FLOAT', repetition_type };
    case 'number':
      return { name, type: 'DOUBLE', repetition_type };
  }
}

function dataOf(column: OutColumn, first: number, count: number): ColumnSource {
  const { name, type } = column;
  const data = Array.from({ length: count }, (_, i): string | number | boolean | Date | null => {
    if (column.type === 'text') return column.at(first + i) || null;
    if (column.type === 'boolean') return column.at(first + i);
    const value = column.at(first + i);
    if (column.type !== 'date') return Number.isNaN(value) ? null : value;
    const date = new Date(value);
    return Number.isNaN(date.getTime()) ? null : date;
  });
  // A dictionary would take 0 and -0 for one number.
  return type === 'number' || type === 'float' ? { name, data, encoding: 'PLAIN' } : { name, data };
}
