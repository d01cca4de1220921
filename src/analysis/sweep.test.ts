import { describe, expect, it } from 'vitest';
import { blobs, normalRows, vectorsOf } from '../../test/rows';
import { DEFAULT_SWEEP, type SweepOptions } from '../domain/clustering';
import type { AnalysisProgress } from '../domain/progress';
import { adjustedRand, contingency } from './agreement';
import { EngineHost } from './engine-host';
import { residentSource } from './row-source';
import { columnMeans, type Rows } from './rows';
import { noScaler } from './scaling';
import { kRange, sweep } from './sweep';

function run(rows: Rows, options: Partial<SweepOptions> = {}, report = (_: AnalysisProgress) => undefined) {
  const all = { ...DEFAULT_SWEEP, engine: 'cpu' as const, ...options };
  return sweep(vectorsOf(rows), 'key', all, new EngineHost(), undefined, report);
}

describe('the range of k', () => {
  const range = (kMin: number, kMax: number, n: number, distinct = n) => kRange({ kMin, kMax }, n, distinct);
  it('is what was asked for when there are rows enough', () => {
    expect(range(5, 9, 100)).toEqual([5, 6, 7, 8, 9]);
  });
  it('ends at n - 1 and at the number of different rows', () => {
    expect(range(5, 30, 8)).toEqual([5, 6, 7]);
    expect(range(5, 30, 100, 6)).toEqual([5, 6]);
  });
  it('starts at 2 when there are too few rows for the least k', () => {
    expect(range(5, 30, 4)).toEqual([2, 3]);
    expect(range(5, 30, 3)).toEqual([2]);
  });
  it('is one cluster for two rows, one, or all the same', () => {
    for (const [n, distinct] of [
      [1, 1],
      [2, 2],
      [50, 1],
    ])
      expect(range(5, 30, n, distinct)).toEqual([1]);
  });
});

