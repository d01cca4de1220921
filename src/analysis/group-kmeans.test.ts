import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blobs, normalRows } from '../../test/rows';
import { CpuEngine } from './cpu/engine';
import { NO_GROUP, type GroupFits, type Groups, type GroupSeeding } from './engine';
import { groupKMeans } from './group-kmeans';
import { plainGroups } from './group-plain';
import { GroupFitsReference, GroupSeedingReference } from './group-reference';
import { Random } from './random';
import type { Rows } from './rows';
import { seedGroups } from './seeding';

/** The CPU engine with plain fits of groups. */
class ReferenceEngine extends CpuEngine {
  constructor(private readonly plain: Rows) {
    super(plain);
  }
  override openGroups(groups: Groups): GroupFits {
    return new GroupFitsReference(this.plain, groups);
  }
  override seedGroups(groups: Groups): GroupSeeding {
    return new GroupSeedingReference(this.plain, groups);
  }
}

/** Rows in `count` groups at random, and some in none. */
function someGroups(n: number, count: number, seed: number): Groups {
  const random = new Random(seed, 9);
  const of = Uint32Array.from({ length: n }, () => {
    const g = random.below(count + 1);
    return g < count ? g : NO_GROUP;
  });
  return { count, of };
}

function randoms(count: number): Random[] {
  return Array.from({ length: count }, (_, g) => new Random(g, 4));
}

/** Sum of the squared distances of the rows of a group to the nearest of some of them. */
function potential({ n, d, data }: Rows, groups: Groups, g: number, chosen: number[]): number {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    if (groups.of[i] !== g) continue;
    const squared = chosen.map((c) => {
      let s = 0;
      for (let t = 0; t < d; t++) s += (data[i * d + t] - data[c * d + t]) ** 2;
      return s;
    });
    sum += Math.min(...squared);
  }
  return sum;
}

/**
 * The same rows in the same order, up to a tie: of two rows that are each other's nearest, either lowers the potential by the
 * same, and rounding decides. What is drawn after a tie is not comparable.
 */
function expectSameChoices(
  rows: Rows,
  groups: Groups,
  g: number,
  chosen: Uint32Array,
  plain: Uint32Array,
): void {
  expect(chosen.length).toBe(plain.length);
  const p = chosen.findIndex((row, i) => row !== plain[i]);
  if (p < 0) return;
  const ours = potential(rows, groups, g, [...chosen.subarray(0, p + 1)]);
  const theirs = potential(rows, groups, g, [...plain.subarray(0, p + 1)]);
  expect(Math.abs(ours - theirs)).toBeLessThan(1e-6 * theirs);
}

