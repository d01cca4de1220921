import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clean, openGpu } from '../../test/gpu.browser';
import { normalRows } from '../../test/rows';
import type { Gpu } from '../gpu/device';
import { GpuMatrix } from '../gpu/matrix';
import { MOST_WORKGROUPS } from '../gpu/ranges';
import { NO_GROUP, type Groups, type Task } from './engine';
import { GpuGroupFits } from './gpu-groups';
import { GroupFitsReference } from './group-reference';
import { groupRows, rowsOf } from './group-rows';
import { Random } from './random';
import type { Rows } from './rows';

let gpu: Gpu;
beforeAll(async () => void (gpu = await openGpu()));
afterAll(() => gpu.destroy());

interface Case {
  rows: Rows;
  groups: Groups;
  ks: number[];
  mostRows?: number;
  mostBytes?: number;
  rounds?: number;
}

function someCentres(ks: number[], d: number, seed: number): Task[] {
  return ks.map((k, slot) => ({ slot, centres: Float64Array.from(normalRows(k, d, seed + slot).data) }));
}

/** Two steps, the second without every third group, each with an assignment: as the reference's, within the tolerances. */
async function expectLikeReference({
  rows,
  groups,
  ks,
  mostRows,
  mostBytes,
  rounds = 2,
}: Case): Promise<void> {
  await clean(gpu, async () => {
    const { d, data } = rows;
    const matrix = GpuMatrix.upload(gpu, rows, mostRows);
    const fits = new GpuGroupFits(gpu, matrix, groups, ks, mostBytes);
    const reference = new GroupFitsReference(rows, groups);
    const sorted = groupRows(groups);
    const wrong: string[] = [];
    for (const seed of [1, 1000].slice(0, rounds)) {
      const tasks = someCentres(ks, d, seed).filter(({ slot }) => seed === 1 || slot % 3 !== 2);
      const steps = await fits.step(tasks);
      const expected = await reference.step(tasks);
      const { labels, squared } = await fits.assign(tasks);
      const exact = await reference.assign(tasks);
      tasks.forEach(({ slot, centres }, place) => {
        const rowsOfGroup = rowsOf(sorted, slot);
        const k = ks[slot];
        const absolute = new Float64Array(k * d);
        for (const row of rowsOfGroup) {
          if (labels[row] !== exact.labels[row]) {
            const gap = Array.from({ length: d }, (_, t) => data[row * d + t] - centres[labels[row] * d + t]);
            const distance = gap.reduce((sum, g) => sum + g * g, 0);
            if (distance > exact.squared[row] * (1 + 1e-5)) wrong.push(`row ${row}: no tie`);
          }
          if (!(Math.abs(squared[row] - exact.squared[row]) <= 1e-5 * exact.squared[row] + 1e-10))
            wrong.push(`row ${row}: ${squared[row]} for ${exact.squared[row]}`);
          for (let t = 0; t < d; t++) absolute[labels[row] * d + t] += Math.abs(data[row * d + t]);
        }
        const { sums, counts, changed } = steps[place];
        if (counts.some((count, c) => count !== expected[place].counts[c]))
          wrong.push(`group ${slot}: counts`);
        if (changed !== expected[place].changed) wrong.push(`group ${slot}: ${changed} changes`);
        for (let p = 0; p < k * d; p++)
          if (!(Math.abs(sums[p] - expected[place].sums[p]) <= 1e-5 * absolute[p]))
            wrong.push(`group ${slot}: sum ${sums[p]} for ${expected[place].sums[p]}`);
      });
      const members = new Set(tasks.flatMap(({ slot }) => [...rowsOf(sorted, slot)]));
      labels.forEach((label, row) => {
        if (!members.has(row) && (label !== 0 || squared[row] !== 0)) wrong.push(`row ${row}: not asked for`);
      });
    }
    fits.close();
    matrix.release();
    expect(wrong).toEqual([]);
  });
}

