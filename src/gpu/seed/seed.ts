import type { Gpu } from '../device';
import { tilesOf, type GroupedChunk, type Tiles } from '../group-order';
import { rowRanges } from '../ranges';
import keepCode from './keep.wgsl?raw';
import code from './seed.wgsl?raw';

/** The most candidates of a group, all restarts together. */
export const MOST_CANDIDATES = 32;
/** Rows of a tile, one thread each. */
const TILE_ROWS = 128;
/** Stands for a group that keeps no candidate. */
export const NONE = 0xffffffff;

/** What k-means++ knows of a chunk's rows. */
export interface SeedState {
  grouped: GroupedChunk;
  restarts: number;
  tiles: Tiles;
  tileTable: GPUBuffer;
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

/** Commands in order, each within the work of one dispatch, and buffers to release after the last. */
export interface Recorded {
  commands: GPUCommandBuffer[];
  scratch: GPUBuffer[];
}

/** State before the first centre. `releaseSeed` it. */
export function makeSeed(gpu: Gpu, grouped: GroupedChunk, restarts: number): SeedState {
  const tiles = tilesOf(grouped.first, TILE_ROWS);
  const far = new Float32Array(restarts * grouped.positions).fill(3.4e38);
  return {
    grouped,
    restarts,
    tiles,
    tileTable: gpu.upload(tiles.words, 'seed tiles'),
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
  gpu.release(state.after, state.sums);
  state.after = gpu.storage(width * state.grouped.positions * 4, 'candidate distances');
  state.sums = gpu.storage((state.tiles.words.length / 4) * width * 4, 'candidate sums');
  state.width = width;
}

export function releaseSeed(gpu: Gpu, { tileTable, closest, after, sums }: SeedState): void {
  gpu.release(tileTable, closest, after, sums);
}

/**
 * Records, for the rows of these groups and each candidate of the row's group, min(closest, |x - c|^2) into `after` and its
 * sum over each tile into `sums`, f32, always added in the same order. The candidates of a group are those of its
 * restarts one after the other. Does not submit. Tolerance: 1e-5 relative to f64.
 */
export function recordSeed(gpu: Gpu, d: number, state: SeedState, candidates: Candidates): Recorded {
  const { grouped, restarts, tiles, width } = state;
  const pipeline = gpu.pipeline(code, 'seed');
  const first = tiles.first[candidates.fromGroup];
  const recorded: Recorded = { commands: [], scratch: [] };
  const count = tiles.first[candidates.toGroup] - first;
  for (const range of rowRanges(count, 1, TILE_ROWS * width * d, gpu.dispatchWork)) {
    const params = gpu.uniform([d, first + range.from, grouped.positions, restarts, width], 'seed params');
    dispatch(gpu, recorded, pipeline, range.count, [
      params,
      grouped.chunk.buffer,
      grouped.order,
      state.tileTable,
      candidates.groups,
      candidates.centres,
      state.closest,
      state.after,
      state.sums,
    ]);
  }
  return recorded;
}

/** Records that each restart of each group keeps a candidate: `kept`, groups x restarts, u32, the candidate or `NONE`. */
export function recordKeep(gpu: Gpu, state: SeedState, kept: GPUBuffer): Recorded {
  const { grouped, restarts, tiles } = state;
  const pipeline = gpu.pipeline(keepCode, 'keep');
  const recorded: Recorded = { commands: [], scratch: [] };
  for (const range of rowRanges(tiles.words.length / 4, 1, TILE_ROWS * restarts, gpu.dispatchWork)) {
    const params = gpu.uniform([range.from, grouped.positions, restarts], 'keep params');
    dispatch(gpu, recorded, pipeline, range.count, [
      params,
      state.tileTable,
      kept,
      state.after,
      state.closest,
    ]);
  }
  return recorded;
}

function dispatch(
  gpu: Gpu,
  { commands, scratch }: Recorded,
  pipeline: GPUComputePipeline,
  groups: number,
  buffers: [params: GPUBuffer, ...GPUBuffer[]],
): void {
  scratch.push(buffers[0]);
  const encoder = gpu.device.createCommandEncoder({ label: pipeline.label });
  const pass = encoder.beginComputePass({ label: pipeline.label });
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, gpu.bind(pipeline, buffers));
  pass.dispatchWorkgroups(groups);
  pass.end();
  commands.push(encoder.finish());
}