describe('a sweep', () => {
  it('finds the number of blobs; every criterion agrees', async () => {
    const rows = blobs(240, 12, 6, 6);
    const { choice, clusterings } = await run(rows, { kMin: 2, kMax: 10 });
    expect(choice).toMatchObject({ k: 6, elbow: 6, byCalinskiHarabasz: 6, byDaviesBouldin: 6 });
    expect(clusterings.map(({ k }) => k)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('numbers clusters by falling size and gives distances to their own centroids', async () => {
    const rows = normalRows(200, 5, 1, 1, 100);
    const { clusterings } = await run(rows, { kMin: 4, kMax: 6, tolerance: 0 });
    for (const { k, labels, sizes, centroids, distances, inertia } of clusterings) {
      expect([...sizes]).toEqual([...sizes].sort((a, b) => b - a));
      const counts = new Uint32Array(k);
      labels.forEach((label) => counts[label]++);
      expect(sizes).toEqual(counts);
      let sum = 0;
      for (let i = 0; i < 200; i++) {
        let squared = 0;
        for (let t = 0; t < 5; t++) squared += (rows.data[i * 5 + t] - centroids[labels[i] * 5 + t]) ** 2;
        expect(Math.abs(Math.sqrt(squared) - distances[i])).toBeLessThan(1e-4);
        sum += squared;
      }
      expect(Math.abs(sum / inertia - 1)).toBeLessThan(1e-4);
    }
  });

  it('is the same twice, and different for another seed', async () => {
    const rows = normalRows(120, 6, 2);
    const bits = async (seed: number) => (await run(rows, { seed, nInit: 1, kMin: 5, kMax: 7 })).clusterings;
    const first = await bits(1);
    expect(await bits(1)).toEqual(first);
    expect(await bits(2)).not.toEqual(first);
  });

  it.each([1, 2, 3])('of %i images', async (n) => {
    const { clusterings, choice } = await run(normalRows(n, 4));
    const k = n === 3 ? 2 : 1;
    expect(clusterings.map((c) => c.k)).toEqual([k]);
    expect(choice).toEqual({
      k,
      runnerUp: null,
      elbow: null,
      byCalinskiHarabasz: null,
      byDaviesBouldin: null,
    });
    if (k === 1)
      expect(clusterings[0]).toMatchObject({ silhouette: 0, calinskiHarabasz: 0, daviesBouldin: 0 });
  });

  it('of no image is refused', async () => {
    await expect(run({ n: 0, d: 0, data: new Float32Array(0) })).rejects.toMatchObject({
      code: 'too-few-images',
    });
  });

  it('of images all alike is one cluster', async () => {
    const row = [...normalRows(1, 8).data];
    const rows = { n: 40, d: 8, data: Float32Array.from(Array.from({ length: 40 }, () => row).flat()) };
    const { clusterings } = await run(rows);
    expect(clusterings.length).toBe(1);
    expect(clusterings[0]).toMatchObject({ k: 1, inertia: 0, silhouette: 0 });
    expect([...clusterings[0].sizes]).toEqual([40]);
  });

  it.each(['l2', 'standard', 'minmax'] as const)(
    'with %s scaling ignores what the scaling removes',
    async (scaling) => {
      const rows = blobs(90, 6, 3, 5);
      const stretched = { ...rows, data: rows.data.slice() };
      for (let i = 0; i < 90; i++) {
        for (let t = 0; t < 6; t++) stretched.data[i * 6 + t] *= scaling === 'l2' ? 2 ** (i % 4) : 2 ** t;
      }
      const options = { scaling, kMin: 2, kMax: 4 };
      const plain = await run(rows, options);
      const other = await run(stretched, options);
      other.clusterings.forEach((c, i) => expect(c.labels).toEqual(plain.clusterings[i].labels));
    },
  );

  it('on principal components gives centroids in their space', async () => {
    const { pca, clusterings } = await run(blobs(90, 20, 3, 5), { pca: 4, kMin: 3, kMax: 3 });
    expect(pca).toBe(4);
    expect(clusterings[0].centroids.length).toBe(3 * 4);
    const sizes = clusterings[0].sizes;
    const mean = columnMeans({ n: 3, d: 4, data: clusterings[0].centroids.map((x, p) => x * sizes[p >> 2]) });
    for (const x of mean) expect(Math.abs(x)).toBeLessThan(1e-3);
  });

  it('estimates the silhouette from a sample, with an error that covers the truth', async () => {
    const rows = normalRows(400, 3, 5);
    const whole = await run(rows, { kMin: 3, kMax: 5 });
    const part = await run(rows, { kMin: 3, kMax: 5, silhouetteSample: 150 });
    part.clusterings.forEach(({ silhouette, silhouetteError, silhouetteSample }, i) => {
      expect(silhouetteSample).toBe(150);
      expect(silhouetteError).toBeGreaterThan(0);
      expect(Math.abs(silhouette - whole.clusterings[i].silhouette)).toBeLessThan(4 * silhouetteError);
    });
  });

  it('reports rising progress', async () => {
    const fractions: number[] = [];
    await run(normalRows(600, 40, 3), { kMin: 5, kMax: 20 }, ({ fraction }) => void fractions.push(fraction));
    expect(fractions.length).toBeGreaterThan(1);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(fractions[fractions.length - 1]).toBeLessThanOrEqual(1);
  }, 30_000);
});

describe('a sweep over rows too large to be in memory', () => {
  const rows = blobs(3000, 6, 5, 8);
  const options = { ...DEFAULT_SWEEP, kMin: 3, kMax: 6, engine: 'cpu' as const };
  const vectors = {
    ...vectorsOf(rows),
    streamed: async () => ({
      source: residentSource(rows),
      preparation: { scaler: noScaler(rows.d), pca: null },
    }),
  };

  it('finds by mini-batches what it finds at once', async () => {
    const whole = await sweep(vectorsOf(rows), 'key', options, new EngineHost(), undefined, () => undefined);
    const found = await sweep(vectors, 'key', options, new EngineHost(), undefined, () => undefined);
    expect(whole.scoredRows).toBeUndefined();
    expect(whole.peakBytes!.rows).toBeGreaterThanOrEqual(3000 * 6 * 4);
    expect(whole.peakBytes!.gpu).toBe(0);
    expect(found).toMatchObject({ scoredRows: 3000, engine: 'cpu', choice: { k: 5 }, pca: null });
    const [a, b] = [whole, found].map(({ clusterings }) => clusterings[2]);
    expect(adjustedRand(contingency(a.labels, b.labels))).toBeGreaterThan(0.99);
    expect(b.inertia / a.inertia).toBeLessThan(1.01);
    expect(Math.abs(b.silhouette - a.silhouette)).toBeLessThan(0.01);
    for (let c = 0; c < 5; c++)
      for (let t = 0; t < 6; t++)
        expect(Math.abs(b.centroids[c * 6 + t] - meanOf(rows, b.labels, c, t))).toBeLessThan(0.2);
  });

  it('is the same again, and stops when cancelled', async () => {
    const run = (signal?: AbortSignal) =>
      sweep(vectors, 'key', { ...options, kMax: 4 }, new EngineHost(), signal, () => undefined);
    const [a, b] = [await run(), await run()];
    expect(a.clusterings.map((c) => c.labels)).toEqual(b.clusterings.map((c) => c.labels));
    await expect(run(AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
  });
});

function meanOf({ d, data }: Rows, labels: Uint16Array, cluster: number, column: number): number {
  let sum = 0;
  let count = 0;
  labels.forEach((label, i) => {
    if (label !== cluster) return;
    sum += data[i * d + column];
    count++;
  });
  return sum / count;
}
