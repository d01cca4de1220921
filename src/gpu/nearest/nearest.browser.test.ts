import { afterAll, beforeAll, expect, it } from 'vitest';
import { clean, openGpu } from '../../../test/gpu.browser';
import { normalRows } from '../../../test/rows';
import type { Rows } from '../../analysis/rows';
import type { Metric } from '../../domain/search';
import type { Gpu } from '../device';
import { GpuMatrix } from '../matrix';
import { queryDistances, releaseQueries, uploadQueries } from './nearest';
import { queryDistancesReference } from './nearest.cpu';

let gpu: Gpu;
beforeAll(async () => void (gpu = await openGpu()));
afterAll(() => gpu.destroy());

function run(rows: Rows, queries: Rows, metric: Metric, mostRows?: number): Promise<Float32Array> {
  return clean(gpu, async () => {
    const matrix = GpuMatrix.upload(gpu, rows, mostRows);
    const uploaded = uploadQueries(gpu, queries.data, queries.n, metric);
    const out = new Float32Array(queries.n * rows.n);
    for (const chunk of matrix.chunks) {
      const part = await queryDistances(gpu, chunk, uploaded);
      for (let q = 0; q < queries.n; q++)
        out.set(part.subarray(q * chunk.n, (q + 1) * chunk.n), q * rows.n + chunk.row0);
    }
    releaseQueries(gpu, uploaded);
    matrix.release();
    return out;
  });
}

async function expectLikeReference(rows: Rows, queries: Rows, metric: Metric, mostRows?: number) {
  const got = await run(rows, queries, metric, mostRows);
  const expected = queryDistancesReference(rows, queries, metric);
  expect(got.length).toBe(expected.length);
  const bound = (rows.d / 16 + 20) * 2 ** -24;
  let worst = 0;
  expected.forEach((value, i) => {
    const allowed = metric === 'euclidean' ? bound * value : 4 * bound;
    worst = Math.max(worst, Math.abs(got[i] - value) - allowed);
  });
  expect(worst).toBeLessThanOrEqual(0);
}

it.each([0, 1, 63, 64, 65, 255, 256, 257])('measures %i rows', async (n) => {
  await expectLikeReference(normalRows(n, 5, 2), normalRows(3, 5, 9), 'euclidean');
  await expectLikeReference(normalRows(n, 5, 2), normalRows(3, 5, 9), 'cosine');
});

it.each([1, 4, 5, 8, 16])('measures to %i queries', async (q) => {
  await expectLikeReference(normalRows(130, 33, 2), normalRows(q, 33, 9), 'euclidean');
  await expectLikeReference(normalRows(130, 33, 2), normalRows(q, 33, 9), 'cosine');
});

it.each([1, 15, 16, 17, 512, 2048, 3072])('measures in %i dimensions', async (d) => {
  await expectLikeReference(normalRows(70, d, d, 1, 3), normalRows(2, d, 9, 1, 3), 'euclidean');
  await expectLikeReference(normalRows(70, d, d, 1, 3), normalRows(2, d, 9, 1, 3), 'cosine');
});

it('goes over several chunks and past one dispatch, the same bits every time', async () => {
  const rows = normalRows(2300, 40, 4);
  const queries = normalRows(2, 40, 5);
  const whole = await run(rows, queries, 'euclidean');
  gpu.ceilings.workgroups = 3;
  try {
    await expectLikeReference(rows, queries, 'euclidean', 700);
    expect(await run(rows, queries, 'euclidean', 700)).toEqual(whole);
  } finally {
    gpu.ceilings.workgroups = 65_535;
  }
});

it('finds equal rows at exactly 0, and rows of zeros at a cosine distance of 1', async () => {
  const rows = normalRows(66, 20, 5);
  rows.data.fill(0, 40, 60);
  const queries = { n: 2, d: 20, data: rows.data.slice(20, 60) };
  const apart = await run(rows, queries, 'euclidean');
  expect(apart[1]).toBe(0);
  expect(apart[66 + 2]).toBe(0);
  const angles = await run(rows, queries, 'cosine');
  expect(angles[2]).toBe(1);
  expect([...angles.subarray(66)]).toEqual(Array<number>(66).fill(1));
});

it('refuses no query, more than sixteen, and a part of one', () => {
  const numbers = new Float32Array(34);
  for (const q of [0, 17, 3]) expect(() => uploadQueries(gpu, numbers, q, 'euclidean')).toThrow(RangeError);
});

it('stops when cancelled, leaving no buffer', async () => {
  await clean(gpu, async () => {
    const matrix = GpuMatrix.upload(gpu, normalRows(100, 10));
    const queries = uploadQueries(gpu, new Float32Array(10), 1, 'euclidean');
    const asked = queryDistances(gpu, matrix.chunks[0], queries, AbortSignal.abort());
    await expect(asked).rejects.toMatchObject({ code: 'cancelled' });
    releaseQueries(gpu, queries);
    matrix.release();
  });
});
