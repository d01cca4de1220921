import { afterAll, beforeAll, expect, it } from 'vitest';
import { clean, openGpu } from '../../../test/gpu.browser';
import { blobs, normalRows } from '../../../test/rows';
import { exactPlan, listPlan, NOBODY } from '../../analysis/knn-search';
import type { Gpu } from '../device';
import { gpuKnn } from './knn';
import { neighboursReference, type NeighbourTask } from './knn.cpu';

let gpu: Gpu;
beforeAll(async () => void (gpu = await openGpu()));
afterAll(() => gpu.destroy());

const all = (n: number): Uint32Array => Uint32Array.from({ length: n }, (_, i) => i);
const none = (): void => undefined;

async function expectLikeReference(task: NeighbourTask, on = gpu): Promise<void> {
  const found = await clean(on, () => gpuKnn(on, task, none));
  const expected = neighboursReference(task);
  expect(found.squared.length).toBe(expected.squared.length);
  let off = 0;
  let others = 0;
  expected.squared.forEach((squared, p) => {
    if (squared === Infinity) expect([found.squared[p], found.rows[p]]).toEqual([Infinity, NOBODY]);
    else off = Math.max(off, Math.abs(found.squared[p] - squared) / (squared || 1));
    if (found.rows[p] !== expected.rows[p]) others++;
  });
  expect(off).toBeLessThan(2e-6);
  expect(others).toBeLessThanOrEqual(0.001 * expected.rows.length);
}

const task = (n: number, d: number, k: number): NeighbourTask => {
  const rows = normalRows(n, d, n + d);
  return { rows, queries: rows, self: all(n), k, plan: exactPlan(n, n) };
};

it.each([0, 1, 2, 31, 32, 33, 63, 64, 65, 255, 256, 257])('%i rows', (n) =>
  expectLikeReference(task(n, 5, 3)),
);
it.each([1, 15, 16, 17, 50, 513])('in %i dimensions', (d) => expectLikeReference(task(70, d, 4)));
it.each([1, 2, 18, 94])('%i neighbours', (k) => expectLikeReference(task(100, 3, k)));

it('other queries than the rows, fewer rows than neighbours', async () => {
  const [rows, queries] = [normalRows(5, 7, 1), normalRows(66, 7, 2)];
  const self = new Uint32Array(66).fill(NOBODY);
  await expectLikeReference({ rows, queries, self, k: 8, plan: exactPlan(66, 5) });
});

it('looks at the lists of a plan only', async () => {
  const rows = blobs(300, 4, 3, 5);
  const starts = Uint32Array.of(0, 70, 70, 231, 300);
  const probes = Uint32Array.of(0, 2, 1, 0, 2, 1, 3, 0);
  await expectLikeReference({ rows, queries: rows, self: all(300), k: 6, plan: listPlan(starts, probes, 2) });
});

it('finds equal rows at exactly 0', async () => {
  const rows = normalRows(80, 12, 3);
  rows.data.copyWithin(12 * 50, 12 * 3, 12 * 4);
  const found = await gpuKnn(
    gpu,
    { rows, queries: rows, self: all(80), k: 1, plan: exactPlan(80, 80) },
    none,
  );
  expect([found.rows[3], found.squared[3], found.rows[50], found.squared[50]]).toEqual([50, 0, 3, 0]);
});

it('works past one dispatch dimension, in several dispatches', async () => {
  const narrow = await openGpu();
  narrow.ceilings.workgroups = 2;
  await expectLikeReference(task(5 * 64 + 7, 3, 5), narrow).finally(() => narrow.destroy());
});

it('stops when cancelled, leaving no buffer', async () => {
  const stopped = clean(gpu, () => gpuKnn(gpu, task(70, 3, 2), none, AbortSignal.abort()));
  await expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
});
