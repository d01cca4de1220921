import type { Gpu } from '../device';
import { recordTiles, type Recorded } from '../group-dispatch';
import distances from '../group-distances.wgsl?raw';
import { TILE_ROWS, type GroupedChunk } from '../group-order';
import keepCode from './keep.wgsl?raw';
import code from './seed.wgsl?raw';

/** The most candidates of a group, all restarts together. */
const MOST_CANDIDATES = 32;
/** Stands for a group that keeps no candidate. */
export const NONE = 0xffffffff;

/** What k-means++ knows of a chunk's rows. */
export interface SeedState {
  grouped: GroupedChunk;
  restarts: number;
  /** restarts x positions, f32: squared distance to the nearest centre so far. */
  closest: GPUBuffer;
  /** candidates x positions, f32: the same with each candidate of the row's group. */
  after: GPUBuffer;
  /** tiles x width, f32: sums of `after`. */
  sums: GPUBuffer;
  /** The most candidates of a group that there is room for. */
  width: number;
}

/** Candidates of a run of groups. */
export interface Candidates {
  fromGroup: number;
  toGroup: number;
  /** Two u32 for each of all groups: first row in `centres`, rows; the latter 0 for groups without candidates. */
  groups: GPUBuffer;
  /** candidates x d, f32. */
  centres: GPUBuffer;
}

/** State before the first centre. `releaseSeed` it. */
export function makeSeed(gpu: Gpu, grouped: GroupedChunk, restarts: number): SeedState {
  const far = new Float32Array(restarts * grouped.positions).fill(3.4e38);
  return {
    grouped,
    restarts,
    closest: gpu.upload(far, 'closest'),
    after: gpu.storage(0, 'candidate distances'),
    sums: gpu.storage(0, 'candidate sums'),
    width: 0,
  };
}

/** Makes room for `width` candidates of a group. Throws RangeError past 32. */
export function widenSeed(gpu: Gpu, state: SeedState, width: number): void {
  if (width > MOST_CANDIDATES) throw new RangeError(`candidates: ${width}, at most ${MOST_CANDIDATES}`);
  if (width <= state.width) return;
  const { positions, tiles } = state.grouped;
  gpu.release(state.after, state.sums);
  state.after = gpu.storage(width * positions * 4, 'candidate distances');
  state.sums = gpu.storage(tiles.count * width * 4, 'candidate sums');
  state.width = width;
}

export function releaseSeed(gpu: Gpu, { closest, after, sums }: SeedState): void {
  gpu.release(closest, after, sums);
}

/**
 * Records, for the rows of these groups and each candidate of the row's group, min(closest, |x - c|^2) into `after` and its
 * sum over each tile into `sums`, f32, always added in the same order. The candidates of a group are those of its
 * restarts one after the other. Does not submit. Tolerance: 1e-5 relative to f64.
 */
export function recordSeed(gpu: Gpu, d: number, state: SeedState, candidates: Candidates): Recorded {
  const { grouped, restarts, width } = state;
  const { chunk, positions, order, tiles, tileTable } = grouped;
  return recordTiles(gpu, gpu.pipeline(distances + code, 'seed'), {
    from: tiles.first[candidates.fromGroup],
    to: tiles.first[candidates.toGroup],
    work: TILE_ROWS * width * d,
    buffers: [
      chunk.buffer,
      order,
      tileTable,
      candidates.groups,
      candidates.centres,
      state.closest,
      state.after,
      state.sums,
    ],
    params: (start) => [d, start, positions, restarts, width],
  });
}

/** Records that each restart of each group keeps a candidate: `kept`, groups x restarts, u32, the candidate or `NONE`. */
export function recordKeep(gpu: Gpu, state: SeedState, kept: GPUBuffer): Recorded {
  const { grouped, restarts, after, closest } = state;
  const { positions, tiles, tileTable } = grouped;
  return recordTiles(gpu, gpu.pipeline(keepCode, 'keep'), {
    from: 0,
    to: tiles.count,
    work: TILE_ROWS * restarts,
    buffers: [tileTable, kept, after, closest],
    params: (start) => [start, positions, restarts],
  });
}
