import { expect, it, vi } from 'vitest';
import { openGpu } from '../../test/gpu.browser';
import { vectorsOf, blobs } from '../../test/rows';
import { DEFAULT_SWEEP } from '../domain/clustering';
import type { AnalysisProgress } from '../domain/progress';
import type { Gpu } from '../gpu/device';
import type { KMeansEngine } from './engine';
import { EngineHost } from './engine-host';
import { kmeans } from './kmeans';
import { centre } from './rows';
import { sweep } from './sweep';

const rows = blobs(300, 10, 4);
centre(rows);
const work = (engine: KMeansEngine) =>
  kmeans(engine, { k: 4, seed: 1, nInit: 1, maxIterations: 50, shift: 0 });

/** A host whose devices can be reached from the test. */
function watchedHost() {
  const devices: Gpu[] = [];
  const host = new EngineHost(async () => {
    const gpu = await openGpu();
    devices.push(gpu);
    return gpu;
  });
  return { host, devices };
}

it('repeats work that a lost device interrupted, with the same result', async () => {
  const { host, devices } = watchedHost();
  const notify = vi.fn();
  await host.use(rows, 'webgpu');
  const expected = await host.run(work, notify);
  let times = 0;
  const found = await host.run(async (engine) => {
    if (times++ === 0) devices[0].device.destroy();
    return work(engine);
  }, notify);
  expect(found).toEqual(expected);
  expect(notify.mock.calls).toEqual([['device-lost']]);
  expect(devices.length).toBe(2);
  expect(host.inUse.engine).toBe('webgpu');
  expect(host.gpuPeak!.byLabel['rows']).toBe(rows.n * rows.d * 4);
  host.release();
  expect(devices[1].live).toEqual({ buffers: 0, bytes: 0 });
  expect(host.gpuPeak).toBeNull();
  host.close();
});

it('keeps rows in 16 bits where it is asked to and no label changes', async () => {
  const plain = new EngineHost(() => openGpu());
  await plain.use(rows, 'webgpu');
  const host = new EngineHost(() => openGpu());
  await host.use(rows, 'webgpu', true);
  expect(await host.run(work)).toEqual(await plain.run(work));
  expect(host.gpuPeak!.byLabel['rows in 16 bits']).toBe((rows.n * rows.d * 4) / 2);
  for (const one of [plain, host]) one.close();
});

it('goes on with the CPU after three losses in a row', async () => {
  const { host, devices } = watchedHost();
  const notify = vi.fn();
  await host.use(rows, 'webgpu');
  const fit = await host.run(async (engine) => {
    if (engine.kind === 'webgpu') devices[devices.length - 1].device.destroy();
    return work(engine);
  }, notify);
  expect(notify.mock.calls.flat()).toEqual(['device-lost', 'device-lost', 'fallback-cpu']);
  expect(host.inUse).toEqual({ engine: 'cpu', adapter: 'CPU' });
  expect(fit.labels.length).toBe(300);
  host.close();
});

it('passes other errors on', async () => {
  const { host } = watchedHost();
  await host.use(rows, 'webgpu');
  await expect(host.run(() => Promise.reject(new RangeError('not mine')))).rejects.toThrow(RangeError);
  host.close();
});

it('measures a software adapter against the CPU and describes its choice', async () => {
  const { host } = watchedHost();
  const info = await host.describe();
  expect(['webgpu', 'cpu']).toContain(info.engine);
  expect(info.adapter).not.toBe('');
  await host.use(rows, 'auto');
  expect(host.inUse).toEqual(info);
  host.close();
});

it('takes the CPU without WebGPU, and says so when WebGPU was asked for', async () => {
  const host = new EngineHost(async () => null);
  expect(await host.describe()).toEqual({ engine: 'cpu', adapter: 'CPU' });
  await expect(host.use(rows, 'webgpu')).rejects.toMatchObject({ code: 'backend-missing' });
});

it('sweeps on the GPU as on the CPU, keeps no buffer, and survives a loss', async () => {
  const options = { ...DEFAULT_SWEEP, kMin: 2, kMax: 8, nInit: 2 };
  const source = () => vectorsOf(blobs(300, 10, 4));
  const cpu = await sweep(
    source(),
    'x',
    { ...options, engine: 'cpu' },
    new EngineHost(),
    undefined,
    () => undefined,
  );
  const { host, devices } = watchedHost();
  const reports: AnalysisProgress[] = [];
  const report = (progress: AnalysisProgress) => {
    reports.push(progress);
    if (devices.length === 1) devices[0].device.destroy();
  };
  const gpu = await sweep(source(), 'x', { ...options, engine: 'webgpu' }, host, undefined, report);
  expect(gpu.engine).toBe('webgpu');
  expect(devices.length).toBe(2);
  expect(reports.map(({ notice }) => notice)).toContain('device-lost');
  expect(gpu.choice).toEqual(cpu.choice);
  expect(gpu.choice.k).toBe(4);
  gpu.clusterings.forEach((found, i) => {
    expect(found.labels).toEqual(cpu.clusterings[i].labels);
    expect(Math.abs(found.inertia / cpu.clusterings[i].inertia - 1)).toBeLessThan(1e-5);
    expect(Math.abs(found.silhouette - cpu.clusterings[i].silhouette)).toBeLessThan(1e-5);
    expect(Math.abs(found.silhouetteSquared! - cpu.clusterings[i].silhouetteSquared!)).toBeLessThan(1e-5);
  });
  expect(devices[1].live).toEqual({ buffers: 0, bytes: 0 });
  host.close();
});
