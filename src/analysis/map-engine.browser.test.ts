import { afterAll, beforeAll, expect, it } from 'vitest';
import { clean, openGpu } from '../../test/gpu.browser';
import { blobs } from '../../test/rows';
import { DEFAULT_PROJECTION } from '../domain/projection';
import type { Gpu } from '../gpu/device';
import { cpuKnn } from './cpu/knn';
import { CpuProducts } from './cpu/cpu-products';
import { knnGraph } from './knn-graph';
import { layOut } from './lay-out';
import { mapEngine } from './map-engine';
import { residentSource } from './row-source';

let gpu: Gpu;
beforeAll(async () => void (gpu = await openGpu()));
afterAll(() => gpu.destroy());

const rows = blobs(300, 20, 9, 2, 4);
const host = { gpu: async () => gpu };
const lay = async (from: { gpu: () => Promise<Gpu | null> }) =>
  layOut(
    {
      ...(await mapEngine(from)),
      ...{ source: residentSource(rows), products: new CpuProducts(), report: () => undefined },
      memory: { allocate: (n, d) => ({ n, d, data: new Float32Array(n * d) }), release: () => undefined },
    },
    { ...DEFAULT_PROJECTION, method: 'umap' },
    null,
  );

it('finds the same neighbours in WGSL as in WebAssembly, in lists too', async () => {
  const { search } = await mapEngine(host);
  for (const exactRows of [1000, 100]) {
    const onGpu = await clean(gpu, () => knnGraph(rows, 10, { search, seed: 1, exactRows }));
    const onCpu = await knnGraph(rows, 10, { search: cpuKnn, seed: 1, exactRows });
    expect(onGpu.rows).toEqual(onCpu.rows);
    expect(onGpu.distances).toEqual(onCpu.distances);
  }
});

it('lays out on the GPU as well as on the CPU, the same every time', async () => {
  const found = await clean(gpu, () => lay(host));
  const onCpu = await lay({ gpu: async () => null });
  expect([found.engine, onCpu.engine]).toEqual(['webgpu', 'cpu']);
  expect(found.quality!.trustworthiness).toBeGreaterThan(onCpu.quality!.trustworthiness - 0.02);
  expect(found.quality!.trustworthiness).toBeGreaterThan(0.9);
  expect((await lay(host)).coords).toEqual(found.coords);
});

it('goes on with the CPU when the device is lost, and where rows exceed a binding', async () => {
  const narrow = await openGpu();
  narrow.ceilings.binding = 4096;
  expect((await lay({ gpu: async () => narrow })).coords).toEqual(
    (await lay({ gpu: async () => null })).coords,
  );
  narrow.destroy();
  const lost = await openGpu();
  lost.destroy();
  await lost.device.lost;
  expect((await lay({ gpu: async () => lost })).coords).toEqual(
    (await lay({ gpu: async () => null })).coords,
  );
});
