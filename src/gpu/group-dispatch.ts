import type { Gpu } from './device';
import { rowRanges } from './ranges';

/** Commands in order, each within the work of one dispatch, and buffers to release after the last. */
export interface Recorded {
  commands: GPUCommandBuffer[];
  scratch: GPUBuffer[];
}

/** What a kernel works on: tiles (or parts) `from` .. `to - 1`, one workgroup each, or y x z of them. */
export interface TileWork {
  from: number;
  to: number;
  y?: number;
  z?: number;
  /** Multiply-adds of one tile. */
  work: number;
  /** Bindings from number 1 on. */
  buffers: GPUBuffer[];
  /** The uniform at binding 0, given the first tile of a dispatch. */
  params: (start: number) => number[];
}

/** Records a kernel over tiles, in as many dispatches as their work needs. Does not submit. */
export function recordTiles(
  gpu: Gpu,
  pipeline: GPUComputePipeline,
  { from, to, y = 1, z = 1, work, buffers, params }: TileWork,
): Recorded {
  const recorded: Recorded = { commands: [], scratch: [] };
  for (const range of rowRanges(to - from, 1, work, gpu.dispatchWork, gpu.ceilings.workgroups)) {
    const uniform = gpu.uniform(params(from + range.from), `${pipeline.label} params`);
    recorded.scratch.push(uniform);
    const encoder = gpu.device.createCommandEncoder({ label: pipeline.label });
    const pass = encoder.beginComputePass({ label: pipeline.label });
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, gpu.bind(pipeline, [uniform, ...buffers]));
    pass.dispatchWorkgroups(range.count, y, z);
    pass.end();
    recorded.commands.push(encoder.finish());
  }
  return recorded;
}
