import type { Gpu } from '../device';
import { rowRanges } from '../ranges';
import { readBack } from '../readback';
import { submitAll } from '../submit';
import code from './project.wgsl?raw';

const SIDE = 64;

/** Vectors on the GPU, in buffers that are each within one binding and whose products with 64 rows are within a dispatch. */
export interface Vectors {
  r: number;
  d: number;
  parts: { first: number; count: number; buffer: GPUBuffer }[];
}

/** Uploads r x d vectors as f32. `releaseVectors` them. */
export function uploadVectors(gpu: Gpu, vectors: Float64Array, r: number, d: number): Vectors {
  const most = Math.max(
    1,
    Math.min(Math.floor(gpu.bindingLimit / (4 * d)), Math.floor(gpu.dispatchWork / (SIDE * d))),
  );
  const parts = [];
  for (let first = 0; first < r; first += most) {
    const count = Math.min(most, r - first);
    const data = Float32Array.from(vectors.subarray(first * d, (first + count) * d));
    parts.push({ first, count, buffer: gpu.upload(data, 'vectors') });
  }
  return { r, d, parts };
}

export function releaseVectors(gpu: Gpu, { parts }: Vectors): void {
  gpu.release(...parts.map(({ buffer }) => buffer));
}

/**
 * X V^T of n x d rows and r vectors: n x r, f32. Throws RangeError when rows or products exceed one binding.
 * Errors: `cancelled`, `device-lost`. Tolerance: 1e-6 of the product of the two lengths.
 */
export async function project(
  gpu: Gpu,
  { n, buffer: rows }: { n: number; buffer: GPUBuffer },
  { r, d, parts }: Vectors,
  signal?: AbortSignal,
): Promise<Float32Array> {
  if (Math.max(n * d, n * r) * 4 > gpu.bindingLimit)
    throw new RangeError(`products: ${n} rows of ${d} with ${r} vectors exceed one binding`);
  const products = gpu.storage(n * r * 4, 'products');
  const used = [products];
  const pipeline = gpu.pipeline(code, 'project');
  try {
    const commands = [];
    for (const { first, count, buffer } of parts) {
      for (const range of rowRanges(n, SIDE, count * d, gpu.dispatchWork, gpu.ceilings.workgroups)) {
        const params = gpu.uniform([d, range.from, n, count, r, first], 'project params');
        used.push(params);
        const encoder = gpu.device.createCommandEncoder({ label: 'project' });
        const pass = encoder.beginComputePass({ label: 'project' });
        pass.setPipeline(pipeline);
        pass.setBindGroup(0, gpu.bind(pipeline, [params, rows, buffer, products]));
        pass.dispatchWorkgroups(Math.ceil(range.count / SIDE), Math.ceil(count / SIDE));
        pass.end();
        commands.push(encoder.finish());
      }
    }
    await submitAll(gpu, commands, signal);
    const [read] = await readBack(gpu, [{ buffer: products, bytes: n * r * 4 }], signal);
    return new Float32Array(read);
  } finally {
    gpu.release(...used);
  }
}
