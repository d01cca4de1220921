import type { Gpu } from '../device';
import type { Chunk } from '../matrix';
import { rowRanges } from '../ranges';
import code from './seed.wgsl?raw';

/** The most candidates of one call: 2 + ln k of them are drawn, and k is at most 1,024. */
export const MOST_CANDIDATES = 8;
const ROWS_PER_GROUP = 64;

/**
 * Records, for each candidate (count x d in `centres`) and each row of the chunk, the squared distance to the candidate or
 * `closest` (rows), whichever is less, into `after` (count x rows). Returns the submissions in order, each within the work
 * of one dispatch, and the buffers to release after the last. Does not submit. Throws RangeError past 8 candidates.
 * Tolerance: 1e-5 relative to f64.
 */
export function recordSeed(
  gpu: Gpu,
  chunk: Chunk,
  d: number,
  centres: GPUBuffer,
  count: number,
  closest: GPUBuffer,
  after: GPUBuffer,
): { commands: GPUCommandBuffer[]; scratch: GPUBuffer[] } {
  if (count > MOST_CANDIDATES) throw new RangeError(`candidates: ${count}, at most ${MOST_CANDIDATES}`);
  const commands: GPUCommandBuffer[] = [];
  const scratch: GPUBuffer[] = [];
  const pipeline = gpu.pipeline(code, 'seed');
  for (const range of rowRanges(chunk.n, ROWS_PER_GROUP, count * d, gpu.dispatchWork)) {
    const params = gpu.uniform([d, range.from, chunk.n, range.from + range.count, count], 'seed params');
    scratch.push(params);
    const encoder = gpu.device.createCommandEncoder({ label: 'seed' });
    const pass = encoder.beginComputePass({ label: 'seed' });
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, gpu.bind(pipeline, [params, chunk.buffer, centres, closest, after]));
    pass.dispatchWorkgroups(Math.ceil(range.count / ROWS_PER_GROUP));
    pass.end();
    commands.push(encoder.finish());
  }
  return { commands, scratch };
}
