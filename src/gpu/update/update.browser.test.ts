import { afterAll, beforeAll, expect, it } from 'vitest';
import { clean, openGpu } from '../../../test/gpu.browser';
import { normalRows } from '../../../test/rows';
import { Random } from '../../analysis/random';
import type { Rows } from '../../analysis/rows';
import { releaseSets, stackSets } from '../centre-sets';
import type { Gpu } from '../device';
import { GpuMatrix } from '../matrix';
import { readBack } from '../readback';
import { submitAll } from '../submit';
import { recordUpdate } from './update';
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

/** Sums and counts of each labelling. */
async function update(rows: Rows, fits: Labelled[], mostRows?: number) {
  const { d } = rows;
  return clean(gpu, async () => {
    const matrix = GpuMatrix.upload(gpu, rows, mostRows);
    const sets = stackSets(
      gpu,
      fits.map(({ k }, slot) => ({ slot, k, centres: new Float64Array(k * d) })),
      d,
    );
    const totals = gpu.storage(sets.total * d * 4, 'sums');
    const counts = gpu.storage(sets.total * 4, 'counts');
    for (const chunk of matrix.chunks) {
      const flat = new Uint32Array(fits.length * chunk.n);
      fits.forEach(({ labels }, s) =>
        flat.set(labels.subarray(chunk.row0, chunk.row0 + chunk.n), s * chunk.n),
      );
      const labels = gpu.upload(flat, 'labels');
      const squared = gpu.storage(4, 'unused');
      const slots = { slots: fits.length, rows: chunk.n, labels, squared };
      const { commands, scratch } = recordUpdate(gpu, chunk, sets, slots, totals, counts);
      await submitAll(gpu, commands);
      gpu.release(labels, squared, ...scratch);
    }
    const [sums, sizes] = await readBack(gpu, [
      { buffer: totals, bytes: sets.total * d * 4 },
      { buffer: counts, bytes: sets.total * 4 },
    ]);
    gpu.release(totals, counts);
    releaseSets(gpu, sets);
    matrix.release();
    let first = 0;
    return fits.map(({ k }) => {
      const from = first;
      first += k;
      return {
        sums: new Float32Array(sums, from * d * 4, k * d),
        counts: new Uint32Array(sizes, from * 4, k),
      };
    });
  });
}

function expectLikeReference(rows: Rows, fit: Labelled, got: { sums: Float32Array; counts: Uint32Array }) {
  const reference = updateReference(rows, fit.labels, fit.k);
  const scale = updateReference({ ...rows, data: rows.data.map(Math.abs) }, fit.labels, fit.k);
  expect([...got.counts]).toEqual([...reference.counts]);
  let wrong = 0;
  reference.sums.forEach((sum, e) => {
    if (Math.abs(got.sums[e] - sum) > 1e-5 * scale.sums[e]) wrong++;
  });
  expect(wrong).toBe(0);
}

it.each([0, 1, 63, 64, 65, 255, 256, 257])('sums %i rows', async (n) => {
  const rows = normalRows(n, 5, 2);
  const fit = randomLabels(n, 7, 3);
  expectLikeReference(rows, fit, (await update(rows, [fit]))[0]);
});

const shapes = [1, 3, 64, 513].flatMap((d) => [1, 2, 31, 33, 300].map((k) => ({ d, k })));
it.each(shapes)('sums in $d dimensions by $k clusters', async ({ d, k }) => {
  const rows = normalRows(700, d, d + k);
  const fit = randomLabels(700, k, 4);
  expectLikeReference(rows, fit, (await update(rows, [fit]))[0]);
});

it('sums several labellings over several chunks, the same bits every time', async () => {
  const rows = normalRows(3000, 70, 5);
  const fits = [randomLabels(3000, 5, 6), randomLabels(3000, 130, 7)];
  const first = await update(rows, fits, 1024);
  fits.forEach((fit, s) => expectLikeReference(rows, fit, first[s]));
  expect(await update(rows, fits, 1024)).toEqual(first);
});

it('works past one dispatch dimension', async () => {
  const n = 65_535 * 64 + 70;
  const data = Float32Array.from({ length: n }, (_, i) => (i % 3) - 1);
  const labels = Uint32Array.from({ length: n }, (_, i) => i % 3);
  const [{ sums, counts }] = await update({ n, d: 1, data }, [{ k: 3, labels }], n);
  expect([...counts]).toEqual([0, 1, 2].map((r) => Math.ceil((n - r) / 3)));
  expect([...sums]).toEqual([-counts[0], 0, counts[2]]);
});

it('takes d = 4096 and k = 1024, whose sums need two dimensions of workgroups to add up', async () => {
  const rows = normalRows(64, 4096, 8);
  const fits = [0, 1, 2, 3, 4].map((s) => randomLabels(64, 1024, s));
  const got = await update(rows, fits);
  fits.forEach((fit, s) => expectLikeReference(rows, fit, got[s]));
});
