import type { Gpu } from './device';

/** One dispatch, ready to be recorded any number of times. */
export interface Dispatch {
  label: string;
  pipeline: GPUComputePipeline;
  bindings: GPUBindGroup;
  groups: [x: number, y?: number, z?: number];
  /** Multiply-adds, about. */
  work: number;
}

/** Dispatches and the buffers to release once the last submission that holds them is done or given up. */
export interface Prepared {
  dispatches: Dispatch[];
  scratch: GPUBuffer[];
}

/** The same for a matrix, chunk by chunk. */
export interface PreparedChunks {
  chunks: Dispatch[][];
  scratch: GPUBuffer[];
}

/** Records dispatches in order, as few submissions as keep each within `gpu.dispatchWork` or at one dispatch. */
export function record(gpu: Gpu, dispatches: Iterable<Dispatch>): GPUCommandBuffer[] {
  const commands: GPUCommandBuffer[] = [];
  let encoder: GPUCommandEncoder | null = null;
  let pass: GPUComputePassEncoder | null = null;
  let work = 0;
  const close = () => {
    pass?.end();
    if (encoder) commands.push(encoder.finish());
    encoder = pass = null;
    work = 0;
  };
  for (const dispatch of dispatches) {
    if (work > 0 && work + dispatch.work > gpu.dispatchWork) close();
    encoder ??= gpu.device.createCommandEncoder({ label: dispatch.label });
    pass ??= encoder.beginComputePass({ label: dispatch.label });
    pass.setPipeline(dispatch.pipeline);
    pass.setBindGroup(0, dispatch.bindings);
    pass.dispatchWorkgroups(...dispatch.groups);
    work += dispatch.work;
  }
  close();
  return commands;
}
