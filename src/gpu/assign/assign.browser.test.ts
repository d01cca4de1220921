import { afterAll, beforeAll, expect, it } from 'vitest';
import { openGpu } from '../../../test/gpu.browser';
import { assignOnce, type AssignOptions, type TestRows } from '../../../test/kmeans-gpu.browser';
import { normalRows } from '../../../test/rows';
import { CentreStore } from '../centre-store';
import type { Gpu } from '../device';
import { MOST_WORKGROUPS, rowRanges } from '../ranges';
import { makeLabels } from './assign';
import { assignReference } from './assign.cpu';
import { planAssign } from './plan';

let gpu: Gpu;
beforeAll(async () => void (gpu = await openGpu()));
afterAll(() => gpu.destroy());

function centresOf(k: number, d: number, seed: number): Float64Array {
  return Float64Array.from(normalRows(k, d, seed).data);
}

/** Same labels, except where f64 finds the two centres within 1e-5 of each other; distances within 1e-5. */
function expectLikeReference(
  rows: TestRows,
  centres: Float64Array,
  labels: Uint32Array,
  squared: Float32Array,
) {
  const reference = assignReference(rows, centres);
  const wrong: string[] = [];
  for (let i = 0; i < rows.n; i++) {
    const best = reference.squared[i];
    if (Math.abs(squared[i] - best) > 1e-5 * best + 1e-10) wrong.push(`${i}: ${squared[i]} for ${best}`);
    if (labels[i] === reference.labels[i]) continue;
    const own = centres.subarray(labels[i] * rows.d, (labels[i] + 1) * rows.d);
    const row = rows.data.slice(i * rows.d, (i + 1) * rows.d);
    const distance = assignReference({ n: 1, d: rows.d, data: row }, own).squared[0];
    if (!(distance <= best * (1 + 1e-5) + 1e-10)) wrong.push(`${i}: centre ${labels[i]} is no tie`);
  }
  expect(wrong).toEqual([]);
}

async function expectAssigned(rows: TestRows, fits: Float64Array[], options?: AssignOptions) {
  const { labels, squared, changed } = await assignOnce(gpu, rows, fits, options);
  fits.forEach((centres, f) => expectLikeReference(rows, centres, labels[f], squared[f]));
  expect(changed).toEqual(fits.map(() => rows.n));
}

const counts = [0, 1, 63, 64, 65, 127, 128, 129, 255, 256, 257];
it.each(counts)('assigns %i rows', (n) => expectAssigned(normalRows(n, 5, 2), [centresOf(7, 5, 3)]));

const shapes = [1, 3, 16, 17, 64, 513].flatMap((d) => [1, 2, 31, 33, 300].map((k) => ({ d, k })));
it.each(shapes)('assigns in $d dimensions to $k centres', ({ d, k }) =>
  expectAssigned(normalRows(130, d, d + k), [centresOf(k, d, 9)]),
);

it('splits large work into several dispatches', async () => {
  const fits = [centresOf(600, 300, 16)];
  const { rows, width } = planAssign([{ slot: 0, first: 0, k: 600 }]);
  expect(rowRanges(1000, rows, (width + 16) * 300, gpu.dispatchWork).length).toBeGreaterThan(1);
  await expectAssigned(normalRows(1000, 300, 15), fits);
});

it('takes d = 4096 and k = 1024', () => expectAssigned(normalRows(65, 4096, 4), [centresOf(1024, 4096, 5)]));

it.each([
  { name: 'few centres', ks: [3, 13, 1] },
  { name: 'more than one tile', ks: [3, 40, 1, 30] },
  { name: 'a whole sweep, restarts included', ks: [2, 3, 4, 5, 6, 7, 8, 9, 30, 30].flatMap((k) => [k, k]) },
])('advances several fits at once: $name', ({ ks }) =>
  expectAssigned(
    normalRows(200, 20, 6),
    ks.map((k, f) => centresOf(k, 20, 7 + f)),
  ),
);

it('works over several chunks', () =>
  expectAssigned(normalRows(300, 9, 12), [centresOf(6, 9, 13), centresOf(11, 9, 14)], { mostRows: 128 }));

it('assigns more rows than one dispatch dimension holds', async () => {
  gpu.ceilings.workgroups = 3;
  await expectAssigned(normalRows(3 * 128 * 2 + 70, 1, 8), [centresOf(2, 1, 3)]);
  gpu.ceilings.workgroups = MOST_WORKGROUPS;
});

it('leaves fits alone that are not going', async () => {
  const rows = normalRows(100, 6, 2);
  const fits = [4, 5, 40].map((k) => centresOf(k, 6, k));
  const { labels, squared, changed } = await assignOnce(gpu, rows, fits, { states: [1, 0, 2] });
  expect(changed).toEqual([0, 100, 0]);
  expectLikeReference(rows, fits[1], labels[1], squared[1]);
  expect(labels[0]).toEqual(new Uint32Array(100).fill(0xffffffff));
  expect(labels[2]).toEqual(labels[0]);
});

it('gives ties to the lowest index', async () => {
  const rows = normalRows(100, 33, 10);
  const one = centresOf(40, 33, 11);
  const centres = new Float64Array(80 * 33);
  centres.set(one);
  centres.set(one, 40 * 33);
  const { labels } = await assignOnce(gpu, rows, [centres, one]);
  expect(labels[0]).toEqual(assignReference(rows, centres).labels);
  expect(labels[1]).toEqual(labels[0]);
});

it('tells centres apart that the expanded square cannot', async () => {
  // Two centres at 1000 and 1000.25 in each column: |c|^2 - 2 x.c is about 1e8, its f32 steps 8.
  const d = 100;
  const rows = { n: 64, d, data: Float32Array.from({ length: 64 * d }, (_, p) => 1000.1 + 0.001 * (p % 7)) };
  const centres = Float64Array.from({ length: 2 * d }, (_, p) => (p < d ? 1000.25 : 1000));
  const { labels, squared } = await assignOnce(gpu, rows, [centres]);
  expect(labels[0]).toEqual(new Uint32Array(64).fill(1));
  expectLikeReference(rows, centres, labels[0], squared[0]);
});

it('gives the same bits every time, doubtful rows included', async () => {
  const rows = normalRows(257, 12, 3, 1, 300);
  const fits = [30, 31].map((k) => Float64Array.from(normalRows(k, 12, k, 1, 300).data));
  const first = await assignOnce(gpu, rows, fits);
  fits.forEach((centres, f) => expectLikeReference(rows, centres, first.labels[f], first.squared[f]));
  expect(await assignOnce(gpu, rows, fits)).toEqual(first);
});

it.each([1, 5, 64, 513])('reads rows in 16 bits, d = %i, with the labels of f32', async (d) => {
  const rows = normalRows(300, d, 21);
  const fits = [3, 30].map((k) => centresOf(k, d, k));
  await expectAssigned(rows, fits, { half: true });
});

it('reads rows in 16 bits that are far outside their range', async () => {
  for (const size of [1e-12, 1e12]) {
    const rows = normalRows(100, 9, 22, size);
    const centres = Float64Array.from(normalRows(8, 9, 23, size).data);
    const full = await assignOnce(gpu, rows, [centres]);
    expect((await assignOnce(gpu, rows, [centres], { half: true })).labels).toEqual(full.labels);
  }
});

it('refuses centres of the wrong length and labels past one binding', () => {
  const store = new CentreStore(gpu, [2], 3);
  expect(() => store.write(0, new Float64Array(5))).toThrow(RangeError);
  store.release();
  expect(() => makeLabels(gpu, 1024, 2 ** 20)).toThrow(RangeError);
});
