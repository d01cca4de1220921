import { afterAll, beforeAll, expect, it } from 'vitest';
import { clean, openGpu } from '../../../test/gpu.browser';
import { run, type TestRows } from '../../../test/kmeans-gpu.browser';
import { normalRows } from '../../../test/rows';
import { Random } from '../../analysis/random';
import { CentreStore } from '../centre-store';
import type { Gpu } from '../device';
import { GpuMatrix } from '../matrix';
import { MOST_WORKGROUPS } from '../ranges';
import { readBack } from '../readback';
import { prepareUpdate } from './update';
import { updateReference } from './update.cpu';

let gpu: Gpu;
beforeAll(async () => void (gpu = await openGpu()));
afterAll(() => gpu.destroy());

interface Labelled {
  k: number;
  labels: Uint32Array<ArrayBuffer>;
}

function randomLabels(n: number, k: number, seed: number): Labelled {
  const random = new Random(seed);
  return { k, labels: Uint32Array.from({ length: n }, () => random.below(k)) };
}

/** Sums and counts of each labelling; of labellings whose state is not 0 the ones before, which are 0. */
function update(rows: TestRows, fits: Labelled[], mostRows?: number, states: number[] = fits.map(() => 0)) {
  const { d } = rows;
  return clean(gpu, async () => {
    const matrix = GpuMatrix.upload(gpu, rows, mostRows);
    const store = new CentreStore(
      gpu,
      fits.map(({ k }) => k),
      d,
    );
    const totals = gpu.storage(store.rows * d * 4, 'sums');
    const counts = gpu.storage(store.rows * 4, 'counts');
    const going = gpu.upload(Uint32Array.from(states.flatMap((state) => [state, 0, 0, 1])), 'states');
    const labels = matrix.chunks.map((chunk) => {
      const flat = new Uint32Array(fits.length * chunk.n);
      fits.forEach((fit, s) => flat.set(fit.labels.subarray(chunk.row0, chunk.row0 + chunk.n), s * chunk.n));
      return { slots: fits.length, rows: chunk.n, labels: gpu.upload(flat, 'labels') };
    });
    await run(gpu, prepareUpdate(gpu, matrix, store.sets, labels, { totals, counts, states: going }));
    const [sums, sizes] = await readBack(gpu, [
      { buffer: totals, bytes: store.rows * d * 4 },
      { buffer: counts, bytes: store.rows * 4 },
    ]);
    gpu.release(totals, counts, going, ...labels.map((one) => one.labels));
    const found = store.sets.map(({ first, k }) => ({
      sums: new Float32Array(sums, first * d * 4, k * d),
      counts: new Uint32Array(sizes, first * 4, k),
    }));
    store.release();
    matrix.release();
    return found;
  });
}

function expectLikeReference(
  rows: TestRows,
  fit: Labelled,
  got: { sums: Float32Array; counts: Uint32Array },
) {
  const reference = updateReference(rows, fit.labels, fit.k);
  const scale = updateReference({ ...rows, data: rows.data.map(Math.abs) }, fit.labels, fit.k);
  expect([...got.counts]).toEqual([...reference.counts]);
  let wrong = 0;
  reference.sums.forEach((sum, e) => {
    if (!(Math.abs(got.sums[e] - sum) <= 1e-5 * scale.sums[e])) wrong++;
  });
  expect(wrong).toBe(0);
}

it.each([1, 63, 64, 65, 255, 256, 257])('sums %i rows', async (n) => {
  const rows = normalRows(n, 5, 2);
  const fit = randomLabels(n, 7, 3);
  expectLikeReference(rows, fit, (await update(rows, [fit]))[0]);
});

it('has nothing to sum without rows', async () => {
  const rows = normalRows(0, 5, 2);
  const [{ counts }] = await update(rows, [randomLabels(0, 7, 3)]);
  expect([...counts]).toEqual(new Array(7).fill(0));
});

const shapes = [1, 3, 64, 513].flatMap((d) => [1, 2, 31, 33, 300].map((k) => ({ d, k })));
it.each(shapes)('sums in $d dimensions by $k clusters', async ({ d, k }) => {
  const rows = normalRows(700, d, d + k);
  const fit = randomLabels(700, k, 4);
  expectLikeReference(rows, fit, (await update(rows, [fit]))[0]);
});

it.each([
  { name: 'two', ks: [5, 130] },
  { name: 'a whole sweep', ks: [2, 3, 4, 5, 6, 7, 8, 9, 30, 30, 250, 1] },
])('sums $name labellings over several chunks, the same bits every time', async ({ ks }) => {
  const rows = normalRows(3000, 70, 5);
  const fits = ks.map((k, s) => randomLabels(3000, k, 6 + s));
  const first = await update(rows, fits, 1024);
  fits.forEach((fit, s) => expectLikeReference(rows, fit, first[s]));
  expect(await update(rows, fits, 1024)).toEqual(first);
});

it('gives a labelling the same bits alone and among others', async () => {
  const rows = normalRows(2000, 20, 5);
  const fits = [3, 17].map((k) => randomLabels(2000, k, k));
  const together = await update(rows, fits);
  for (const [s, fit] of fits.entries()) expect(await update(rows, [fit])).toEqual([together[s]]);
});

it('leaves labellings alone that are not going', async () => {
  const rows = normalRows(100, 6, 2);
  const fits = [4, 5, 6].map((k) => randomLabels(100, k, k));
  const found = await update(rows, fits, undefined, [3, 0, 1]);
  expectLikeReference(rows, fits[1], found[1]);
  for (const s of [0, 2]) {
    expect(found[s].counts.every((count) => count === 0)).toBe(true);
    expect(found[s].sums.every((sum) => sum === 0)).toBe(true);
  }
});

it('works past one dispatch dimension', async () => {
  const rows = normalRows(2000, 3, 4);
  const fit = randomLabels(2000, 3, 4);
  gpu.ceilings.workgroups = 5;
  const [found] = await update(rows, [fit]);
  gpu.ceilings.workgroups = MOST_WORKGROUPS;
  expectLikeReference(rows, fit, found);
});

it('takes d = 4096 and k = 1024', async () => {
  const rows = normalRows(64, 4096, 8);
  const fits = [0, 1].map((s) => randomLabels(64, 1024, s));
  const got = await update(rows, fits);
  fits.forEach((fit, s) => expectLikeReference(rows, fit, got[s]));
});