/** Rows dealt to groups of about equal size, and some to none. */
function someGroups(n: number, count: number): Groups {
  const random = new Random(n, count);
  const of = Uint32Array.from({ length: n }, () => {
    const g = random.below(count + 1);
    return g < count ? g : NO_GROUP;
  });
  return { count, of };
}

describe('fits in groups', () => {
  it.each([1, 63, 64, 65, 127, 128, 129, 255, 256, 257, 600])('of %i rows', async (n) => {
    const groups = { count: 1, of: new Uint32Array(n) };
    await expectLikeReference({ rows: normalRows(n, 5, n), groups, ks: [3] });
  });

  const shapes = [
    ...[1, 3, 16, 17, 65, 513, 4096].map((d) => ({ d, k: 4 })),
    ...[1, 2, 31, 32, 33, 64, 65, 130].map((k) => ({ d: 6, k })),
  ];
  it.each(shapes)('in $d columns, $k clusters', async ({ d, k }) => {
    const groups = someGroups(150, 2);
    await expectLikeReference({ rows: normalRows(150, d, d + k), groups, ks: [k, 2] });
  });

  it('of different sizes over several chunks, some without rows', async () => {
    const groups = someGroups(1500, 9);
    groups.of.forEach((g, i) => (groups.of[i] = g === 4 ? 0 : g));
    const ks = [5, 1, 2, 9, 3, 2, 40, 7, 1];
    await expectLikeReference({ rows: normalRows(1500, 9, 3), groups, ks, mostRows: 512 });
  });

  it('that take turns where their centres do not fit together', async () => {
    const ks = [5, 9, 2, 9, 3];
    const rows = normalRows(700, 8, 4);
    await expectLikeReference({ rows, groups: someGroups(700, 5), ks, mostBytes: 12 * 8 * 4 });
  });

  it('of thousands of groups, some of one row', async () => {
    const of = Uint32Array.from({ length: 5000 }, (_, i) => (i < 4096 ? i : i % 7));
    const ks = Array.from({ length: 4096 }, (_, g) => (g % 500 === 0 ? 64 : 1 + (g % 3)));
    const groups = { count: 4096, of };
    await expectLikeReference({ rows: normalRows(5000, 3, 5), groups, ks, rounds: 1 });
  });

  it('past one dispatch dimension', async () => {
    gpu.ceilings.workgroups = 3;
    const rows = normalRows(2500, 4, 8);
    await expectLikeReference({ rows, groups: someGroups(2500, 5), ks: [2, 3, 4, 5, 6] });
    gpu.ceilings.workgroups = MOST_WORKGROUPS;
  });

  it('gives ties to the lowest index', async () => {
    const rows = normalRows(200, 7, 6);
    const groups = someGroups(200, 2);
    const half = normalRows(20, 7, 7).data;
    const centres = Float64Array.from([...half, ...half]);
    await clean(gpu, async () => {
      const matrix = GpuMatrix.upload(gpu, rows);
      const fits = new GpuGroupFits(gpu, matrix, groups, [40, 40]);
      const { labels } = await fits.assign([0, 1].map((slot) => ({ slot, centres })));
      expect(Math.max(...labels)).toBeLessThan(20);
      fits.close();
      matrix.release();
    });
  });

  it('stops when cancelled, and refuses centres of the wrong length, leaving no buffer', async () => {
    await clean(gpu, async () => {
      const rows = normalRows(50, 3);
      const matrix = GpuMatrix.upload(gpu, rows);
      const fits = new GpuGroupFits(gpu, matrix, { count: 1, of: new Uint32Array(50) }, [2]);
      const [task] = someCentres([2], 3, 1);
      await expect(fits.step([task], AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
      await expect(fits.step([{ slot: 0, centres: new Float64Array(5) }])).rejects.toThrow(RangeError);
      fits.close();
      matrix.release();
    });
  });
});
