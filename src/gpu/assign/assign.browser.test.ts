import { afterAll, beforeAll, expect, it } from 'vitest';
import { clean, openGpu } from '../../../test/gpu.browser';
import { normalRows } from '../../../test/rows';
import type { Rows } from '../../analysis/rows';
import { releaseSets, stackSets, type CentreSet } from '../centre-sets';
import type { Gpu } from '../device';
import { GpuMatrix } from '../matrix';
import { rowRanges } from '../ranges';
import { readBack } from '../readback';
import { submitAll } from '../submit';
import { makeLabels, recordAssign, releaseLabels } from './assign';
import { assignReference } from './assign.cpu';

let gpu: Gpu;
beforeAll(async () => void (gpu = await openGpu()));
afterAll(() => gpu.destroy());

/** Labels and squared distances (slots x n) and changes of one assignment. */
async function assign(rows: Rows, sets: CentreSet[], mostRows?: number) {
  return clean(gpu, async () => {
    const matrix = GpuMatrix.upload(gpu, rows, mostRows);
    const stacked = stackSets(gpu, sets, rows.d);
    const changed = gpu.storage(sets.length * 4, 'changed');
    const labels = sets.map(() => new Uint32Array(rows.n));
    const squared = sets.map(() => new Float32Array(rows.n));
    for (const chunk of matrix.chunks) {
      const out = makeLabels(gpu, sets.length, chunk.n);
      const { commands, scratch } = recordAssign(gpu, chunk, stacked, out, changed);
      await submitAll(gpu, commands);
      const bytes = sets.length * chunk.n * 4;
      const [l, s] = await readBack(gpu, [
        { buffer: out.labels, bytes },
        { buffer: out.squared, bytes },
      ]);
      sets.forEach(({ slot }, i) => {
        labels[i].set(new Uint32Array(l, slot * chunk.n * 4, chunk.n), chunk.row0);
        squared[i].set(new Float32Array(s, slot * chunk.n * 4, chunk.n), chunk.row0);
      });
      gpu.release(...scratch);
      releaseLabels(gpu, out);
    }
    const [moved] = await readBack(gpu, [{ buffer: changed, bytes: sets.length * 4 }]);
    gpu.release(changed);
    releaseSets(gpu, stacked);
    matrix.release();
    return { labels, squared, changed: new Uint32Array(moved) };
  });
}

function set(k: number, d: number, seed: number, slot = 0): CentreSet {
  return { slot, k, centres: Float64Array.from(normalRows(k, d, seed).data) };
}

/** Same labels, except where f64 finds the two centres within 1e-5 of each other; distances within 1e-5. */
function expectLikeReference(rows: Rows, centres: Float64Array, labels: Uint32Array, squared: Float32Array) {
  const reference = assignReference(rows, centres);
  const wrong: string[] = [];
  for (let i = 0; i < rows.n; i++) {
    const best = reference.squared[i];
    if (Math.abs(squared[i] - best) > 1e-5 * best + 1e-10) wrong.push(`${i}: ${squared[i]} for ${best}`);
    if (labels[i] === reference.labels[i]) continue;
    const own = centres.subarray(labels[i] * rows.d, (labels[i] + 1) * rows.d);
    const distance = assignReference(
      { n: 1, d: rows.d, data: rows.data.slice(i * rows.d, (i + 1) * rows.d) },
      own,
    );
    if (distance.squared[0] > best * (1 + 1e-5) + 1e-10) wrong.push(`${i}: centre ${labels[i]} is no tie`);
  }
  expect(wrong).toEqual([]);
}

const counts = [0, 1, 63, 64, 65, 255, 256, 257];
it.each(counts)('assigns %i rows', async (n) => {
  const rows = normalRows(n, 5, 2);
  const sets = [set(7, 5, 3)];
  const { labels, squared, changed } = await assign(rows, sets);
  expectLikeReference(rows, sets[0].centres, labels[0], squared[0]);
  expect([...changed]).toEqual([n]);
});

