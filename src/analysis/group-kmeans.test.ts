import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blobs, normalRows } from '../../test/rows';
import { CpuEngine } from './cpu/engine';
import { NO_GROUP, type GroupFits, type Groups, type GroupSeeding, type KMeansEngine } from './engine';
import { lloydGroups, type GroupOptions } from './group-kmeans';
import { GroupFitsReference, GroupSeedingReference } from './group-reference';
import { groupRows, rowsOf } from './group-rows';
import { kmeans } from './kmeans';
import { Random } from './random';
import { columnMeans, columnVariances, type Rows } from './rows';

/** The CPU engine with plain fits of groups. */
class ReferenceEngine extends CpuEngine {
  constructor(private readonly plain: Rows) {
    super(plain);
  }
  openGroups(groups: Groups): GroupFits {
    return new GroupFitsReference(this.plain, groups);
  }
  seedGroups(groups: Groups): GroupSeeding {
    return new GroupSeedingReference(this.plain, groups);
  }
}

const options: GroupOptions = { maxIterations: 100, tolerance: 1e-4, nInit: 2 };

function subset({ d, data }: Rows, rows: Uint32Array): Rows {
  const picked = new Float32Array(rows.length * d);
  rows.forEach((row, i) => picked.set(data.subarray(row * d, (row + 1) * d), i * d));
  return { n: rows.length, d, data: picked };
}

/** What `kmeans` finds on the rows of a group alone. */
function alone(rows: Rows, k: number, seed: number) {
  const variance = columnVariances(rows, columnMeans(rows)).reduce((a, b) => a + b, 0) / rows.d;
  return kmeans(new CpuEngine(rows), { ...options, k, seed, shift: options.tolerance * variance });
}

describe('k-means in groups', () => {
  it('finds in each group what k-means finds on its rows alone', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 1e6 }),
        fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 5 }),
        async (seed, ks) => {
          const n = 40 * ks.length;
          const rows = blobs(n, 3, 6, 3, seed);
          const random = new Random(seed, 9);
          // Some rows belong to no group.
          const of = Uint32Array.from({ length: n }, () => {
            const g = random.below(ks.length + 1);
            return g < ks.length ? g : NO_GROUP;
          });
          const groups = { count: ks.length, of };
          const seeds = ks.map((_, g) => seed + g);
          const found = await lloydGroups(new ReferenceEngine(rows), groups, ks, seeds, options);
          const sorted = groupRows(groups);
          for (const [g, fit] of found.fits.entries()) {
            const own = rowsOf(sorted, g);
            const expected = await alone(subset(rows, own), ks[g], seeds[g]);
            expect(Array.from(own, (row) => found.labels[row])).toEqual([...expected.labels]);
            expect(fit.iterations).toBe(expected.iterations);
            expect(fit.inertia).toBeCloseTo(expected.inertia, 8);
            fit.centres.forEach((x, p) => expect(x).toBeCloseTo(expected.centres[p], 10));
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('leaves clusters empty only where a group has too few different rows', async () => {
    // Ten equal rows, and ten that differ.
    const data = Float32Array.from({ length: 40 }, (_, p) => (p < 20 ? 1 : p * p));
    const groups = { count: 2, of: Uint32Array.from({ length: 20 }, (_, i) => (i < 10 ? 0 : 1)) };
    const engine = new ReferenceEngine({ n: 20, d: 2, data });
    const { fits } = await lloydGroups(engine, groups, [3, 5], [1, 2], options);
    expect(fits[0].counts.filter((count) => count > 0)).toHaveLength(1);
    expect(fits[0].inertia).toBe(0);
    expect(fits[1].counts.every((count) => count > 0)).toBe(true);
  });

  it('counts the groups that are still going', async () => {
    const rows = blobs(200, 4, 8);
    const groups = { count: 2, of: Uint32Array.from({ length: 200 }, (_, i) => i % 2) };
    const active: number[] = [];
    await lloydGroups(new ReferenceEngine(rows), groups, [1, 6], [1, 2], {
      ...options,
      nInit: 1,
      onIteration: (_restart, _iteration, going) => active.push(going),
    });
    expect(active[active.length - 1]).toBe(0);
    expect(active).toEqual(active.slice().sort((a, b) => b - a));
  });

  it('refuses groups with fewer rows than clusters and takes none at all', async () => {
    const engine: KMeansEngine = new ReferenceEngine(normalRows(5, 2));
    const groups = { count: 2, of: Uint32Array.of(0, 0, 0, NO_GROUP, 0) };
    await expect(lloydGroups(engine, groups, [2, 1], [0, 0], options)).rejects.toThrow(RangeError);
    const none = { count: 0, of: new Uint32Array(5).fill(NO_GROUP) };
    expect((await lloydGroups(engine, none, [], [], options)).fits).toEqual([]);
  });

  it('stops when cancelled', async () => {
    const rows = blobs(100, 3, 4);
    const abort = new AbortController();
    abort.abort();
    const groups = { count: 1, of: new Uint32Array(100) };
    await expect(
      lloydGroups(new ReferenceEngine(rows), groups, [3], [1], { ...options, signal: abort.signal }),
    ).rejects.toMatchObject({ code: 'cancelled' });
  });
});
