import { expect, it } from 'vitest';
import { openGpu } from '../../test/gpu.browser';
import { normalRows } from '../../test/rows';
import { GpuMatrix } from './matrix';
import { readBack } from './readback';

it('works at the limits every WebGPU device has', async () => {
  const gpu = await openGpu({ limits: 'default' });
  expect(gpu.bindingLimit).toBe(128 * 2 ** 20);
  expect(gpu.limits.maxComputeWorkgroupStorageSize).toBe(16384);
  gpu.destroy();
});

it('asks for what the adapter has', async () => {
  const gpu = await openGpu({ limits: 'adapter' });
  const adapter = (await navigator.gpu.requestAdapter())!;
  expect(gpu.limits.maxStorageBufferBindingSize).toBe(adapter.limits.maxStorageBufferBindingSize);
  gpu.destroy();
});

it('counts the buffers that are alive', async () => {
  const gpu = await openGpu();
  const a = gpu.storage(10, 'a');
  const b = gpu.uniform([1, 2, 3], 'b');
  expect(gpu.live).toEqual({ buffers: 2, bytes: 12 + 16 });
  gpu.release(a, a);
  expect(gpu.live).toEqual({ buffers: 1, bytes: 16 });
  gpu.release(b);
  expect(gpu.live).toEqual({ buffers: 0, bytes: 0 });
  gpu.destroy();
});

it('remembers the most that was alive at once, and what it was', async () => {
  const gpu = await openGpu();
  const a = gpu.storage(100, 'a');
  const b = gpu.storage(20, 'b');
  const c = gpu.storage(8, 'b');
  gpu.release(a, c);
  gpu.storage(40, 'c');
  expect(gpu.peak).toEqual({ bytes: 128, byLabel: { a: 100, b: 28 } });
  gpu.resetPeak();
  expect(gpu.peak).toEqual({ bytes: 60, byLabel: { b: 20, c: 40 } });
  gpu.release(b);
  expect(gpu.peak.bytes).toBe(60);
  gpu.destroy();
});

it('fails scoped work on a validation error', async () => {
  const gpu = await openGpu();
  const misuse = async () =>
    void gpu.device.createBuffer({ size: 4, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.STORAGE });
  await expect(gpu.scoped(misuse)).rejects.toThrow(/WebGPU/);
  await expect(gpu.scoped(async () => 7)).resolves.toBe(7);
  gpu.destroy();
});

it('splits rows over chunks and reads them back unchanged, in one wait or by pieces', async () => {
  const gpu = await openGpu();
  const rows = normalRows(2500, 7);
  const matrix = GpuMatrix.upload(gpu, rows, 1000);
  expect(matrix.chunks.map(({ row0, n }) => [row0, n])).toEqual([
    [0, 1000],
    [1000, 1000],
    [2000, 500],
  ]);
  const read = await readBack(
    gpu,
    matrix.chunks.map(({ buffer, n }) => ({ buffer, bytes: n * 7 * 4 })),
  );
  expect(new Float32Array(await new Blob(read).arrayBuffer())).toEqual(rows.data);
  matrix.release();

  const large = new Uint32Array(18 * 2 ** 20).map((_, i) => i);
  const buffer = gpu.upload(large, 'large');
  const [whole] = await readBack(gpu, [{ buffer, bytes: large.byteLength }]);
  expect(new Uint32Array(whole).every((value, i) => value === i)).toBe(true);
  gpu.release(buffer);
  expect(gpu.live).toEqual({ buffers: 0, bytes: 0 });
  gpu.destroy();
});

it('turns a lost device into device-lost, before and during a wait', async () => {
  const gpu = await openGpu();
  const buffer = gpu.storage(16, 'some');
  const reading = readBack(gpu, [{ buffer, bytes: 16 }]);
  gpu.device.destroy();
  await expect(reading).rejects.toMatchObject({ code: 'device-lost' });
  expect(gpu.lost).toBe(true);
  expect(() => gpu.storage(4, 'more')).toThrow(/stopped answering/);
  gpu.destroy();
});
