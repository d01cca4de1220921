import { pickRows, type Rows } from './rows';

/** Rows `row0` .. `row0 + n - 1`; the numbers may be overwritten when the next block is asked for. */
export interface RowBlock {
  row0: number;
  n: number;
  data: Float32Array;
}

/** An n x d matrix that is read block by block, as often as needed, and never has to be in memory whole. */
export interface RowSource {
  readonly n: number;
  readonly d: number;
  /** Whether blocks are copies, which the reader may change. */
  readonly copies: boolean;
  /** All rows in order. */
  chunks(): AsyncIterable<RowBlock>;
  /** The rows at these places, in this order. */
  rows(indices: Uint32Array): Promise<Rows>;
}

const BLOCK = 4096;

/** Rows in memory as a source; its blocks are views. */
export function residentSource({ n, d, data }: Rows): RowSource {
  return {
    n,
    d,
    copies: false,
    async *chunks() {
      for (let row0 = 0; row0 < n; row0 += BLOCK) {
        const count = Math.min(BLOCK, n - row0);
        yield { row0, n: count, data: data.subarray(row0 * d, (row0 + count) * d) };
      }
    },
    async rows(indices) {
      return pickRows({ n, d, data }, indices);
    },
  };
}

/** The rows of a source with `offset` added to each; blocks are copies. */
export function shiftedSource(source: RowSource, offset: Float64Array): RowSource {
  const { n, d } = source;
  const shift = (data: Float32Array): Float32Array => {
    const shifted = new Float32Array(data.length);
    for (let p = 0; p < data.length;) for (let t = 0; t < d; t++, p++) shifted[p] = data[p] + offset[t];
    return shifted;
  };
  return {
    n,
    d,
    copies: true,
    async *chunks() {
      for await (const block of source.chunks()) yield { ...block, data: shift(block.data) };
    },
    async rows(indices) {
      const picked = await source.rows(indices);
      return { ...picked, data: shift(picked.data) };
    },
  };
}
