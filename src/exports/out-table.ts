import type { Column } from '../domain/table';

/** A column of records to be written; what is asked for a record is made when it is asked. */
export type OutColumn =
  /** '' where there is none. */
  | { name: string; type: 'text'; at(record: number): string }
  /** NaN where there is none. `float`: float32; `integer`: within 32 bits; `date`: milliseconds since 1970-01-01 UTC. */
  | { name: string; type: 'number' | 'float' | 'integer' | 'date'; at(record: number): number }
  /** null where there is none. */
  | { name: string; type: 'boolean'; at(record: number): boolean | null };

/** Records to be written in any format. */
export interface OutTable {
  /** Name of the file, without its ending. */
  name: string;
  n: number;
  columns: readonly OutColumn[];
}

/** A vector for each record of a table, in the order of the records. */
export interface OutVectors {
  name: string;
  d: number;
  /** Runs of whole vectors, row-major. A run may be filled anew for the next one. */
  blocks(): AsyncIterable<Float32Array> | Iterable<Float32Array>;
}

/** Records `first` .. `first + n - 1`, and their vectors (n x d) where these are written too. */
export interface RecordBlock {
  first: number;
  n: number;
  vectors: Float32Array | null;
}

/** Records taken together where there are no vectors. */
const BLOCK = 1024;

/** All records in order, some at a time. Throws a RangeError when there are more or fewer vectors than records. */
export async function* recordBlocks(
  { n }: Pick<OutTable, 'n'>,
  vectors: OutVectors | null,
): AsyncGenerator<RecordBlock> {
  if (!vectors) {
    for (let first = 0; first < n; first += BLOCK)
      yield { first, n: Math.min(BLOCK, n - first), vectors: null };
    return;
  }
  let first = 0;
  for await (const block of vectors.blocks()) {
    const count = block.length / vectors.d;
    if (first + count > n) throw new RangeError(`There are more vectors than the ${n} records.`);
    yield { first, n: count, vectors: block };
    first += count;
  }
  if (first < n) throw new RangeError(`There are ${first} vectors for ${n} records.`);
}

/** The date in ISO 8601, or null where there is none or none that a calendar has. */
export function isoDate(milliseconds: number): string | null {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

/** A column of metadata; `rowOf` gives its row for a record, rows beyond its end have no value. */
export function outColumn(column: Column, rowOf: (record: number) => number): OutColumn {
  const { name } = column;
  switch (column.type) {
    case 'text':
      return { name, type: 'text', at: (record) => column.words[column.codes[rowOf(record)] ?? 0] };
    case 'boolean':
      return {
        name,
        type: 'boolean',
        at: (record) => [false, true, null][column.values[rowOf(record)] ?? 2],
      };
    default:
      return { name, type: column.type, at: (record) => column.values[rowOf(record)] ?? NaN };
  }
}