describe('k-means in groups', () => {
  const engines = [
    { name: 'plain', engineOf: (rows: Rows) => new ReferenceEngine(rows) },
    { name: 'CPU', engineOf: (rows: Rows) => new CpuEngine(rows) },
  ];
  it.each(engines)(
    'finds in each group what k-means finds on its rows alone ($name)',
    async ({ engineOf }) => {
      const shapes = fc.record({
        seed: fc.nat(1e6),
        ks: fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 5 }),
        apart: fc.constantFrom(0.5, 4),
      });
      await fc.assert(
        fc.asyncProperty(shapes, async ({ seed, ks, apart }) => {
          const rows = blobs(50 * ks.length, 3, 6, apart, seed);
          const groups = someGroups(rows.n, ks.length, seed);
          const engine = engineOf(rows);
          const kmeans = groupKMeans(engine);
          const seeds = await kmeans.seed(groups, ks, randoms(ks.length));
          const plain = await plainGroups(rows).seed(groups, ks, randoms(ks.length));
          seeds.forEach((chosen, g) => expectSameChoices(rows, groups, g, chosen, plain[g]));
          const options = { maxIterations: 100, shifts: ks.map(() => 1e-4) };
          const found = await kmeans.fit(groups, seeds, options);
          const expected = await plainGroups(rows).fit(groups, seeds, options);
          expect(found.labels).toEqual(expected.labels);
          found.fits.forEach((fit, g) => {
            expect(fit.iterations).toBe(expected.fits[g].iterations);
            expect(fit.inertia).toBeCloseTo(expected.fits[g].inertia, 5);
            fit.centres.forEach((x, p) => expect(x).toBeCloseTo(expected.fits[g].centres[p], 5));
          });
          engine.close();
        }),
        { numRuns: 10, examples: [[{ seed: 999995, ks: [11, 1, 1, 1, 1], apart: 0.5 }]] },
      );
    },
  );

  it('seeds several restarts as if each were alone', async () => {
    const rows = blobs(150, 4, 5);
    const groups = someGroups(150, 2, 3);
    const engine = new ReferenceEngine(rows);
    const streams = (g: number) => [new Random(g, 0), new Random(g, 1)];
    const both = await seedGroups(engine, groups, [6, 2], [streams(1), streams(2)]);
    for (const r of [0, 1]) {
      const one = await seedGroups(engine, groups, [6, 2], [[streams(1)[r]], [streams(2)[r]]]);
      expect(one.map(([rows]) => rows)).toEqual(both.map((of) => of[r]));
    }
  });

  it('repairs clusters that lose all rows', async () => {
    // Two seeds are the same row: the second cluster starts empty.
    const rows = normalRows(40, 3, 2);
    const groups = { count: 2, of: Uint32Array.from({ length: 40 }, (_, i) => i % 2) };
    const seeds = [Uint32Array.of(0, 0, 2), Uint32Array.of(1, 3)];
    const options = { maxIterations: 50, shifts: [0, 0] };
    const found = await groupKMeans(new ReferenceEngine(rows)).fit(groups, seeds, options);
    expect(found.labels).toEqual((await plainGroups(rows).fit(groups, seeds, options)).labels);
    const first = found.labels.filter((_, i) => i % 2 === 0);
    expect(new Set(first)).toEqual(new Set([0, 1, 2]));
  });

  it('leaves clusters empty where a group has too few different rows', async () => {
    const rows = { n: 20, d: 2, data: new Float32Array(40).fill(1) };
    const groups = { count: 1, of: new Uint32Array(20) };
    const kmeans = groupKMeans(new ReferenceEngine(rows));
    const seeds = await kmeans.seed(groups, [3], randoms(1));
    const { labels, fits } = await kmeans.fit(groups, seeds, { maxIterations: 9, shifts: [0] });
    expect([...labels]).toEqual(new Array(20).fill(0));
    expect(fits[0].inertia).toBe(0);
  });

  it('tells how far it is, to the end', async () => {
    const rows = blobs(200, 4, 8);
    const groups = someGroups(200, 3, 5);
    const kmeans = groupKMeans(new ReferenceEngine(rows));
    const seeds = await kmeans.seed(groups, [1, 6, 3], randoms(3));
    const seen: number[] = [];
    const progress = (fraction: number) => void seen.push(fraction);
    await kmeans.fit(groups, seeds, { maxIterations: 100, shifts: [0, 0, 0], progress });
    expect(seen[seen.length - 1]).toBe(1);
    expect(seen).toEqual(seen.slice().sort((a, b) => a - b));
  });

  it('refuses more clusters than a group has rows, and takes no groups at all', async () => {
    const kmeans = groupKMeans(new ReferenceEngine(normalRows(5, 2)));
    const groups = { count: 2, of: Uint32Array.of(0, 0, 0, 1, NO_GROUP) };
    const options = { maxIterations: 9, shifts: [0, 0] };
    const seeds = [Uint32Array.of(0), Uint32Array.of(3, 3)];
    await expect(kmeans.fit(groups, seeds, options)).rejects.toThrow(RangeError);
    const none = { count: 0, of: new Uint32Array(5).fill(NO_GROUP) };
    expect(await kmeans.seed(none, [], [])).toEqual([]);
    expect((await kmeans.fit(none, [], options)).fits).toEqual([]);
  });

  it('stops when cancelled', async () => {
    const abort = new AbortController();
    abort.abort();
    const kmeans = groupKMeans(new ReferenceEngine(blobs(100, 3, 4)));
    const groups = { count: 1, of: new Uint32Array(100) };
    await expect(kmeans.seed(groups, [3], randoms(1), abort.signal)).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});
