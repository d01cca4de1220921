import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blobs, normalRows } from '../../test/rows';
import { CpuEngine } from './cpu/engine';
import { centresAt, kmeans, lloyd } from './kmeans';
import { Random } from './random';
import { centre, type Rows } from './rows';
import { kmeansPlusPlus } from './seeding';

/** Small matrices with many equal numbers, so that ties, duplicates and empty clusters happen. */
const matrix = fc
  .record({ n: fc.integer({ min: 1, max: 40 }), d: fc.integer({ min: 1, max: 5 }) })
  .chain(({ n, d }) =>
    fc
      .array(fc.oneof(fc.integer({ min: -3, max: 3 }), fc.float({ min: -5, max: 5, noNaN: true })), {
        minLength: n * d,
        maxLength: n * d,
      })
      .map((values): Rows => ({ n, d, data: Float32Array.from(values) })),
  );
const withK = matrix.chain((rows) =>
  fc.record({ rows: fc.constant(rows), k: fc.integer({ min: 1, max: rows.n }) }),
);

function firstRows(engine: CpuEngine, k: number): Float64Array {
  return centresAt(
    engine,
    Uint32Array.from({ length: k }, (_, i) => i),
  );
}

describe('Lloyd', () => {
  it('never raises the inertia', async () => {
    await fc.assert(
      fc.asyncProperty(withK, async ({ rows, k }) => {
        const engine = new CpuEngine(rows);
        let before = Infinity;
        for (let maxIterations = 0; maxIterations < 6; maxIterations++) {
          const [fit] = await lloyd(engine, [firstRows(engine, k)], { maxIterations, shift: 0 });
          expect(fit.inertia).toBeLessThanOrEqual(before * (1 + 1e-9) + 1e-9);
          before = fit.inertia;
        }
      }),
      { numRuns: 200 },
    );
  });

  it('permutes the labels when the rows are permuted', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: 1, max: 6 }), async (seed, k) => {
        const rows = normalRows(50, 4, seed);
        const random = new Random(seed, 1);
        const order = Array.from({ length: 50 }, (_, i) => i);
        for (let i = 49; i > 0; i--) {
          const j = random.below(i + 1);
          [order[i], order[j]] = [order[j], order[i]];
        }
        const shuffled = {
          n: 50,
          d: 4,
          data: Float32Array.from(order.flatMap((i) => [...rows.data.slice(4 * i, 4 * i + 4)])),
        };
        const init = firstRows(new CpuEngine(rows), k);
        const options = { maxIterations: 50, shift: 0 };
        const [plain] = await lloyd(new CpuEngine(rows), [init], options);
        const [permuted] = await lloyd(new CpuEngine(shuffled), [init], options);
        expect([...permuted.labels]).toEqual(order.map((i) => plain.labels[i]));
      }),
      { numRuns: 60 },
    );
  });

  it('leaves no cluster empty while there are enough different rows', async () => {
    const rows = blobs(60, 3, 3);
    const init = new Float64Array(8 * 3).fill(1000);
    const [fit] = await lloyd(new CpuEngine(rows), [init], { maxIterations: 100, shift: 0 });
    expect(new Set(fit.labels).size).toBe(8);
  });

  it('stays finite with fewer different rows than clusters', async () => {
    const rows = { n: 6, d: 2, data: new Float32Array(12).fill(3) };
    const [fit] = await lloyd(new CpuEngine(rows), [new Float64Array(8)], { maxIterations: 10, shift: 0 });
    expect(fit.inertia).toBe(0);
    expect([...fit.centres].every((x) => x === 3)).toBe(true);
  });

  it('gives each fit the same result alone and together with others', async () => {
    const rows = blobs(200, 6, 5, 1);
    const engine = new CpuEngine(rows);
    const inits = [2, 5, 9].map((k) => firstRows(engine, k));
    const options = { maxIterations: 100, shift: 0 };
    const together = await lloyd(engine, inits, options);
    for (const [i, init] of inits.entries())
      expect((await lloyd(engine, [init], options))[0]).toEqual(together[i]);
  });

  it('stops within moments when cancelled', async () => {
    const rows = normalRows(20_000, 64, 1);
    const engine = new CpuEngine(rows);
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 60);
    const started = performance.now();
    const options = { maxIterations: 10_000, shift: -1, signal: controller.signal };
    await expect(lloyd(engine, [firstRows(engine, 30)], options)).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(performance.now() - started).toBeLessThan(4000);
  });
});

describe('k-means++', () => {
  it('is the same for the same seed, and its start is the seeding of a smaller k with as many trials', async () => {
    const engine = new CpuEngine(blobs(300, 4, 8));
    const first = await kmeansPlusPlus(engine, 20, new Random(4));
    expect(await kmeansPlusPlus(engine, 20, new Random(4))).toEqual(first);
    const smaller = await kmeansPlusPlus(engine, 15, new Random(4));
    expect(first.slice(0, 15)).toEqual(smaller);
  });

  it('takes one row of each of well separated groups', async () => {
    const seeds = await kmeansPlusPlus(new CpuEngine(blobs(400, 5, 8, 100)), 8, new Random(2));
    expect(new Set([...seeds].map((row) => row % 8)).size).toBe(8);
  });

  it('copes with nothing but duplicates', async () => {
    const seeds = await kmeansPlusPlus(
      new CpuEngine({ n: 5, d: 1, data: new Float32Array(5) }),
      3,
      new Random(1),
    );
    expect([...seeds].every((row) => row < 5)).toBe(true);
  });
});

it('finds separated blobs, twice the same bits', async () => {
  const rows = blobs(500, 16, 10, 10);
  centre(rows);
  const options = { k: 10, seed: 3, nInit: 3, maxIterations: 100, shift: 0 };
  const fit = await kmeans(new CpuEngine(rows), options);
  for (let i = 10; i < 500; i++) expect(fit.labels[i]).toBe(fit.labels[i % 10]);
  expect(await kmeans(new CpuEngine(rows), options)).toEqual(fit);
});
