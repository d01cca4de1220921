import { describe, expect, it } from 'vitest';
import { nearestReference, squaredTo, sumsReference } from '../../../test/kmeans-reference';
import { blobs, normalRows } from '../../../test/rows';
import { NO_GROUP } from '../engine';
import { means, squaredShift } from '../centre-update';
import { centresAt, lloyd } from '../kmeans';
import { Random } from '../random';
import type { Rows } from '../rows';
import { kmeansPlusPlus } from '../seeding';
import { CpuEngine } from './engine';

function centresNear({ n, d, data }: Rows, k: number, seed = 9): Float64Array {
  const random = new Random(seed);
  return Float64Array.from({ length: k * d }, (_, p) =>
    n === 0 ? random.normal() : data[(((p / d) | 0) % n) * d + (p % d)] + 0.1 * random.normal(),
  );
}

/** Labels may differ from the reference only where two distances are equal up to the rounding of f64. */
function expectNearest(rows: Rows, centres: Float64Array, labels: Uint16Array): void {
  const expected = nearestReference(rows, centres);
  labels.forEach((label, i) => {
    if (label === expected.labels[i]) return;
    expect(Math.abs(squaredTo(rows, i, centres, label * rows.d) / expected.squared[i] - 1)).toBeLessThan(
      1e-13,
    );
  });
}

/** Values, k x d or fewer, against f64 ones. */
function expectEach(found: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  expect(found.length).toBe(expected.length);
  let worst = 0;
  for (let p = 0; p < found.length; p++)
    worst = Math.max(worst, Math.abs(found[p] - expected[p]) / Math.max(1, Math.abs(expected[p])));
  expect(worst).toBeLessThanOrEqual(tolerance);
}

const SHAPES = [
  [0, 3, 2],
  [1, 1, 1],
  [63, 5, 8],
  [64, 4, 9],
  [65, 3, 7],
  [255, 1, 3],
  [256, 37, 16],
  [257, 130, 17],
  [1500, 5, 64],
  [9000, 3, 5],
  [1100, 2, 1024],
  [300, 4096, 30],
];

describe('a step agrees with the f64 reference', () => {
  it.each(SHAPES)('%i rows, %i columns, %i clusters', async (n, d, k) => {
    const rows = normalRows(n, d, n + d);
    const engine = new CpuEngine(rows);
    const fits = engine.open([k]);
    let centres = centresNear(rows, k);
    // Past the step at which sums are added up anew.
    for (let i = 0; i < 10; i++) {
      const [step] = await fits.step([{ slot: 0, centres }]);
      const [{ labels, squared }] = await fits.assign([{ slot: 0, centres }]);
      expectNearest(rows, centres, labels);
      const expected = sumsReference(rows, labels, k);
      expect(step.counts).toEqual(expected.counts);
      expectEach(step.sums, expected.sums, 1e-12);
      expectEach(squared, nearestReference(rows, centres).squared, 1e-12);
      if (n === 0 || d > 1000) break;
      const moved = means(step, d);
      step.counts.forEach((count, c) => {
        if (count === 0) moved.set(centres.subarray(c * d, (c + 1) * d), c * d);
      });
      centres = moved;
    }
    fits.close();
    engine.close();
  });
});

describe('labels', () => {
  it('of rows that single precision cannot tell apart are those of double precision', async () => {
    const n = 500;
    const d = 40;
    const rows = normalRows(n, d, 3);
    // Pairs of centres so close that half the rows differ by less than f32 resolves.
    const pairs = centresNear(rows, 6);
    const centres = new Float64Array(12 * d);
    for (let p = 0; p < 6 * d; p++) {
      centres[p] = pairs[p];
      centres[6 * d + p] = pairs[p] + (p % 2 ? 1e-9 : -1e-9);
    }
    const fits = new CpuEngine(rows).open([12]);
    const [{ labels }] = await fits.assign([{ slot: 0, centres }]);
    expectNearest(rows, centres, labels);
    expect(labels.filter((label) => label >= 6).length).toBeGreaterThan(50);
  });

  it('go to the first of equal centres', async () => {
    const rows = normalRows(100, 6, 4);
    const half = centresNear(rows, 5);
    const centres = Float64Array.from([...half, ...half]);
    const [{ labels }] = await new CpuEngine(rows).open([10]).assign([{ slot: 0, centres }]);
    expect(Math.max(...labels)).toBeLessThan(5);
  });

  it('stay those of a fit without memory over many steps, with other fits beside it', async () => {
    const rows = blobs(4000, 24, 40, 1);
    const engine = new CpuEngine(rows);
    const ks = [2, 13, 30];
    const fits = engine.open(ks);
    let tasks = ks.map((k, slot) => ({ slot, centres: centresNear(rows, k, k) }));
    for (let i = 0; i < 25; i++) {
      const steps = await fits.step(tasks);
      for (const { slot, centres } of tasks) {
        const alone = engine.open([ks[slot]]);
        const [fresh] = await alone.step([{ slot: 0, centres }]);
        alone.close();
        expect(steps[slot].counts).toEqual(fresh.counts);
        expectEach(steps[slot].sums, fresh.sums, 1e-12);
      }
      tasks = steps.map((step, slot) => ({ slot, centres: means(step, 24) }));
    }
    fits.close();
  });
});

