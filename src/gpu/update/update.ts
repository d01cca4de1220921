import type { Labels } from '../assign/assign';
import type { StackedSets } from '../centre-sets';
import type { Gpu } from '../device';
import type { Chunk } from '../matrix';
import { MOST_WORKGROUPS } from '../ranges';
import reduceCode from './reduce.wgsl?raw';
import code from './update.wgsl?raw';

const COLUMNS = 64;
const CLUSTERS = 62;
const PARTIAL_BYTES = 32 * 2 ** 20;

/**
 * Records the sums of a chunk's rows by cluster: adds to `totals` (f32, centres of all sets x d) and `counts` (u32), both
 * cleared by the caller before the first chunk. Returns the submissions in order, each within the work of one dispatch,
 * and the buffers to release after the last. Does not submit. Throws RangeError when totals exceed one binding.
 * Tolerance: a sum within 1e-5 of the sum of the absolute values it adds.
 */
export function recordUpdate(
  gpu: Gpu,
  chunk: Chunk,
  sets: StackedSets,
  labels: Labels,
  totals: GPUBuffer,
  counts: GPUBuffer,
): { commands: GPUCommandBuffer[]; scratch: GPUBuffer[] } {
  const elements = sets.total * sets.d;
  if (elements * 4 > gpu.bindingLimit)
    throw new RangeError(`sums: ${sets.total} x ${sets.d} exceed one binding`);
  const { perPart, most } = plan(gpu, chunk.n, elements, sets.sets.length * sets.d);
  const partials = gpu.storage(Math.min(most, Math.ceil(chunk.n / perPart)) * elements * 4, 'partial sums');
  const scratch = [partials];
  const commands: GPUCommandBuffer[] = [];
  const addPipeline = gpu.pipeline(code, 'update');
  const reducePipeline = gpu.pipeline(reduceCode, 'reduce');
  const slices = Math.ceil(sets.d / COLUMNS);
  const tiles = Math.ceil(Math.max(...sets.sets.map(({ k }) => k)) / CLUSTERS);
  const groups = Math.ceil(elements / 256);
  const groupsX = Math.min(groups, MOST_WORKGROUPS);
  for (let from = 0; from < chunk.n; from += most * perPart) {
    const to = Math.min(chunk.n, from + most * perPart);
    const parts = Math.ceil((to - from) / perPart);
    const params = gpu.uniform([sets.d, from, chunk.n, to, perPart, sets.total], 'update params');
    const reduceParams = gpu.uniform([elements, parts], 'reduce params');
    scratch.push(params, reduceParams);
    const encoder = gpu.device.createCommandEncoder({ label: 'update' });
    const pass = encoder.beginComputePass({ label: 'update' });
    pass.setPipeline(addPipeline);
    pass.setBindGroup(
      0,
      gpu.bind(addPipeline, [params, chunk.buffer, sets.table, labels.labels, partials, counts]),
    );
    pass.dispatchWorkgroups(parts, slices * tiles, sets.sets.length);
    pass.setPipeline(reducePipeline);
    pass.setBindGroup(0, gpu.bind(reducePipeline, [reduceParams, partials, totals]));
    pass.dispatchWorkgroups(groupsX, Math.ceil(groups / groupsX));
    pass.end();
    commands.push(encoder.finish());
  }
  return { commands, scratch };
}

/** Rows of one part (few enough that f32 sums stay exact enough) and the most parts of one dispatch. */
function plan(gpu: Gpu, n: number, elements: number, workPerRow: number): { perPart: number; most: number } {
  const perPart = Math.min(4096, Math.max(64, Math.ceil(n / 256)));
  const byMemory = Math.floor(Math.min(PARTIAL_BYTES, gpu.bindingLimit) / (elements * 4));
  const byWork = Math.floor(gpu.dispatchWork / (workPerRow * perPart));
  return { perPart, most: Math.max(1, Math.min(byMemory, byWork, MOST_WORKGROUPS)) };
}