const shapes = [1, 3, 64, 513].flatMap((d) => [1, 2, 31, 33, 300].map((k) => ({ d, k })));
it.each(shapes)('assigns in $d dimensions to $k centres', async ({ d, k }) => {
  const rows = normalRows(130, d, d + k);
  const sets = [set(k, d, 9)];
  const { labels, squared } = await assign(rows, sets);
  expectLikeReference(rows, sets[0].centres, labels[0], squared[0]);
});

it('splits large work into several dispatches', async () => {
  const rows = normalRows(1000, 300, 15);
  const sets = [set(600, 300, 16)];
  expect(rowRanges(1000, 64, 608 * 300, gpu.dispatchWork).length).toBeGreaterThan(1);
  const { labels, squared, changed } = await assign(rows, sets);
  expectLikeReference(rows, sets[0].centres, labels[0], squared[0]);
  expect([...changed]).toEqual([1000]);
});

it('takes d = 4096 and k = 1024', async () => {
  const rows = normalRows(65, 4096, 4);
  const sets = [set(1024, 4096, 5)];
  const { labels, squared } = await assign(rows, sets);
  expectLikeReference(rows, sets[0].centres, labels[0], squared[0]);
});

it('advances several sets of centres at once, each in its slot', async () => {
  const rows = normalRows(200, 20, 6);
  const sets = [set(3, 20, 7, 2), set(40, 20, 8, 0), set(1, 20, 9, 1)];
  const { labels, squared, changed } = await assign(rows, sets);
  sets.forEach(({ centres }, s) => expectLikeReference(rows, centres, labels[s], squared[s]));
  expect([...changed]).toEqual([200, 200, 200]);
});

it('gives ties to the lowest index', async () => {
  const rows = normalRows(100, 33, 10);
  const one = set(40, 33, 11);
  const centres = new Float64Array(80 * 33);
  centres.set(one.centres);
  centres.set(one.centres, 40 * 33);
  const { labels } = await assign(rows, [{ slot: 0, k: 80, centres }]);
  expect(Math.max(...labels[0])).toBeLessThan(40);
  expect(labels[0]).toEqual(assignReference(rows, centres).labels);
});

it('tells centres apart that the expanded square cannot', async () => {
  // Two centres at 1000 and 1000.25 in each column: |c|^2 - 2 x.c is about 1e8, its f32 steps 8.
  const d = 100;
  const rows = { n: 64, d, data: Float32Array.from({ length: 64 * d }, (_, p) => 1000.1 + 0.001 * (p % 7)) };
  const centres = Float64Array.from({ length: 2 * d }, (_, p) => (p < d ? 1000.25 : 1000));
  const { labels, squared } = await assign(rows, [{ slot: 0, k: 2, centres }]);
  expect(labels[0]).toEqual(new Uint32Array(64).fill(1));
  expectLikeReference(rows, centres, labels[0], squared[0]);
});

it('works over several chunks', async () => {
  const rows = normalRows(300, 9, 12);
  const sets = [set(6, 9, 13), set(11, 9, 14, 1)];
  const { labels, squared, changed } = await assign(rows, sets, 128);
  sets.forEach(({ centres }, s) => expectLikeReference(rows, centres, labels[s], squared[s]));
  expect([...changed]).toEqual([300, 300]);
});

it('refuses centres of the wrong length and labels of another chunk', () => {
  expect(() => stackSets(gpu, [{ slot: 0, k: 2, centres: new Float64Array(5) }], 3)).toThrow(RangeError);
  expect(() => makeLabels(gpu, 1024, 2 ** 20)).toThrow(RangeError);
});

it('assigns more rows than one dispatch dimension holds', { timeout: 400_000 }, async () => {
  const n = 65_535 * 64 + 70;
  const rows: Rows = { n, d: 1, data: Float32Array.from({ length: n }, (_, i) => (i % 1001) - 500) };
  const sets = [set(1, 1, 3)];
  const { labels, squared, changed } = await assign(rows, sets);
  expectLikeReference(rows, sets[0].centres, labels[0], squared[0]);
  expect([...changed]).toEqual([n]);
});
