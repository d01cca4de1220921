import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clean, openGpu } from '../../../test/gpu.browser';
import { normalRows } from '../../../test/rows';
import { NO_GROUP, type Groups } from '../../analysis/engine';
import { GpuSeeding } from '../../analysis/gpu-seeding';
import { oneGroup } from '../../analysis/group-rows';
import { Random } from '../../analysis/random';
import type { Rows } from '../../analysis/rows';
import type { Gpu } from '../device';
import { GpuMatrix } from '../matrix';
import { MOST_WORKGROUPS } from '../ranges';
import { seedReference } from './seed.cpu';

let gpu: Gpu;
beforeAll(async () => void (gpu = await openGpu()));
afterAll(() => gpu.destroy());

interface Case {
  rows: Rows;
  groups: Groups;
  restarts: number;
  /** Candidates of a restart of each group; 0 leaves it out. */
  trials: number[];
  mostRows?: number;
  rounds?: number;
}

/** The furthest that any distance or sum is from f64's, relative, over rounds with a candidate kept between them. */
async function worstError({ rows, groups, restarts, trials, mostRows, rounds = 2 }: Case): Promise<number> {
  return clean(gpu, async () => {
    const matrix = GpuMatrix.upload(gpu, rows, mostRows);
    const seeding = new GpuSeeding(gpu, matrix, rows, groups, restarts);
    const random = new Random(7);
    const blocksOf = (g: number) =>
      Array.from({ length: seeding.first[g + 1] - seeding.first[g] }, (_, i) => i);
    const members = Array.from({ length: groups.count }, (_, g) =>
      blocksOf(g).flatMap((i) => [...seeding.rows(seeding.first[g] + i)]),
    );
    const draw = () =>
      trials.map((count, g) =>
        count === 0 || members[g].length === 0
          ? []
          : Array.from({ length: restarts }, () =>
              Array.from({ length: count }, () => members[g][random.below(members[g].length)]),
            ),
      );
    const closest = Array.from({ length: restarts }, () => new Float64Array(rows.n).fill(Infinity));
    let worst = 0;
    const compare = (got: number, expected: number) => {
      const error = Math.abs(got - expected) / (expected + 1e-10);
      // A NaN must not pass.
      worst = error <= worst ? worst : error;
    };
    for (let round = 0; round < rounds; round++) {
      let at = 0;
      const candidates = draw();
      const sums = await seeding.sums(candidates);
      const places = candidates.map((of) => of.map((tried) => random.below(tried.length)));
      seeding.keep(places);
      const reads = candidates.flatMap((of, g) =>
        of.flatMap((_, restart) => blocksOf(g).map((i) => ({ restart, block: seeding.first[g] + i }))),
      );
      const distances = await seeding.closest(reads);
      for (const [g, of] of candidates.entries()) {
        for (const [restart, tried] of of.entries()) {
          for (const i of blocksOf(g)) {
            const block = seeding.rows(seeding.first[g] + i);
            const got = distances[at++];
            expect(got.length).toBe(block.length);
            const before = new Map(Array.from(block, (row) => [row, closest[restart][row]]));
            for (const [place, row] of tried.entries()) {
              const centre = rows.data.subarray(row * rows.d, (row + 1) * rows.d);
              const expected = seedReference(rows, block, centre, (p) => before.get(p)!);
              compare(sums[g][restart][place][i], expected.sum);
              if (place !== places[g][restart]) continue;
              expected.after.forEach((value, p) => {
                compare(got[p], value);
                closest[restart][block[p]] = value;
              });
            }
          }
        }
      }
    }
    seeding.close();
    matrix.release();
    return worst;
  });
}

describe('distances to candidates', () => {
  const cases = [
    ...[1, 63, 64, 65, 127, 128, 129, 255, 256, 257].map((n) => ({ n, d: 5, trials: 3, restarts: 1 })),
    ...[1, 3, 16, 17, 513, 4096].map((d) => ({ n: 150, d, trials: 8, restarts: 1 })),
    ...[2, 4].map((restarts) => ({ n: 300, d: 20, trials: 8, restarts })),
    { n: 200, d: 7, trials: 32, restarts: 1 },
  ];
  it.each(cases)('$n rows, $d columns, $trials candidates, $restarts restarts', async (shape) => {
    const { n, d, trials, restarts } = shape;
    const rows = normalRows(n, d, 1);
    expect(await worstError({ rows, groups: oneGroup(n), restarts, trials: [trials] })).toBeLessThan(1e-5);
  });

  it('compares rows with the candidates of their group only, over several chunks', async () => {
    const rows = normalRows(900, 6, 4);
    const random = new Random(1);
    // Group 2 has no rows, group 1 tries none, and some rows are in no group.
    const of = Uint32Array.from({ length: 900 }, () => [0, 1, 3, 4, NO_GROUP][random.below(5)]);
    const groups = { count: 5, of };
    const trials = [3, 0, 2, 1, 8];
    expect(await worstError({ rows, groups, restarts: 2, trials, mostRows: 256 })).toBeLessThan(1e-5);
  });

  it('takes thousands of groups, some of one row', async () => {
    const rows = normalRows(5000, 3, 5);
    const groups = { count: 4096, of: Uint32Array.from({ length: 5000 }, (_, i) => (i < 4096 ? i : i % 7)) };
    const trials = Array.from({ length: 4096 }, (_, g) => 1 + (g % 3));
    expect(await worstError({ rows, groups, restarts: 1, trials, rounds: 1 })).toBeLessThan(1e-5);
  });
});

it('splits large work into several dispatches', async () => {
  const [n, d] = [5000, 513];
  expect(n * d * 32).toBeGreaterThan(gpu.dispatchWork);
  const rows = normalRows(n, d, 3);
  expect(await worstError({ rows, groups: oneGroup(n), restarts: 4, trials: [8] })).toBeLessThan(1e-5);
});

it('works past one dispatch dimension', async () => {
  gpu.ceilings.workgroups = 3;
  const rows = normalRows(1200, 4, 3);
  const groups = { count: 2, of: Uint32Array.from({ length: 1200 }, (_, i) => i % 2) };
  expect(await worstError({ rows, groups, restarts: 2, trials: [3, 2] })).toBeLessThan(1e-5);
  gpu.ceilings.workgroups = MOST_WORKGROUPS;
});

it('takes no rows and no groups', async () => {
  await clean(gpu, async () => {
    const rows = normalRows(0, 3);
    const matrix = GpuMatrix.upload(gpu, rows);
    const seeding = new GpuSeeding(gpu, matrix, rows, { count: 0, of: new Uint32Array(0) }, 1);
    expect(await seeding.closest([])).toEqual([]);
    seeding.close();
    matrix.release();
  });
});

it('refuses more candidates than it has room for', async () => {
  await clean(gpu, async () => {
    const rows = normalRows(3, 2);
    const matrix = GpuMatrix.upload(gpu, rows);
    const seeding = new GpuSeeding(gpu, matrix, rows, oneGroup(3), 11);
    await expect(seeding.sums([Array.from({ length: 11 }, () => [0, 1, 2])])).rejects.toThrow(RangeError);
    seeding.close();
    matrix.release();
  });
});
