import { describe, expect, it } from 'vitest';
import expected from '../../test/golden/knn.json';
import { goldenRows } from '../../test/golden-rows';
import { blobs, normalRows } from '../../test/rows';
import { cpuKnn } from './cpu/knn';
import { knnGraph } from './knn-graph';
import type { Rows } from './rows';

/** Every pair in f64; ties: lowest row. */
function reference({ n, d, data }: Rows, k: number): { rows: number[]; distances: number[] } {
  const out = { rows: [] as number[], distances: [] as number[] };
  for (let i = 0; i < n; i++) {
    const all = Array.from({ length: n }, (_, j) => {
      let sum = 0;
      for (let t = 0; t < d; t++) sum += (data[i * d + t] - data[j * d + t]) ** 2;
      return { j, sum };
    }).filter(({ j }) => j !== i);
    all.sort((a, b) => a.sum - b.sum || a.j - b.j);
    for (const { j, sum } of all.slice(0, k)) {
      out.rows.push(j);
      out.distances.push(Math.fround(Math.sqrt(sum)));
    }
  }
  return out;
}

const options = { search: cpuKnn, seed: 1 };

describe('every pair', () => {
  it.each([
    [0, 3, 4],
    [1, 3, 4],
    [2, 3, 4],
    [5, 3, 9],
    [63, 1, 3],
    [64, 5, 7],
    [65, 8, 15],
    [200, 50, 15],
    [257, 13, 30],
  ])('of %i rows in %i dimensions, %i neighbours', async (n, d, k) => {
    const rows = normalRows(n, d, n + d);
    const graph = await knnGraph(rows, k, options);
    const { rows: near, distances } = reference(rows, k);
    expect(graph).toMatchObject({ n, k: Math.max(0, Math.min(k, n - 1)), search: 'exact', recall: 1 });
    expect([...graph.rows]).toEqual(near);
    expect([...graph.distances]).toEqual(distances);
  });

  it('of rows that are the same or nearly so, far from the origin', async () => {
    const rows = normalRows(150, 6, 3, 1e-3, 100);
    for (let i = 0; i < 40; i++) rows.data.copyWithin(6 * (100 + i), 6 * (i % 4), 6 * ((i % 4) + 1));
    const mean = 100;
    const centred = { ...rows, data: rows.data.map((x) => x - mean) };
    const graph = await knnGraph(centred, 8, options);
    // Forty equal rows tie: only distances are told apart.
    expect([...graph.distances]).toEqual(reference(centred, 8).distances);
  });
});

it('finds what scikit-learn finds', async () => {
  const graph = await knnGraph(goldenRows(expected), expected.k, options);
  expect([...graph.rows]).toEqual(expected.rows.flat());
  expected.distances.flat().forEach((distance, p) => expect(graph.distances[p]).toBeCloseTo(distance, 5));
});

it('finds nearly all neighbours in lists, and says how many', async () => {
  const rows = blobs(3000, 12, 20, 2, 5);
  const truth = await knnGraph(rows, 10, options);
  const graph = await knnGraph(rows, 10, { ...options, exactRows: 1000 });
  expect(graph.search).toBe('ivf');
  let hits = 0;
  for (let i = 0; i < 3000; i++) {
    const found = new Set(graph.rows.subarray(10 * i, 10 * (i + 1)));
    for (let p = 0; p < 10; p++) if (found.has(truth.rows[10 * i + p])) hits++;
  }
  expect(graph.sample).toBe(500);
  expect(Math.abs(graph.recall - hits / 30_000)).toBeLessThan(0.02);
  expect(hits / 30_000).toBeGreaterThan(0.95);
  const again = await knnGraph(rows, 10, { ...options, exactRows: 1000 });
  expect(again.rows).toEqual(graph.rows);
});

it('stops when cancelled', async () => {
  const search = knnGraph(normalRows(100, 4), 3, { ...options, signal: AbortSignal.abort() });
  await expect(search).rejects.toMatchObject({ code: 'cancelled' });
});
