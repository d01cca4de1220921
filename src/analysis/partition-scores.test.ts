import { describe, expect, it } from 'vitest';
import { goldenFits, rowsOf } from '../../test/golden-analysis';
import golden from '../../test/golden/squared-silhouette.json';
import { blobs, normalRows } from '../../test/rows';
import { CpuEngine } from './cpu/engine';
import { centresAt, lloyd } from './kmeans';
import { partitionsOf, type Partition } from './partition';
import { plainProducts } from '../../test/plain-products';
import type { Products } from './products';
import { Random } from './random';
import { centre, type Rows } from './rows';
import { clusterScores, dispersion, scoresOf } from './scores';
import { scorePartitions } from './partition-scores';

const silent = () => undefined;

/** Products as rough as f32 may leave them: off by up to 3e-7 of the two lengths. */
const roughProducts: Products = {
  ...plainProducts,
  async project(rows, mean, vectors, r) {
    const exact = await plainProducts.project(rows, mean, vectors, r);
    const random = new Random(7);
    const lengths = (data: ArrayLike<number>, n: number) =>
      Array.from({ length: n }, (_, i) => {
        let sum = 0;
        for (let t = i * rows.d; t < (i + 1) * rows.d; t++) sum += data[t] * data[t];
        return Math.sqrt(sum);
      });
    const [x, v] = [lengths(rows.data, rows.n), lengths(vectors, r)];
    return Float32Array.from(
      exact,
      (dot, p) => dot + 6e-7 * (random.float() - 0.5) * x[Math.floor(p / r)] * v[p % r],
    );
  },
};

function bruteForce({ n, d, data }: Rows, labels: Uint16Array, k: number): number {
  let total = 0;
  for (let i = 0; i < n; i++) {
    const sums = new Float64Array(k);
    const counts = new Uint32Array(k);
    for (let j = 0; j < n; j++) {
      if (j === i) continue;
      for (let t = 0; t < d; t++) sums[labels[j]] += (data[i * d + t] - data[j * d + t]) ** 2;
      counts[labels[j]]++;
    }
    if (counts[labels[i]] === 0) continue;
    const means = Array.from(sums, (sum, c) => sum / counts[c]);
    const a = means[labels[i]];
    const b = Math.min(...means.filter((_, c) => c !== labels[i] && counts[c] > 0));
    if (Math.max(a, b) > 0 && b < Infinity) total += (b - a) / Math.max(a, b) / n;
  }
  return total;
}

function partitionBy(rows: Rows, k: number, labels: Uint16Array): Partition {
  return { k, labels, ...dispersion(rows, labels, k) };
}

const partitionSpread = (rows: Rows, { k, labels }: Partition) => dispersion(rows, labels, k).spread;

function randomLabels(n: number, k: number, seed = 1): Uint16Array {
  const random = new Random(seed);
  return Uint16Array.from({ length: n }, () => random.below(k));
}

describe('squared silhouettes are those of brute force over all pairs in scikit-learn', () => {
  const scores = new Map(golden.scores.map(({ name, silhouette }) => [name, silhouette]));
  const fits = goldenFits.filter(({ name }) => scores.has(name));
  it('of every golden fit', () => expect(fits.length).toBe(golden.scores.length));
  it.each(fits)('$name', async ({ name, data, fit }) => {
    const rows = rowsOf(data);
    centre(rows);
    const partition = partitionBy(rows, fit.k, Uint16Array.from(fit.labels));
    for (const products of [plainProducts, roughProducts]) {
      const [found] = await scorePartitions(rows, [partition], products, silent);
      expect(Math.abs(found.silhouette - scores.get(name)!)).toBeLessThan(1e-5);
      const { calinskiHarabasz, daviesBouldin } = scoresOf(
        { ...partition, spread: found.spread },
        rows.n,
        rows.d,
      );
      expect(Math.abs(calinskiHarabasz / fit.calinskiHarabasz! - 1)).toBeLessThan(1e-5);
      expect(Math.abs(daviesBouldin / fit.daviesBouldin! - 1)).toBeLessThan(1e-5);
    }
  });
});

