import type { Gpu } from './device';
import type { Chunk } from './matrix';

/** Rows by group: those of group g are `order[first[g]]` .. `order[first[g + 1] - 1]`, rising. */
export interface RowOrder {
  order: Uint32Array;
  first: Uint32Array;
}

/** Rows of the tiles that kernels compare with the centres of their group, one thread each. */
export const TILE_ROWS = 128;

/** The rows of a chunk that belong to groups, each group's side by side; a row is found by its position. */
export interface GroupedChunk {
  chunk: Chunk;
  /** Positions, all groups together. */
  positions: number;
  /** The positions of group g are `first[g]` .. `first[g + 1] - 1`. */
  first: Uint32Array;
  /** Rows (of all, not of the chunk) by position. */
  rows: Uint32Array<ArrayBuffer>;
  /** u32: rows of the chunk by position. */
  order: GPUBuffer;
  tiles: Tiles;
  /** The words of the tiles. */
  tileTable: GPUBuffer;
}

/** Picks a chunk's rows out of an order of all rows. `releaseGrouped` it. */
export function groupChunk(gpu: Gpu, chunk: Chunk, { order, first }: RowOrder): GroupedChunk {
  const groups = first.length - 1;
  const within = new Uint32Array(groups + 1);
  const runs: Uint32Array[] = [];
  for (let g = 0; g < groups; g++) {
    const rows = order.subarray(first[g], first[g + 1]);
    const run = rows.subarray(lowerBound(rows, chunk.row0), lowerBound(rows, chunk.row0 + chunk.n));
    within[g + 1] = within[g] + run.length;
    runs.push(run);
  }
  const rows = new Uint32Array(within[groups]);
  runs.forEach((run, g) => rows.set(run, within[g]));
  const local = rows.map((row) => row - chunk.row0);
  const tiles = tilesOf(within, TILE_ROWS);
  return {
    chunk,
    positions: rows.length,
    first: within,
    rows,
    order: gpu.upload(local, 'order of rows'),
    tiles,
    tileTable: gpu.upload(tiles.words, 'tiles'),
  };
}

export function releaseGrouped(gpu: Gpu, { order, tileTable }: GroupedChunk): void {
  gpu.release(order, tileTable);
}

/** The first place whose value is not less. */
function lowerBound(rising: Uint32Array, value: number): number {
  let low = 0;
  let high = rising.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (rising[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Positions of a chunk cut into tiles of one group each. */
export interface Tiles {
  /** Four u32 a tile: first position, positions, group, 0. */
  words: Uint32Array<ArrayBuffer>;
  /** The tiles of group g are `first[g]` .. `first[g + 1] - 1`. */
  first: Uint32Array;
  count: number;
}

/** Tiles of at most `size` positions. */
export function tilesOf(first: Uint32Array, size: number): Tiles {
  const groups = first.length - 1;
  const tiles = new Uint32Array(groups + 1);
  for (let g = 0; g < groups; g++) tiles[g + 1] = tiles[g] + Math.ceil((first[g + 1] - first[g]) / size);
  const words = new Uint32Array(tiles[groups] * 4);
  let tile = 0;
  for (let g = 0; g < groups; g++)
    for (let from = first[g]; from < first[g + 1]; from += size)
      words.set([from, Math.min(size, first[g + 1] - from), g], 4 * tile++);
  return { words, first: tiles, count: tiles[groups] };
}
