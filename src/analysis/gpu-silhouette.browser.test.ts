import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clean, openGpu } from '../../test/gpu.browser';
import { goldenFits, rowsOf } from '../../test/golden-analysis';
import { blobs } from '../../test/rows';
import type { Gpu } from '../gpu/device';
import { CpuEngine } from './cpu/engine';
import type { Labelling } from './engine';
import { GpuEngine } from './gpu-engine';
import { Random } from './random';
import { centre, type Rows } from './rows';
import { stratifiedSample } from './sample';
import { silhouetteSamples, silhouettes } from './silhouette';

let gpu: Gpu;
beforeAll(async () => void (gpu = await openGpu()));
afterAll(() => gpu.destroy());

const silent = () => undefined;

function onGpu<T>(rows: Rows, work: (engine: GpuEngine) => Promise<T>): Promise<T> {
  return clean(gpu, async () => {
    const engine = new GpuEngine(gpu, rows);
    return work(engine).finally(() => engine.close());
  });
}

describe('silhouettes in WGSL are those of scikit-learn', () => {
  it.each(goldenFits.filter(({ fit }) => 'silhouette' in fit))('$name', async ({ data, fit }) => {
    const rows = rowsOf(data);
    centre(rows);
    const labelling = { k: fit.k, labels: Uint16Array.from(fit.labels) };
    const sample = stratifiedSample([labelling], rows.n, rows.n, new Random(1));
    const [{ mean, error }] = await onGpu(rows, (engine) => silhouettes(engine, [labelling], sample, silent));
    expect(Math.abs(mean - fit.silhouette!)).toBeLessThan(1e-5);
    expect(error).toBe(0);
  });
});

it('agree with the CPU row by row, in clusters tight and far apart too', async () => {
  const labels = Uint16Array.from({ length: 150 }, (_, i) => i % 5);
  for (const apart of [0.5, 1000]) {
    const rows = blobs(150, 60, 5, apart);
    centre(rows);
    const rest: [Labelling, Uint32Array, () => void] = [
      { k: 5, labels },
      Uint32Array.from({ length: 150 }, (_, i) => i),
      silent,
    ];
    const expected = await silhouetteSamples(new CpuEngine(rows), ...rest);
    const found = await onGpu(rows, (engine) => silhouetteSamples(engine, ...rest));
    found.forEach((value, i) => expect(Math.abs(value - expected[i])).toBeLessThan(1e-5));
  }
});

it('are 0 where every row is a cluster of its own', async () => {
  const rows = blobs(65, 3, 2);
  const labels = Uint16Array.from({ length: 65 }, (_, i) => i);
  const sample = stratifiedSample([], 65, 65, new Random(1));
  const found = await onGpu(rows, (engine) => silhouettes(engine, [{ k: 65, labels }], sample, silent));
  expect(found).toEqual([{ mean: 0, error: 0, sample: 65 }]);
});