describe('squared silhouettes', () => {
  it('of many partitions at once, over several blocks of rows, follow the definition', async () => {
    const rows = blobs(700, 3, 4, 1);
    centre(rows);
    // Most of the clusters of the last one are empty; they make the blocks short.
    const used = [2, 5, 60];
    const partitions = [2, 5, 30_000].map((k, p) => partitionBy(rows, k, randomLabels(700, used[p], k)));
    const fractions: number[] = [];
    const found = await scorePartitions(rows, partitions, plainProducts, (f) => fractions.push(f));
    partitions.forEach(({ labels }, p) =>
      expect(found[p].silhouette).toBeCloseTo(bruteForce(rows, labels, used[p]), 9),
    );
    expect(fractions.length).toBeGreaterThan(2);
    expect(fractions[fractions.length - 1]).toBe(1);
  });

  it('survive rough products where clusters lie close together and far from the rest', async () => {
    const rows = blobs(120, 6, 3, 0.5);
    for (let i = 0; i < 60; i++) for (let t = 0; t < 6; t++) rows.data[i * 6 + t] += 5000;
    centre(rows);
    const labels = Uint16Array.from({ length: 120 }, (_, i) => 3 * Number(i < 60) + (i % 3));
    const [found] = await scorePartitions(rows, [partitionBy(rows, 6, labels)], roughProducts, silent);
    expect(Math.abs(found.silhouette - bruteForce(rows, labels, 6))).toBeLessThan(1e-5);
  });

  it.each([
    ['one cluster', [0, 0, 0, 0], 1],
    ['rows alone', [0, 1, 2, 3], 4],
    ['equal rows in two clusters', [0, 0, 1, 1], 2],
  ])('are 0 for %s', async (name, labels, k) => {
    const data =
      name === 'equal rows in two clusters' ? new Float32Array(12).fill(0.1) : normalRows(4, 3).data;
    const rows = { n: 4, d: 3, data };
    const partition = partitionBy(rows, k, Uint16Array.from(labels));
    const [{ silhouette, spread }] = await scorePartitions(rows, [partition], roughProducts, silent);
    expect(silhouette).toBe(0);
    spread.forEach((x, c) => expect(x).toBeCloseTo(partitionSpread(rows, partition)[c], 6));
  });

  it('stop when cancelled', async () => {
    const rows = normalRows(10, 2);
    const partition = partitionBy(rows, 2, randomLabels(10, 2));
    const found = scorePartitions(rows, [partition], plainProducts, silent, AbortSignal.abort());
    await expect(found).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('partitions of fits', () => {
  it('have the means of their clusters, also when the tolerance stopped the fit', async () => {
    const rows = normalRows(500, 4, 3);
    centre(rows);
    const engine = new CpuEngine(rows);
    const inits = [3, 8].map((k) =>
      centresAt(
        engine,
        Uint32Array.from({ length: k }, (_, c) => c),
      ),
    );
    const fits = await lloyd(engine, inits, { maxIterations: 3, shift: 0 });
    const partitions = await partitionsOf(engine, rows, fits);
    fits.forEach(({ k, labels }, f) => {
      const expected = partitionBy(rows, k, labels);
      expect(partitions[f].counts).toEqual(expected.counts);
      expected.means.forEach((x, p) => expect(Math.abs(partitions[f].means[p] - x)).toBeLessThan(1e-6));
      expected.within.forEach((x, c) => expect(Math.abs(partitions[f].within[c] / x - 1)).toBeLessThan(1e-6));
    });
    const found = await scorePartitions(rows, partitions, plainProducts, silent);
    fits.forEach(({ k, labels }, f) => {
      const scores = scoresOf({ ...partitions[f], spread: found[f].spread }, 500, 4);
      const expected = clusterScores(rows, labels, k);
      expect(scores.calinskiHarabasz / expected.calinskiHarabasz).toBeCloseTo(1, 6);
      expect(scores.daviesBouldin / expected.daviesBouldin).toBeCloseTo(1, 6);
    });
    engine.close();
  });
});
