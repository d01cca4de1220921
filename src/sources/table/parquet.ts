import {
  parquetMetadataAsync,
  parquetRead,
  parquetSchema,
  type AsyncBuffer,
  type ColumnChunk,
  type ColumnData,
  type FileMetaData,
} from 'hyparquet';
import type { Column, Table } from '../../domain/table';
import { naming } from '../fault';
import { GrowingTable, type CellValue } from './growing';
import { checkPages } from './parquet-pages';
import { Problems } from './problems';

export interface ParquetFile {
  buffer: AsyncBuffer;
  metadata: FileMetaData;
  n: number;
  /** Chunks whose pages were found to be in order. */
  checked: WeakSet<ColumnChunk>;
}

/** Texts may begin with what elsewhere is a byte order mark. */
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** Largest piece (a column within a row group) that is unpacked: it is held as a whole. */
export const MAX_COLUMN_CHUNK = 256 << 20;

/** Opens a Parquet file: its directory is read. Throws an Error with what is wrong. */
export async function openParquet(file: Blob): Promise<ParquetFile> {
  const slice = (from: number, to = file.size): Promise<ArrayBuffer> => {
    if (!(from >= 0 && from <= to && to <= file.size))
      throw new Error('it points to places outside the file');
    return file.slice(from, to).arrayBuffer();
  };
  const buffer = { byteLength: file.size, slice };
  // Columns of places are not looked for: with a damaged number of children that search never ends (hyparquet 1.33).
  const metadata = await parquetMetadataAsync(buffer, { geoparquet: false });
  const n = metadata.row_groups.reduce((sum, { num_rows }) => sum + Number(num_rows), 0);
  if (!Number.isSafeInteger(n) || n < 0) throw new Error('its directory is damaged');
  return { buffer, metadata, n, checked: new WeakSet() };
}

/**
 * Gives the values of some columns, row group by row group; `take` is told the place of the first of them. Throws an Error
 * when a piece is too large to hold.
 */
export async function readColumns(
  parquet: ParquetFile,
  columns: string[],
  rowStart: number,
  rowEnd: number,
  take: (name: string, values: ArrayLike<unknown>, row: number) => void,
): Promise<void> {
  const { buffer, metadata, checked } = parquet;
  const { compressors } = await import('hyparquet-compressors');
  const read = rowGroups(parquet).map(({ start, end }) => start < rowEnd && end > rowStart);
  for (const chunk of metadata.row_groups.filter((_, i) => read[i]).flatMap((group) => group.columns))
    if (columns.includes(chunk.meta_data?.path_in_schema[0] ?? '') && !checked.has(chunk)) {
      await checkPages(buffer, chunk);
      checked.add(chunk);
    }
  const chunks: ColumnData[] = [];
  await parquetRead({
    file: buffer,
    metadata,
    columns,
    rowStart,
    rowEnd,
    compressors,
    parsers: { stringFromBytes: (bytes) => bytes && utf8.decode(bytes) },
    useOffsetIndex: true,
    // What is thrown in here is lost.
    onChunk: (chunk) => chunks.push(chunk),
  });
  for (const { columnName, columnData, rowStart: row } of chunks) take(columnName, columnData, row);
}

/** Where each row group begins and ends, with the bytes of its largest column. */
export function rowGroups({ metadata }: ParquetFile): { start: number; end: number; largest: number }[] {
  let start = 0;
  return metadata.row_groups.map(({ num_rows, columns }) => {
    const end = start + Number(num_rows);
    const largest = Math.max(
      0,
      ...columns.map(({ meta_data }) => Number(meta_data?.total_uncompressed_size ?? 0)),
    );
    const group = { start, end, largest };
    start = end;
    return group;
  });
}

/** Reads a Parquet file, one column of a row group at a time; columns within columns are left out. Errors: `read-file`. */
export function readParquetTable(file: File): Promise<Table> {
  return naming(file.name, 'its columns', async () => {
    const parquet = await openParquet(file);
    const table = new GrowingTable();
    const problems = new Problems();
    const columns = parquetSchema(parquet.metadata).children;
    const declared = declaredTypes(parquet.metadata);
    const flat = columns.filter(({ children }) => children.length === 0).map(({ element }) => element.name);
    for (const { element, children } of columns)
      if (children.length > 0)
        problems.add(0, `the column "${element.name}" holds lists or records and is left out`);
    if (flat.length === 0 || parquet.n === 0) throw new Error('it holds no rows with plain columns');
    for (const name of flat) if (declared.has(name)) table.declare(name, declared.get(name)!);
    for (const { start, end, largest } of rowGroups(parquet)) {
      if (largest > MAX_COLUMN_CHUNK)
        throw new Error(
          `a column of one row group has ${largest} bytes; write it with a smaller row_group_size`,
        );
      for (const name of flat) {
        let rows = 0;
        await readColumns(parquet, [name], start, end, (column, values, row) => {
          rows += values.length;
          for (let i = 0; i < values.length; i++) table.set(row + i, column, cellOf(values[i]));
        });
        // The directory's word is not taken for the number of rows: memory is reserved by it.
        if (rows !== end - start)
          throw new Error(`the column "${name}" has ${rows} values from row ${start} on, not ${end - start}`);
      }
    }
    return {
      n: parquet.n,
      columns: table.finish(parquet.n),
      problems: problems.first,
      problemCount: problems.count,
    };
  });
}

const TYPES: readonly Column['type'][] = ['number', 'date', 'boolean', 'text'];

/** Types of columns as tables exported from here state them; of other files nothing is known. */
function declaredTypes({ key_value_metadata }: FileMetaData): Map<string, Column['type']> {
  const text = key_value_metadata?.find(({ key }) => key === 'tessera:types')?.value;
  try {
    const entries = Object.entries(JSON.parse(text ?? '{}') as Record<string, unknown>);
    return new Map(
      entries.flatMap(([name, type]) => TYPES.filter((one) => one === type).map((one) => [name, one])),
    );
  } catch {
    return new Map();
  }
}

/** Whole numbers beyond 2^53 become text, bytes and objects are left out. */
function cellOf(value: unknown): CellValue {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (
    typeof value === 'string' ||
    typeof value === 'number' ||
    typeof value === 'boolean' ||
    value instanceof Date
  )
    return value;
  return null;
}
