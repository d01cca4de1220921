import type { Rows } from './rows';

/** Queries and rows that are compared with each other at once, at most. */
export const TILE = 64;

/** Which rows each query is compared with: tiles of queries, each with a run of blocks of rows. */
export interface KnnPlan {
  /** For each tile its first query, its queries (at most `TILE`), its first block and how many blocks. */
  tiles: Uint32Array;
  /** For each block its first row and its rows (at most `TILE`). */
  blocks: Uint32Array;
}

export interface KnnTask {
  /** n x d. */
  rows: Rows;
  /** m x d; may be the rows themselves. */
  queries: Rows;
  /** For each query the row that it is itself and that is left out; `NOBODY`: none. */
  self: Uint32Array;
  k: number;
  plan: KnnPlan;
}

/** m x k, nearest first, in f32: places that were not filled have the row `NOBODY` and the distance Infinity. */
export interface KnnFound {
  rows: Uint32Array;
  /** Squared Euclidean distances. */
  squared: Float32Array;
}

/**
 * Finds the k nearest rows of each query. f32: where distances differ by less than about 1e-6 of the squared lengths, the
 * order and the last place are up to rounding. Errors: `cancelled`, `device-lost`, `memory`.
 */
export type KnnSearch = (
  task: KnnTask,
  progress: (fraction: number) => void,
  signal?: AbortSignal,
) => Promise<KnnFound>;

export const NOBODY = 0xffffffff;

/** Every one of m queries with every one of n rows. */
export function exactPlan(m: number, n: number): KnnPlan {
  const blocks = spans(0, n);
  const tiles: number[] = [];
  for (const [first, count] of pairs(spans(0, m))) tiles.push(first, count, 0, blocks.length / 2);
  return { tiles: Uint32Array.from(tiles), blocks: Uint32Array.from(blocks) };
}

/**
 * The rows of each list with those of its probes: list l is rows `starts[l]` .. `starts[l + 1] - 1`, and its probes are
 * `probes[l * each]` .. (lists x each), itself among them.
 */
export function listPlan(starts: Uint32Array, probes: Uint32Array, each: number): KnnPlan {
  const tiles: number[] = [];
  const blocks: number[] = [];
  for (let l = 0; l + 1 < starts.length; l++) {
    const from = blocks.length / 2;
    for (const probe of probes.subarray(l * each, (l + 1) * each))
      for (const number of spans(starts[probe], starts[probe + 1])) blocks.push(number);
    for (const [first, count] of pairs(spans(starts[l], starts[l + 1])))
      tiles.push(first, count, from, blocks.length / 2 - from);
  }
  return { tiles: Uint32Array.from(tiles), blocks: Uint32Array.from(blocks) };
}

/** Distances that a plan computes. */
export function planWork({ tiles, blocks }: KnnPlan): number {
  const before = new Float64Array(blocks.length / 2 + 1);
  for (let b = 0; 2 * b < blocks.length; b++) before[b + 1] = before[b] + blocks[2 * b + 1];
  let work = 0;
  for (let t = 0; t < tiles.length; t += 4)
    work += tiles[t + 1] * (before[tiles[t + 2] + tiles[t + 3]] - before[tiles[t + 2]]);
  return work;
}

/** First and length of pieces of at most `TILE`, one after the other. */
function spans(from: number, to: number): number[] {
  const out: number[] = [];
  for (; from < to; from += TILE) out.push(from, Math.min(TILE, to - from));
  return out;
}

function* pairs(numbers: number[]): Generator<[number, number]> {
  for (let p = 0; p < numbers.length; p += 2) yield [numbers[p], numbers[p + 1]];
}
