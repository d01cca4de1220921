import { afterAll, beforeAll, expect, it } from 'vitest';
import { clean, openGpu } from '../../test/gpu.browser';
import { blobs, normalRows } from '../../test/rows';
import type { Gpu } from '../gpu/device';
import { GpuEngine } from './gpu-engine';
import { halfAgrees, spread } from './half-rows';
import { centresAt, lloyd } from './kmeans';
import { centre } from './rows';

let gpu: Gpu;
beforeAll(async () => void (gpu = await openGpu()));
afterAll(() => gpu.destroy());

it('gives the fit of rows in f32', async () => {
  const rows = blobs(500, 21, 9, 0.6);
  centre(rows);
  const fit = (half: boolean) =>
    clean(gpu, async () => {
      const engine = new GpuEngine(gpu, rows);
      if (half) expect(await engine.storeHalf()).toBe(true);
      const inits = [9, 30].map((k) =>
        centresAt(
          engine,
          Uint32Array.from({ length: k }, (_, c) => c * 16),
        ),
      );
      return lloyd(engine, inits, { maxIterations: 100, shift: 0 }).finally(() => engine.close());
    });
  expect(await fit(true)).toEqual(await fit(false));
});

it('is refused where it would change labels', async () => {
  // All rows are a little above the middle of -1 and 3.0008; in 16 bits they are 1, clearly below it.
  const near = Float32Array.from({ length: 64 }, (_, i) => 1.00041 + i * 1e-6);
  const rows = { n: 64, d: 1, data: near };
  expect(await clean(gpu, () => halfAgrees(gpu, rows, [-1, 3.0008]))).toBe(false);
  expect(await clean(gpu, () => halfAgrees(gpu, normalRows(300, 7, 3)))).toBe(true);
  expect(await halfAgrees(gpu, { n: 0, d: 4, data: new Float32Array(0) })).toBe(true);
});

it('takes a sample of evenly spread rows', () => {
  const rows = { n: 5, d: 2, data: Float32Array.of(0, 0, 1, 1, 2, 2, 3, 3, 4, 4) };
  expect(spread(rows, 2)).toEqual({ n: 2, d: 2, data: Float32Array.of(0, 0, 2, 2) });
  expect(spread(rows, 9)).toEqual(rows);
});
