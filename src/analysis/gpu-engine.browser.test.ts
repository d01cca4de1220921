import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clean, openGpu } from '../../test/gpu.browser';
import { fitFromGolden, goldenFits } from '../../test/golden-analysis';
import { blobs } from '../../test/rows';
import type { Gpu } from '../gpu/device';
import { CpuEngine } from './cpu/engine';
import { GpuEngine } from './gpu-engine';
import { centresAt, kmeans, lloyd } from './kmeans';
import { centre } from './rows';

let gpu: Gpu;
beforeAll(async () => void (gpu = await openGpu()));
afterAll(() => gpu.destroy());

describe('k-means in WGSL finds what scikit-learn finds', () => {
  it.each(goldenFits)('$name', async ({ data, fit }) => {
    const { found } = await clean(gpu, () => fitFromGolden(data, fit, (rows) => new GpuEngine(gpu, rows)));
    expect([...found.labels]).toEqual(fit.labels);
    expect(Math.abs(found.inertia - fit.inertia)).toBeLessThanOrEqual(1e-5 * fit.inertia + 1e-9);
  });
});

describe('the GPU and the CPU engine', () => {
  const rows = blobs(700, 40, 6, 0.8);
  centre(rows);
  const options = { maxIterations: 100, shift: 0 };

  it('give the same labels from the same centres, several fits at once', async () => {
    const cpu = new CpuEngine(rows);
    const inits = [2, 6, 35].map((k) =>
      centresAt(
        cpu,
        Uint32Array.from({ length: k }, (_, c) => c * 17),
      ),
    );
    const expected = await lloyd(cpu, inits, options);
    const found = await clean(gpu, async () => {
      const engine = new GpuEngine(gpu, rows);
      return lloyd(engine, inits, options).finally(() => engine.close());
    });
    found.forEach((fit, i) => {
      expect(fit.labels).toEqual(expected[i].labels);
      expect(fit.iterations).toBe(expected[i].iterations);
      expect(Math.abs(fit.inertia / expected[i].inertia - 1)).toBeLessThan(1e-6);
    });
  });

  it('choose the same seeds and the same fit; twice the same bits on the GPU', async () => {
    const run = async () => {
      const engine = new GpuEngine(gpu, rows);
      return kmeans(engine, { k: 6, seed: 5, nInit: 2, ...options }).finally(() => engine.close());
    };
    const first = await clean(gpu, run);
    expect(await clean(gpu, run)).toEqual(first);
    const cpu = await kmeans(new CpuEngine(rows), { k: 6, seed: 5, nInit: 2, ...options });
    expect(first.labels).toEqual(cpu.labels);
  });

  it('leave no buffer behind when a step is cancelled', async () => {
    await clean(gpu, async () => {
      const engine = new GpuEngine(gpu, rows);
      const signal = AbortSignal.abort();
      const inits = [centresAt(engine, Uint32Array.of(0, 1, 2))];
      await expect(lloyd(engine, inits, { ...options, signal })).rejects.toMatchObject({ code: 'cancelled' });
      engine.close();
    });
  });
});
