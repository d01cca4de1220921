import { parquetSchema, type SchemaTree } from 'hyparquet';
import type { DescriptorReader } from '../../domain/descriptors';
import { cannotRead, naming } from '../fault';
import { MAX_COLUMN_CHUNK, openParquet, readColumns, rowGroups, type ParquetFile } from '../table/parquet';
import { MAX_D, blockOf, rowsPerBlock } from './blocks';

const NUMBERS = ['FLOAT', 'DOUBLE', 'INT32', 'INT64'];

/**
 * Vectors in a Parquet file: a column of lists of numbers (the one of that name, or the first), or else all numeric columns. The
 * first column of text, one called like a path before others, names the rows. A row group is read in parts of rows; where the
 * file has no index of its pages, a column of the group is unpacked for each part, so it may not be larger than 256 MiB.
 * Errors: `read-file`.
 */
export function openParquetVectors(file: File, column?: string): Promise<DescriptorReader> {
  return naming(file.name, 'its columns', async () => {
    const parquet = await openParquet(file);
    const columns = parquetSchema(parquet.metadata).children;
    const lists = columns.filter(isNumberList).map(({ element }) => element.name);
    const chosen = column ?? lists[0];
    if (column !== undefined && !lists.includes(column))
      throw new Error(`it has no column of vectors "${column}"`);
    const wide = columns.filter(isNumber).map(({ element }) => element.name);
    const sources = chosen === undefined ? wide : [chosen];
    for (const { largest } of rowGroups(parquet))
      if (largest > MAX_COLUMN_CHUNK)
        throw new Error(
          `a column of one row group has ${largest} bytes; write it with a smaller row_group_size`,
        );
    const d = chosen === undefined ? wide.length : await listLength(parquet, chosen);
    if (d < 2 || d > MAX_D) throw new Error('it has no column of vectors and no two columns of numbers');
    const names = await rowNames(parquet, columns);
    return {
      n: parquet.n,
      d,
      dtype: 'f4',
      names,
      blocks: () => blocks(file.name, parquet, sources, d, chosen !== undefined),
    };
  });
}

/** How many columns hold lists of numbers, numbers, or something else. Throws an Error with what is wrong. */
export async function parquetColumns(
  file: Blob,
): Promise<{ lists: number; numbers: number; others: number }> {
  const { children } = parquetSchema((await openParquet(file)).metadata);
  const lists = children.filter(isNumberList).length;
  const numbers = children.filter(isNumber).length;
  return { lists, numbers, others: children.length - lists - numbers };
}

async function* blocks(
  file: string,
  parquet: ParquetFile,
  sources: string[],
  d: number,
  isList: boolean,
): ReturnType<DescriptorReader['blocks']> {
  for (const { start, end } of rowGroups(parquet)) {
    // A part is worth unpacking the group's columns for.
    const step = Math.min(end - start, Math.max(rowsPerBlock(d, 64 << 20), 1));
    for (let row0 = start; row0 < end; row0 += step) {
      const count = Math.min(step, end - row0);
      const data = new Float32Array(count * d).fill(NaN);
      const take = (name: string, values: ArrayLike<unknown>, from: number): void => {
        const column = sources.indexOf(name);
        for (let i = Math.max(0, row0 - from); i < values.length && from + i < row0 + count; i++) {
          const to = (from + i - row0) * d;
          if (!isList) data[to + column] = Number(values[i] ?? NaN);
          else fillVector(file, data, to, d, values[i], from + i);
        }
      };
      // One at a time: a group may have hundreds of them.
      for (const name of sources)
        await naming(file, `rows from ${row0}`, () => readColumns(parquet, [name], row0, row0 + count, take));
      yield blockOf(row0, d, data);
    }
  }
}

function fillVector(
  file: string,
  data: Float32Array,
  to: number,
  d: number,
  value: unknown,
  row: number,
): void {
  if (!isArrayLike(value) || value.length !== d)
    throw cannotRead(
      file,
      `row ${row}`,
      `its vector has ${isArrayLike(value) ? value.length : 'no'} numbers, not ${d}`,
    );
  for (let j = 0; j < d; j++) data[to + j] = Number(value[j] ?? NaN);
}

function isArrayLike(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && 'length' in value);
}

async function listLength(parquet: ParquetFile, column: string): Promise<number> {
  let length = 0;
  await readColumns(parquet, [column], 0, 1, (_, values) => {
    if (isArrayLike(values[0])) length = values[0].length;
  });
  return length;
}

async function rowNames(parquet: ParquetFile, columns: readonly SchemaTree[]): Promise<string[] | null> {
  const texts = columns.filter(isText).map(({ element }) => element.name);
  const column = texts.find((name) => /path|file|image|name/i.test(name)) ?? texts[0];
  if (column === undefined) return null;
  const names: string[] = [];
  for (const { start, end } of rowGroups(parquet))
    await readColumns(parquet, [column], start, end, (_, values, row) => {
      for (let i = 0; i < values.length; i++) names[row + i] = String(values[i] ?? '');
    });
  if (names.length !== parquet.n)
    throw new Error(`the column "${column}" has ${names.length} values, not ${parquet.n}`);
  return names;
}

function isNumber({ element, children }: SchemaTree): boolean {
  return (
    children.length === 0 &&
    NUMBERS.includes(element.type ?? '') &&
    !/DATE|TIME/.test(element.converted_type ?? '') &&
    !/DATE|TIME/.test(element.logical_type?.type ?? '')
  );
}

function isText({ element, children }: SchemaTree): boolean {
  return (
    children.length === 0 &&
    element.type === 'BYTE_ARRAY' &&
    (element.converted_type === 'UTF8' || element.logical_type?.type === 'STRING')
  );
}

/** `list<element>`: one number at the bottom of single children. */
function isNumberList({ children }: SchemaTree): boolean {
  let node = children.length === 1 ? children[0] : null;
  while (node && node.children.length === 1) node = node.children[0];
  return node !== null && isNumber(node);
}
