import type { Gpu } from '../device';
import { recordTiles, type Recorded } from '../group-dispatch';
import distances from '../group-distances.wgsl?raw';
import { TILE_ROWS, type GroupedChunk } from '../group-order';
import code from './group-assign.wgsl?raw';

/** Centres of a run of groups. */
export interface GroupCentres {
  fromGroup: number;
  toGroup: number;
  /** Two u32 for each of all groups: first row in `centres`, rows; the latter 0 for groups that are left out. */
  groups: GPUBuffer;
  /** total x d, f32. */
  centres: GPUBuffer;
  total: number;
  /** The most centres of one group. */
  most: number;
}

/** Labels and squared distances of a chunk's rows by position. */
export interface GroupLabels {
  labels: GPUBuffer;
  squared: GPUBuffer;
}

/** Labels unlike any label. `releaseGroupLabels` it. */
export function makeGroupLabels(gpu: Gpu, { positions }: GroupedChunk): GroupLabels {
  const none = new Uint32Array(positions).fill(0xffffffff);
  return { labels: gpu.upload(none, 'labels'), squared: gpu.storage(positions * 4, 'squared distances') };
}

export function releaseGroupLabels(gpu: Gpu, { labels, squared }: GroupLabels): void {
  gpu.release(labels, squared);
}

/**
 * Records the assignment of the rows of these groups to the nearest centre of their group: `labels` and `squared` are
 * written, `tally` (u32, cleared by the caller) counts the rows of each centre and then, from place `total` on, the labels of
 * each of all groups that became different. Does not submit. Tolerance: `squared` within 1e-5 relative of f64; a label
 * differs from f64's only where the two distances do by less.
 */
export function recordGroupAssign(
  gpu: Gpu,
  d: number,
  { chunk, order, tiles, tileTable }: GroupedChunk,
  { fromGroup, toGroup, groups, centres, total, most }: GroupCentres,
  { labels, squared }: GroupLabels,
  tally: GPUBuffer,
): Recorded {
  return recordTiles(gpu, gpu.pipeline(distances + code, 'group assign'), {
    from: tiles.first[fromGroup],
    to: tiles.first[toGroup],
    work: TILE_ROWS * most * d,
    buffers: [chunk.buffer, order, tileTable, groups, centres, labels, squared, tally],
    params: (start) => [d, start, total],
  });
}
