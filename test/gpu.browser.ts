import { expect } from 'vitest';
import { Gpu, type OpenOptions } from '../src/gpu/device';

/** A device for a test file; the adapter must exist, or the tests fail. */
export async function openGpu(options: OpenOptions = { limits: 'default' }): Promise<Gpu> {
  const gpu = await Gpu.open(options);
  if (!gpu) throw new Error('no WebGPU adapter in this browser');
  return gpu;
}

/** Runs `work` so that any error of the device and any buffer left behind fails the test. */
export async function clean<T>(gpu: Gpu, work: () => Promise<T>): Promise<T> {
  const before = { ...gpu.live };
  const result = await gpu.scoped(work);
  expect(gpu.live).toEqual(before);
  return result;
}