describe('fits that advance by themselves', () => {
  it.each([
    [300, 5, [1, 8, 9]],
    [2600, 40, [2, 13, 30]],
    [1100, 513, [3, 17]],
  ])('move as sums and means say: %i rows, %i columns, %j clusters', async (n, d, ks) => {
    const rows = blobs(n, d, 12, 1);
    const engine = new CpuEngine(rows);
    const fits = engine.open(ks);
    const slots = [...ks.keys()];
    let centres: Float64Array[] = ks.map((k) => Float64Array.from(rows.data.subarray(0, k * d)));
    fits.place(centres.map((c, slot) => ({ slot, centres: c })));
    let labels: Uint16Array[] = [];
    for (let i = 0; i < 12; i++) {
      const advances = await fits.advance(
        slots,
        slots.map(() => 1),
        1e-9,
      );
      const moved = centres.map((c, s) => {
        const nearest = nearestReference(rows, c).labels;
        const changed = !labels[s] || nearest.some((label, row) => label !== labels[s][row]);
        const to = means({ ...sumsReference(rows, nearest, ks[s]), changed: 0 }, d);
        const state = changed && squaredShift(c, to) > 1e-9 ? 'paused' : 'converged';
        expect(advances[s]).toEqual({ iterations: 1, state });
        return to;
      });
      labels = centres.map((c) => nearestReference(rows, c).labels);
      const results = await fits.results(slots);
      results.forEach((result, s) => {
        expectEach(result.centres, moved[s], 1e-12);
        expectNearest(rows, result.centres, result.assignment.labels);
        expectEach(result.assignment.squared, nearestReference(rows, result.centres).squared, 1e-12);
      });
      centres = moved;
    }
    fits.close();
    engine.close();
  });

  it('wait with an empty cluster, as they are, while others go on', async () => {
    const rows = blobs(400, 33, 6, 2);
    const engine = new CpuEngine(rows);
    const fits = engine.open([4, 9]);
    const centres = [4, 9].map((k) => Float64Array.from(rows.data.subarray(0, k * 33)));
    centres[1].fill(500, 7 * 33);
    fits.place(centres.map((c, slot) => ({ slot, centres: c })));
    const advances = await fits.advance([0, 1], [5, 5], 0);
    expect(advances.map(({ state }) => state)).toEqual(['paused', 'empty']);
    expect(advances[1].iterations).toBe(0);
    const empty = await fits.empty(1);
    expect(empty.centres).toEqual(centres[1]);
    expectNearest(rows, centres[1], empty.assignment.labels);
    const expected = sumsReference(rows, empty.assignment.labels, 9);
    expect(empty.step.counts).toEqual(expected.counts);
    expect([...empty.step.counts.subarray(7)]).toEqual([0, 0]);
    expect(empty.step.changed).toBe(400);
    expectEach(empty.step.sums, expected.sums, 1e-12);
    const [other] = await fits.results([0]);
    const labels = nearestReference(rows, centres[0]).labels;
    expectEach(other.centres, means({ ...sumsReference(rows, labels, 4), changed: 0 }, 33), 1e-12);
    fits.close();
  });

  it('keep exact labels when they are placed elsewhere, or looked at from elsewhere, on the way', async () => {
    const rows = blobs(3000, 24, 40, 1);
    const fits = new CpuEngine(rows).open([13]);
    const slots = [0];
    fits.place([{ slot: 0, centres: centresNear(rows, 13) }]);
    for (let i = 0; i < 8; i++) {
      for (let times = 0; times <= i % 3; times++) await fits.advance(slots, [1], 0);
      // Far enough that bounds of the step before would be wrong.
      const centres = centresNear(rows, 13, 20 + i);
      const [probed] = await fits.assign([{ slot: 0, centres }]);
      expectNearest(rows, centres, probed.labels);
      if (i % 2) {
        fits.place([{ slot: 0, centres }]);
        const [placed] = await fits.results(slots);
        expect(placed).toEqual({ centres, assignment: probed });
        const again = centresNear(rows, 13, 40 + i);
        fits.place([{ slot: 0, centres: again }]);
        centres.fill(0);
        const [result] = await fits.results(slots);
        expectNearest(rows, again, result.assignment.labels);
      }
    }
    fits.close();
  });

  it('can be placed anew after a step that was cancelled', async () => {
    const rows = blobs(3000, 24, 40, 1);
    const engine = new CpuEngine(rows);
    const fits = engine.open([13]);
    const task = { slot: 0, centres: centresNear(rows, 13) };
    fits.place([task]);
    await fits.advance([0], [1], 0);
    await expect(fits.advance([0], [1], 0, AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
    const [step] = await fits.step([task]);
    const [fresh] = await engine.open([13]).step([task]);
    expect(step.counts).toEqual(fresh.counts);
    expectEach(step.sums, fresh.sums, 1e-12);
  });
});

describe('groups', () => {
  const of = Uint32Array.from({ length: 3000 }, (_, i) =>
    i % 11 === 0 ? NO_GROUP : (i * 7) % 5 === 0 ? 0 : i % 3,
  );
  const rows = blobs(3000, 9, 6, 2);
  const members = (group: number) => [...of.keys()].filter((i) => of[i] === group);
  const rowsAt = (list: number[]): Rows => ({
    n: list.length,
    d: 9,
    data: Float32Array.from(list.flatMap((i) => [...rows.data.subarray(9 * i, 9 * i + 9)])),
  });

  it('are fitted each as if it were alone', async () => {
    const engine = new CpuEngine(rows);
    const ks = [4, 9, 2];
    const fits = engine.openGroups({ count: 3, of }, ks);
    let tasks = [0, 2, 1].map((slot) => ({ slot, centres: centresNear(rowsAt(members(slot)), ks[slot]) }));
    for (let i = 0; i < 10; i++) {
      const steps = await fits.step(tasks);
      const found = await fits.assign(tasks);
      tasks = tasks.map(({ slot, centres }, place) => {
        const own = members(slot);
        const labels = Uint16Array.from(own, (row) => found.labels[row]);
        expectNearest(rowsAt(own), centres, labels);
        const expected = sumsReference(rowsAt(own), labels, ks[slot]);
        expect(steps[place].counts).toEqual(expected.counts);
        expectEach(steps[place].sums, expected.sums, 1e-12);
        expectEach(
          own.map((row) => found.squared[row]),
          nearestReference(rowsAt(own), centres).squared,
          1e-12,
        );
        return { slot, centres: means(steps[place], 9) };
      });
      // One group rests now and then, and keeps its state.
      if (i % 3 === 2) await fits.step(tasks.slice(1));
    }
    fits.close();
  });

  it('are seeded together', async () => {
    const engine = new CpuEngine(rows);
    const seeding = engine.seedGroups({ count: 3, of });
    let closest = new Float64Array(3000).fill(Infinity);
    for (const round of [0, 1, 2]) {
      const tried = [0, 1, 2].map((group) => [3, 8].map((place) => members(group)[place + 5 * round]));
      const after = await seeding.candidates(tried);
      const places = [1, 0, 1];
      const expected = [0, 1].map((place) => {
        const out = closest.slice();
        [0, 1, 2].forEach((group) => {
          const tries = engine.row(tried[group][place]);
          for (const row of members(group)) out[row] = Math.min(closest[row], squaredTo(rows, row, tries));
        });
        return out;
      });
      [0, 1].forEach((place) =>
        members(0)
          .concat(members(1), members(2))
          .forEach((row) =>
            expect(Math.abs(after[place][row] - expected[place][row])).toBeLessThanOrEqual(
              1e-5 * expected[place][row],
            ),
          ),
      );
      seeding.keep(places);
      closest = closest.map((_, row) => (of[row] === NO_GROUP ? Infinity : expected[places[of[row]]][row]));
    }
    seeding.close();
  });
});

it.each([
  [1, 1],
  [65, 3],
  [257, 130],
  [4000, 17],
])('distances of k-means++ agree with the reference: %i rows, %i columns', async (n, d) => {
  const rows = normalRows(n, d, 2);
  const engine = new CpuEngine(rows);
  const seeding = engine.seeding();
  let closest: ArrayLike<number> = new Float64Array(n).fill(Infinity);
  for (const tried of [[0], [n - 1, n >> 1, 0, n >> 2, n - 1, 0, 0, n >> 3], [n >> 1, n >> 2, n >> 3]]) {
    const after = await seeding.candidates(tried);
    const expected = tried.map((row) =>
      Float64Array.from({ length: n }, (_, i) => Math.min(closest[i], squaredTo(rows, i, engine.row(row)))),
    );
    after.forEach((values, place) =>
      values.forEach((value, i) =>
        expect(Math.abs(value - expected[place][i])).toBeLessThanOrEqual(1e-5 * expected[place][i]),
      ),
    );
    closest = expected[tried.length - 1];
    seeding.keep(tried.length - 1);
  }
  seeding.close();
});

describe('labels stay those of exact arithmetic where rows are compared in 16 bits', () => {
  const [n, d, k] = [500, 40, 11];
  const spoilt: [string, (row: number, column: number, x: number) => number][] = [
    ['rows of zeros', (row, _, x) => (row % 3 === 0 ? 0 : x)],
    ['one column a thousand times the others', (_, column, x) => (column === 7 ? 1000 * x : x)],
    ['rows a million times others', (row, _, x) => (row % 2 === 0 ? 1e6 * x : x)],
    ['rows too short for a square in f32', (row, _, x) => (row % 2 === 0 ? 1e-22 * x : x)],
    ['nothing but such rows', (_row, _column, x) => 1e-22 * x],
    ['columns that differ in the last bits only', (_row, _column, x) => 1 + x * 1e-6],
  ];
  it.each(spoilt)('%s', async (_name, spoil) => {
    const { data } = normalRows(n, d);
    const rows = { n, d, data: data.map((x, p) => spoil(Math.floor(p / d), p % d, x)) };
    const fits = new CpuEngine(rows).open([k]);
    let centres = Float64Array.from(rows.data.subarray(0, k * d));
    for (let i = 0; i < 6; i++) {
      const [step] = await fits.step([{ slot: 0, centres }]);
      const [{ labels }] = await fits.assign([{ slot: 0, centres }]);
      expectNearest(rows, centres, labels);
      expect(step.counts).toEqual(sumsReference(rows, labels, k).counts);
      centres = means(step, d).slice();
    }
  });
});

it('assigns to the centres of several fits together as to those of each alone', async () => {
  const rows = blobs(700, 13, 6, 2);
  const engine = new CpuEngine(rows);
  const ks = [3, 9, 17];
  const fits = engine.open(ks);
  const tasks = ks.map((k, slot) => ({ slot, centres: centresNear(rows, k) }));
  // Bounds of the first fit only.
  await fits.step([tasks[0]]);
  const together = await fits.assign(tasks);
  expect(together).toHaveLength(3);
  for (const [i, task] of tasks.entries()) {
    expect(await fits.assign([task])).toEqual([together[i]]);
    expectNearest(rows, task.centres, together[i].labels);
  }
  expect(await fits.assign([])).toEqual([]);
  fits.close();
});

it('assigns to many fits in turns where their distances take much memory', async () => {
  const n = 3_000_000;
  const rows = { n, d: 1, data: Float32Array.from({ length: n }, (_, i) => (i % 8) - 4) };
  const fits = new CpuEngine(rows).open([2, 2, 2]);
  const tasks = [0, 1, 2].map((slot) => ({ slot, centres: Float64Array.of(-slot, slot + 0.5) }));
  const found = await fits.assign(tasks);
  for (const [slot, { labels, squared }] of found.entries())
    for (const i of [0, 3, 1_499_999, n - 1]) {
      const gaps = [...tasks[slot].centres].map((c) => (rows.data[i] - c) ** 2);
      expect([labels[i], squared[i]]).toEqual([Number(gaps[1] < gaps[0]), Math.min(...gaps)]);
    }
});

it('starts from what the seeding knows, to the same bits', async () => {
  const rows = blobs(3000, 31, 20, 1);
  // Duplicates, so that distances to two seeds can be equal.
  rows.data.copyWithin(0, 31 * 100, 31 * 160);
  const seeded = new CpuEngine(rows);
  const seeds = await kmeansPlusPlus(seeded, 30, new Random(3));
  const inits = [1, 5, 17, 30].map((k) => centresAt(seeded, seeds.subarray(0, k)));
  const options = { maxIterations: 40, shift: 0 };
  const found = await lloyd(seeded, inits, options);
  expect(found).toEqual(await lloyd(new CpuEngine(rows), inits, options));
});

it('gives back all it took', async () => {
  const engine = new CpuEngine(normalRows(2000, 20));
  await engine.open([3]).close();
  const once = async () => {
    const fits = engine.open([4, 30]);
    const centres = centresNear(normalRows(2000, 20), 4);
    await fits.step([{ slot: 0, centres }]);
    await fits.assign([{ slot: 0, centres }]);
    fits.close();
    const seeding = engine.seeding();
    await seeding.candidates([1, 2, 3]);
    seeding.close();
    await engine.distanceSums(
      Uint32Array.of(1, 2),
      [{ k: 1, labels: new Uint16Array(2000) }],
      () => undefined,
    );
  };
  await once();
  const bytes = engine.bytes;
  for (let i = 0; i < 50; i++) await once();
  expect(engine.bytes).toBe(bytes);
});
