import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clean, openGpu } from '../../test/gpu.browser';
import { blobs } from '../../test/rows';
import type { Gpu } from '../gpu/device';
import { CpuEngine } from './cpu/engine';
import { NO_GROUP, type Groups } from './engine';
import { GpuEngine } from './gpu-engine';
import { groupKMeans } from './group-kmeans';
import { plainGroups } from './group-plain';
import { Random } from './random';
import type { Rows } from './rows';
import { kmeansPlusPlus, seedGroups, seedRestarts } from './seeding';

let gpu: Gpu;
beforeAll(async () => void (gpu = await openGpu()));
afterAll(() => gpu.destroy());

async function withEngine<T>(rows: Rows, work: (engine: GpuEngine) => Promise<T>): Promise<T> {
  return clean(gpu, async () => {
    const engine = new GpuEngine(gpu, rows);
    const result = await work(engine);
    engine.close();
    return result;
  });
}

/** Small whole numbers: distances and their sums are exact in f32 too, so nothing is left to rounding. */
function wholeBlobs(n: number, d: number, seed: number): Rows {
  const { data } = blobs(n, d, 6, 4, seed);
  return { n, d, data: data.map(Math.round) };
}

function someGroups(n: number, count: number): Groups {
  const random = new Random(n, count);
  const of = Uint32Array.from({ length: n }, () => {
    const g = random.below(count + 1);
    return g < count ? g : NO_GROUP;
  });
  return { count, of };
}

describe('k-means++ on the GPU', () => {
  it.each([1, 2, 3])('draws the rows that a scan over all distances draws (seed %i)', async (seed) => {
    const rows = wholeBlobs(700, 6, seed);
    const expected = await kmeansPlusPlus(new CpuEngine(rows), 30, new Random(seed));
    const drawn = await withEngine(rows, (engine) => kmeansPlusPlus(engine, 30, new Random(seed)));
    expect(drawn).toEqual(expected);
  });

  it('gives every restart what it gives alone, and the same each time', async () => {
    const rows = blobs(500, 20, 7);
    await withEngine(rows, async (engine) => {
      const randoms = () => Array.from({ length: 7 }, (_, r) => new Random(5, r));
      const together = await seedRestarts(engine, 12, randoms());
      expect(await seedRestarts(engine, 12, randoms())).toEqual(together);
      for (const [r, random] of randoms().entries())
        expect(await kmeansPlusPlus(engine, 12, random)).toEqual(together[r]);
    });
  });

  it('draws in each group as in its rows alone', async () => {
    const rows = wholeBlobs(600, 5, 9);
    const groups = someGroups(600, 4);
    const ks = [1, 9, 30, 4];
    const randoms = () => ks.map((_, g) => new Random(g, 1));
    const expected = await plainGroups(rows).seed(groups, ks, randoms());
    const drawn = await withEngine(rows, (engine) =>
      seedGroups(
        engine,
        groups,
        ks,
        randoms().map((random) => [random]),
      ),
    );
    expect(drawn.map(([seeds]) => seeds)).toEqual(expected);
  });

  it('draws any rows where all are the same', async () => {
    const rows = { n: 300, d: 2, data: new Float32Array(600).fill(3) };
    const expected = await kmeansPlusPlus(new CpuEngine(rows), 5, new Random(1));
    expect(await withEngine(rows, (engine) => kmeansPlusPlus(engine, 5, new Random(1)))).toEqual(expected);
  });

  it('stops when cancelled, leaving no buffer', async () => {
    await withEngine(blobs(300, 4, 3), async (engine) => {
      const seeding = kmeansPlusPlus(engine, 5, new Random(1), AbortSignal.abort());
      await expect(seeding).rejects.toMatchObject({ code: 'cancelled' });
    });
  });
});

describe('k-means in groups on the GPU', () => {
  it('ends where k-means ends on the rows of each group alone', async () => {
    const rows = blobs(900, 12, 9, 3, 4);
    const groups = someGroups(900, 6);
    const ks = [3, 9, 1, 5, 2, 16];
    const plain = plainGroups(rows);
    const seeds = await plain.seed(
      groups,
      ks,
      ks.map((_, g) => new Random(g)),
    );
    const options = { maxIterations: 100, shifts: ks.map(() => 1e-4) };
    const expected = await plain.fit(groups, seeds, options);
    await withEngine(rows, async (engine) => {
      const found = await groupKMeans(engine).fit(groups, seeds, options);
      expect(found.labels).toEqual(expected.labels);
      found.fits.forEach(({ inertia, iterations, centres }, g) => {
        expect(Math.abs(inertia / expected.fits[g].inertia - 1)).toBeLessThan(1e-5);
        expect(iterations).toBe(expected.fits[g].iterations);
        centres.forEach((x, p) => expect(x).toBeCloseTo(expected.fits[g].centres[p], 4));
      });
      expect(await groupKMeans(engine).fit(groups, seeds, options)).toEqual(found);
    });
  });

  it('repairs clusters that lose all rows', async () => {
    const rows = blobs(200, 3, 4, 3, 2);
    const groups = someGroups(200, 2);
    const first = groups.of.indexOf(0);
    const seeds = [Uint32Array.of(first, first, first, first), Uint32Array.of(groups.of.indexOf(1))];
    const options = { maxIterations: 50, shifts: [0, 0] };
    const expected = await plainGroups(rows).fit(groups, seeds, options);
    const found = await withEngine(rows, (engine) => groupKMeans(engine).fit(groups, seeds, options));
    expect(found.labels).toEqual(expected.labels);
  });
});
