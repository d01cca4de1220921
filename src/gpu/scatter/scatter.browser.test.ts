import { afterAll, beforeAll, expect, it } from 'vitest';
import { clean, openGpu } from '../../../test/gpu.browser';
import { normalRows } from '../../../test/rows';
import type { Rows } from '../../analysis/rows';
import type { Gpu } from '../device';
import { addScatter } from './scatter';
import { scatterReference } from './scatter.cpu';

let gpu: Gpu;
beforeAll(async () => void (gpu = await openGpu()));
afterAll(() => gpu.destroy());

function add({ n, d, data }: Rows, out: Float64Array, signal?: AbortSignal) {
  return clean(gpu, async () => {
    const buffer = gpu.upload(new Float32Array(data), 'rows');
    await addScatter(gpu, { n, d, buffer }, out, signal).finally(() => gpu.release(buffer));
  });
}

async function expectLikeReference(n: number, d: number) {
  const rows = normalRows(n, d, n + d);
  const got = new Float64Array(d * d);
  await add(rows, got);
  const expected = scatterReference(rows);
  let worst = 0;
  for (let p = 0; p < d; p++) {
    for (let q = p; q < d; q++) {
      const scale = Math.sqrt(expected[p * d + p] * expected[q * d + q]);
      worst = Math.max(worst, Math.abs(got[p * d + q] - expected[p * d + q]) / (scale + 1e-30));
    }
  }
  expect(worst).toBeLessThan(1e-6);
}

it.each([0, 1, 15, 16, 17, 63, 64, 65, 255, 256, 257, 3000])('of %i rows', (n) => expectLikeReference(n, 5));
it.each([1, 3, 4, 63, 64, 65, 130, 513])('in %i columns', (d) => expectLikeReference(70, d));

it('takes d = 4096, whose tiles need several dispatches and readings', () => expectLikeReference(2, 4096));

it('adds to what is there', async () => {
  const out = Float64Array.of(1, 2, 0, 3);
  await add({ n: 2, d: 2, data: Float32Array.of(1, 2, 3, 4) }, out);
  expect([...out]).toEqual([11, 16, 14, 23]);
});

it('stops when cancelled, leaving no buffer', async () => {
  const sums = add(normalRows(100, 9), new Float64Array(81), AbortSignal.abort());
  await expect(sums).rejects.toMatchObject({ code: 'cancelled' });
});
