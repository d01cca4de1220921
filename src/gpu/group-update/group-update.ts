import type { Gpu } from '../device';
import type { GroupCentres } from '../group-assign/group-assign';
import { recordTiles, type Recorded } from '../group-dispatch';
import { tilesOf, type GroupedChunk, type Tiles } from '../group-order';
import reduceCode from './group-reduce.wgsl?raw';
import code from './group-update.wgsl?raw';
import { planRuns, RUN_WORDS } from './plan';

/** Rows of a part: few enough that f32 sums stay exact enough. */
const PART_ROWS = 512;
const COLUMNS = 64;
const CLUSTERS = 64;
const PARTIAL_BYTES = 64 * 2 ** 20;

/** A chunk's rows cut into the parts that are summed up. */
export interface GroupParts {
  parts: Tiles;
  partTable: GPUBuffer;
}

/** The caller releases `partTable`. */
export function makeParts(gpu: Gpu, { first }: GroupedChunk): GroupParts {
  const parts = tilesOf(first, PART_ROWS);
  return { parts, partTable: gpu.upload(parts.words, 'parts') };
}

/**
 * Records the sums of the rows of these groups by cluster: adds to `totals` (f32, centres x d, cleared by the caller before
 * the first chunk). `ks[g]`: clusters of group g, 0 if it is left out. Commands are made as they are taken. Does not submit.
 * Tolerance: a sum within 1e-5 of the sum of the absolute values it adds.
 */
export function* recordGroupUpdate(
  gpu: Gpu,
  d: number,
  { chunk, order }: GroupedChunk,
  { parts, partTable }: GroupParts,
  { fromGroup, toGroup }: Pick<GroupCentres, 'fromGroup' | 'toGroup'>,
  ks: Uint32Array,
  labels: GPUBuffer,
  totals: GPUBuffer,
): Generator<Recorded> {
  const most = Math.max(...ks);
  const room = Math.floor(Math.min(PARTIAL_BYTES, gpu.bindingLimit) / 4);
  const add = gpu.pipeline(code, 'group update');
  const reduce = gpu.pipeline(reduceCode, 'group reduce');
  for (const plan of planRuns(parts.first, { fromGroup, toGroup }, ks, d, room)) {
    const runs = gpu.upload(plan.words, 'runs of parts');
    const partials = gpu.storage(plan.room * 4, 'partial sums');
    const added = recordTiles(gpu, add, {
      from: plan.fromPart,
      to: plan.toPart,
      y: Math.ceil(d / COLUMNS),
      z: Math.ceil(most / CLUSTERS),
      work: PART_ROWS * d,
      buffers: [chunk.buffer, order, partTable, runs, labels, partials],
      params: (start) => [d, start],
    });
    const reduced = recordTiles(gpu, reduce, {
      from: 0,
      to: plan.words.length / RUN_WORDS,
      y: Math.ceil((most * d) / 256),
      work: 1,
      buffers: [runs, partials, totals],
      params: (start) => [d, start],
    });
    yield {
      commands: [...added.commands, ...reduced.commands],
      scratch: [runs, partials, ...added.scratch, ...reduced.scratch],
    };
  }
}
