import { describe, expect, it } from 'vitest';
import { Random } from '../random';
import { Centres } from './centres';
import { moveAll, type MoveRows } from './move';
import { ArenaRows } from './rows-in-arena';

/** Room for the work on rows of d columns; the numbers of the rows do not matter. */
function room(d: number, coded: boolean): MoveRows {
  const rows = new ArenaRows({ n: 1, d, data: new Float32Array(d) });
  const codeStride = coded ? 16 * Math.ceil(d / 8) : 0;
  return { arena: rows.arena, d, codeStride, run: (...asked) => rows.run(...asked) };
}

function numbers(count: number, seed: number): Float64Array {
  const random = new Random(seed);
  return Float64Array.from({ length: count }, () => random.normal());
}

function norm(x: ArrayLike<number>): number {
  return Math.sqrt(Array.from(x).reduce((sum, v) => sum + v * v, 0));
}

function expectNear(found: number, expected: number, tolerance: number): void {
  expect(Math.abs(found - expected)).toBeLessThanOrEqual(tolerance * Math.abs(expected));
}

/** A vector is at least as long as it must be, and hardly longer. */
function expectBound(found: number, least: number, most: number): void {
  expect(found).toBeGreaterThanOrEqual(least);
  expect(found).toBeLessThanOrEqual(most);
}

/** All forms of these centres (k x d), bit for bit where they are not bounds. */
function expectForms({ arena, d, codeStride }: MoveRows, made: Centres, centres: Float64Array): void {
  const { k, panels } = made;
  const at = (c: number) => centres.subarray(c * d, (c + 1) * d);
  expect(arena.f64(made.exact, k * d)).toEqual(centres);
  expect(arena.f32(made.flat, k * d)).toEqual(Float32Array.from(centres));
  const packed = new Float32Array(8 * panels * d);
  const norms = new Float32Array(8 * panels).fill(Infinity);
  for (let c = 0; c < k; c++) {
    norms[c] = norm(at(c)) ** 2;
    for (let t = 0; t < d; t++) packed[(c >> 3) * 8 * d + 8 * t + (c & 7)] = centres[c * d + t];
  }
  expect(arena.f32(made.packed, 8 * panels * d)).toEqual(packed);
  arena.f32(made.norms, 8 * panels).forEach((found, c) => {
    if (c < k) expectNear(found, norms[c], 2e-7);
    else expect(found).toBe(Infinity);
  });
  const longest = Math.max(...Array.from({ length: k }, (_, c) => norm(at(c))));
  expectBound(made.errorScale, 2 * (d + 2) * 2 ** -24 * longest, 2.1 * (d + 4) * 2 ** -24 * longest);
  expectBound(made.codeLength, 2 * longest, 2.001 * longest);
  if (codeStride > 0) expectCodes(arena, made, centres, d, codeStride);
}

function expectCodes(
  arena: MoveRows['arena'],
  made: Centres,
  centres: Float64Array,
  d: number,
  stride: number,
): void {
  const { k, panels } = made;
  const width = stride / 2;
  const flat = new Int16Array(arena.memory.buffer, made.codeFlat, k * width);
  const units = arena.f32(made.codeUnits, 8 * panels);
  const packed = new Int16Array(8 * panels * width);
  let worst = 0;
  let coarsest = 0;
  for (let c = 0; c < k; c++) {
    const gaps = Array.from({ length: width }, (_, t) => {
      const code = flat[c * width + t];
      packed[(c >> 3) * 8 * width + 16 * (t >> 1) + 2 * (c & 7) + (t & 1)] = code;
      return (t < d ? centres[c * d + t] : 0) - code * units[c];
    });
    // No sum of products of two codes leaves 32 bits.
    expect(norm(flat.subarray(c * width, (c + 1) * width))).toBeLessThan(2 ** 15.5);
    worst = Math.max(worst, norm(gaps));
    coarsest = Math.max(coarsest, units[c]);
  }
  expect(new Int16Array(arena.memory.buffer, made.codePacked, packed.length)).toEqual(packed);
  expect([...units.subarray(k)].every((unit) => unit === 0)).toBe(true);
  expectBound(made.codeError, 2 * worst, 2 * coarsest * Math.sqrt(d) * 0.52 + 4.1e-15);
}

const SHAPES = [1, 7, 8, 9, 63, 64, 65, 255, 256, 257].flatMap((size) => [
  [size, 5],
  [3, size],
]);

describe.each([
  ['with codes', true],
  ['without', false],
])('centres that are placed, %s', (_name, coded) => {
  it.each([...SHAPES, [9, 33], [1024, 8], [10, 1030]])('%i of %i columns', async (k, d) => {
    const rows = room(d, coded);
    const centres = numbers(k * d, k + d);
    const to = new Centres(rows.arena, k, d, rows.codeStride);
    const [{ shift, isFar }] = await moveAll(rows, [{ to, before: to, from: centres, restart: true }], 1);
    expectForms(rows, to, centres);
    expectNear(shift, norm(centres) ** 2, 1e-12);
    expect(isFar).toBe(false);
    to.close();
  });
});

