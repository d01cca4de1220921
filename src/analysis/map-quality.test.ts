import { expect, it } from 'vitest';
import golden from '../../test/golden/maps.json';
import { goldenRows } from '../../test/golden-rows';
import { plainProducts } from '../../test/plain-products';
import { normalRows } from '../../test/rows';
import { CpuProducts } from './cpu/cpu-products';
import { judgeMap } from './map-quality';
import { residentSource } from './row-source';
import { columnMeans, type Rows } from './rows';

const none = (): void => undefined;
const judge = (rows: Rows, coords: Float32Array, how: { k?: number; sample?: number } = {}) =>
  judgeMap(
    {
      source: residentSource(rows),
      products: new CpuProducts(),
      mean: columnMeans(rows),
      coords,
      dims: 2,
      seed: 1,
      ...how,
    },
    none,
  );

const { blobs } = golden;
const layout = Float32Array.from(blobs.layout.flat());

it.each(Object.entries(blobs.trustworthiness))(
  'is the trustworthiness of scikit-learn for %s neighbours',
  async (k, expected) => {
    const found = (await judge(goldenRows(blobs), layout, { k: Number(k) }))!;
    expect(found).toMatchObject({ k: Number(k), sample: 150 });
    expect(found.trustworthiness).toBeCloseTo(expected, 4);
  },
);

it('is about the same from a sample, and says of how many', async () => {
  const all = (await judge(goldenRows(blobs), layout))!;
  const some = (await judge(goldenRows(blobs), layout, { sample: 60 }))!;
  expect(some.sample).toBe(60);
  expect(some.trustworthiness).toBeCloseTo(all.trustworthiness, 1);
  expect(Math.abs(some.recall - all.recall)).toBeLessThan(0.1);
});

it('is 1 where the map is the vectors themselves', async () => {
  const rows = normalRows(200, 2, 9);
  const found = await judge(rows, rows.data);
  expect(found).toMatchObject({ trustworthiness: 1, recall: 1, sample: 200 });
});

it('has nothing to say of a few rows', async () => {
  for (const n of [0, 1, 2]) expect(await judge(normalRows(n, 3), new Float32Array(2 * n))).toBeNull();
  expect(await judge(normalRows(4, 2, 3), normalRows(4, 2, 3).data)).toMatchObject({ k: 1, recall: 1 });
});

it('stops when cancelled', async () => {
  const rows = normalRows(50, 3);
  const map = {
    source: residentSource(rows),
    products: plainProducts,
    mean: columnMeans(rows),
    dims: 2,
    seed: 1,
  };
  const judged = judgeMap({ ...map, coords: new Float32Array(100) }, none, AbortSignal.abort());
  await expect(judged).rejects.toMatchObject({ code: 'cancelled' });
});
