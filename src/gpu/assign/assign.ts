import type { StackedSets } from '../centre-sets';
import type { Gpu } from '../device';
import type { Chunk } from '../matrix';
import { rowRanges } from '../ranges';
import code from './assign.wgsl?raw';

/** Labels and squared distances of a chunk's rows for several fits: slots x rows, slot by slot. */
export interface Labels {
  slots: number;
  rows: number;
  labels: GPUBuffer;
  squared: GPUBuffer;
}

const ROWS_PER_GROUP = 64;

/** Room for the labels of `slots` fits, all unlike any label. `releaseLabels` it. Throws RangeError past one binding. */
export function makeLabels(gpu: Gpu, slots: number, rows: number): Labels {
  const count = slots * rows;
  if (count * 4 > gpu.bindingLimit)
    throw new RangeError(`labels: ${slots} fits of ${rows} rows exceed one binding`);
  const labels = gpu.upload(new Uint32Array(count).fill(0xffffffff), 'labels');
  return { slots, rows, labels, squared: gpu.storage(count * 4, 'squared distances') };
}

export function releaseLabels(gpu: Gpu, { labels, squared }: Labels): void {
  gpu.release(labels, squared);
}

/**
 * Records the assignment of a chunk's rows to each set's nearest centre: `labels` and `squared` of the set's slot are
 * written, `changed[s]` (u32, one a set, cleared by the caller) counts the labels that became different. Returns the
 * submissions in order, each within the work of one dispatch, and the buffers to release after the last. Does not submit.
 * Tolerance: `squared` within 1e-5 relative of f64; a label differs from f64's only where the two distances do by less.
 */
export function recordAssign(
  gpu: Gpu,
  chunk: Chunk,
  sets: StackedSets,
  out: Labels,
  changed: GPUBuffer,
): { commands: GPUCommandBuffer[]; scratch: GPUBuffer[] } {
  if (out.rows !== chunk.n) throw new RangeError(`labels: made for ${out.rows} rows, chunk has ${chunk.n}`);
  const commands: GPUCommandBuffer[] = [];
  const scratch: GPUBuffer[] = [];
  const pipeline = gpu.pipeline(code, 'assign');
  for (const { from, count } of rowRanges(
    chunk.n,
    ROWS_PER_GROUP,
    (sets.total + 8) * sets.d,
    gpu.dispatchWork,
  )) {
    const params = gpu.uniform([sets.d, from, chunk.n, from + count], 'assign params');
    scratch.push(params);
    const bindings = [
      params,
      chunk.buffer,
      sets.centres,
      sets.norms,
      sets.table,
      out.labels,
      out.squared,
      changed,
    ];
    const encoder = gpu.device.createCommandEncoder({ label: 'assign' });
    const pass = encoder.beginComputePass({ label: 'assign' });
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, gpu.bind(pipeline, bindings));
    pass.dispatchWorkgroups(Math.ceil(count / ROWS_PER_GROUP), sets.sets.length);
    pass.end();
    commands.push(encoder.finish());
  }
  return { commands, scratch };
}