it.each([1, 3, 8])(
  'moves several fits to the means of their clusters, from sums in %i groups',
  async (groups) => {
    const d = 37;
    const rows = room(d, true);
    const { arena } = rows;
    const fits = [1, 8, 13].map((k) => {
      const to = new Centres(arena, k, d, rows.codeStride);
      const sums = numbers(groups * k * d, k);
      const counts = Uint32Array.from({ length: groups * k }, (_, p) => 1 + ((7 * p) % 5));
      const at = { sums: arena.alloc(8 * sums.length), counts: arena.alloc(4 * counts.length), groups };
      arena.f64(at.sums, sums.length).set(sums);
      arena.u32(at.counts, counts.length).set(counts);
      const means = Float64Array.from({ length: k * d }, (_, p) => {
        let [sum, count] = [0, 0];
        for (let g = 0; g < groups; g++) {
          sum += sums[g * k * d + p];
          count += counts[g * k + Math.floor(p / d)];
        }
        return sum / count;
      });
      return { to, at, means, start: numbers(k * d, k + 1) };
    });
    const go = (from: (fit: (typeof fits)[0]) => Float64Array | (typeof fits)[0]['at']) =>
      moveAll(
        rows,
        fits.map((fit) => ({ to: fit.to, before: fit.to, from: from(fit), restart: false })),
        1,
      );
    await go(({ start }) => start);
    const moved = await go(({ at }) => at);
    fits.forEach(({ to, means, start }, i) => {
      expectForms(rows, to, means);
      const gaps = means.map((x, p) => x - start[p]);
      expectNear(moved[i].shift, norm(gaps) ** 2, 1e-12);
      arena.f32(to.moves, to.k).forEach((move, c) => {
        const least = norm(gaps.subarray(c * d, (c + 1) * d));
        expectBound(move, least, least * (1 + 1e-6));
      });
    });
    // Nothing moves any more.
    for (const { shift } of await go(({ at }) => at)) expect(shift).toBe(0);
    fits.forEach(({ to }) => expect(norm(arena.f32(to.moves, to.k))).toBe(0));
  },
);

describe('the way', () => {
  const d = 3;
  const along = (x: number, k = 9) => Float64Array.from({ length: k * d }, (_, p) => (p % d ? 0 : x));
  const made = async (units: number) => {
    const rows = room(d, false);
    const to = new Centres(rows.arena, 9, d, 0);
    const go = async (x: number, restart = false) =>
      (await moveAll(rows, [{ to, before: to, from: along(x), restart }], units))[0].isFar;
    const drift = () => [...new Set(rows.arena.u16(to.drift, 9))];
    return { rows, to, go, drift };
  };

  it('adds up, rounded up, until it starts from zero', async () => {
    const { go, drift } = await made(10);
    await go(1, true);
    expect(drift()).toEqual([0]);
    await go(1.25);
    expect(drift()).toEqual([3]);
    await go(1);
    expect(drift()).toEqual([6]);
    await go(2, true);
    expect(drift()).toEqual([0]);
  });

  it('ends where the bounds cannot hold it, and where it is no number', async () => {
    const { go, drift } = await made(1);
    await go(0, true);
    expect(await go(28_000)).toBe(false);
    expect(drift()).toEqual([28_001]);
    expect(await go(29_000)).toBe(true);
    expect(drift()).toEqual([0]);
    expect(await go(NaN)).toBe(true);
    expect(drift()).toEqual([0]);
  });

  it('of other centres starts where these are, and leaves them as they are', async () => {
    const { rows, to, go } = await made(10);
    await go(1, true);
    await go(2);
    const probe = new Centres(rows.arena, 9, d, 0);
    await moveAll(rows, [{ to: probe, before: to, from: along(4), restart: false }], 10);
    expect([...rows.arena.u16(probe.drift, 9)].every((units) => units === 31)).toBe(true);
    expectForms(rows, probe, along(4));
    expectForms(rows, to, along(2));
  });
});

describe('codes of centres', () => {
  it.each([
    ['zeros', () => 0],
    ['too short for a square in f32', (x: number) => 1e-22 * x],
    ['with one column a thousand times the others', (x: number, p: number) => (p % 40 === 7 ? 1000 * x : x)],
    ['of very different lengths', (x: number, p: number) => x * 10 ** Math.floor(p / 40)],
  ])('%s', async (_name, spoil) => {
    const rows = room(40, true);
    const centres = numbers(11 * 40, 2).map(spoil);
    const to = new Centres(rows.arena, 11, 40, rows.codeStride);
    await moveAll(rows, [{ to, before: to, from: centres, restart: true }], 1);
    expectForms(rows, to, centres);
  });
});

it('moves nothing where there is nothing to move, and gives back what it took', async () => {
  const rows = room(40, true);
  expect(await moveAll(rows, [], 1)).toEqual([]);
  const before = rows.arena.used;
  const to = new Centres(rows.arena, 3, 40, rows.codeStride);
  const moves = [{ to, before: to, from: numbers(120, 1), restart: true }];
  await moveAll(rows, moves, 1);
  await expect(moveAll(rows, moves, 1, AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
  to.close();
  expect(rows.arena.used).toBe(before);
});
