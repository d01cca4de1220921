import { describe, expect, it } from 'vitest';
import golden from '../../../test/golden/maps.json';
import { goldenRows } from '../../../test/golden-rows';
import { blobs } from '../../../test/rows';
import { umapEpoch, type LayoutForces } from '../../gpu/umap/umap.cpu';
import { cpuKnn } from '../cpu/knn';
import { knnGraph } from '../knn-graph';
import { cpuLayout } from './cpu-layout';
import { fitCurve } from './curve';
import { fuzzyGraph, scheduled, smoothDistances } from './fuzzy';
import { startOf } from './umap';

const graphOf = (k: number) => knnGraph(goldenRows(golden), k, { search: cpuKnn, seed: 1 });

it('fits the curve as scipy does', () => {
  for (const [minDist, a, b] of golden.ab) {
    const found = fitCurve(minDist);
    expect([found.a, found.b]).toEqual([expect.closeTo(a, 4), expect.closeTo(b, 4)]);
  }
});

describe('the fuzzy graph', () => {
  it('has the bandwidths of umap-learn', async () => {
    const { rho, sigma } = await smoothDistances(await graphOf(golden.k));
    golden.rho.forEach((x, i) => expect(rho[i]).toBeCloseTo(x, 5));
    golden.sigma.forEach((x, i) => expect(sigma[i] / x).toBeCloseTo(1, 3));
  });

  it('has the weights of the fuzzy union, both ways the same', async () => {
    const { n, offsets, targets, values } = await fuzzyGraph(await graphOf(golden.k));
    const dense = Array.from({ length: n }, () => new Array<number>(n).fill(0));
    for (let i = 0; i < n; i++)
      for (let e = offsets[i]; e < offsets[i + 1]; e++) dense[i][targets[e]] = values[e];
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        expect(dense[i][j]).toBeCloseTo(golden.fuzzy[i][j], 3);
        expect(dense[i][j]).toBe(dense[j][i]);
      }
  });

  it('of rows that are all the same is finite', async () => {
    const same = { n: 5, d: 2, data: new Float32Array(10).fill(1) };
    const graph = await fuzzyGraph(await knnGraph(same, 3, { search: cpuKnn, seed: 1 }));
    expect([...graph.values].every((value) => value > 0 && value <= 1)).toBe(true);
  });
});

describe('the layout', () => {
  it.each([2, 3] as const)('follows the f64 reference in %i dimensions', async (dims) => {
    const graph = scheduled(await fuzzyGraph(await graphOf(8)), 200);
    const forces: LayoutForces = { dims, ...fitCurve(0.1), seed: 3, negatives: 5 };
    const start = startOf(
      Float32Array.from({ length: 40 * dims }, (_, p) => Math.sin(p * p)),
      1,
    );
    const found = await cpuLayout(graph, forces, start, { epochs: 1, alpha: 0.7, progress: () => undefined });
    const expected = umapEpoch(graph, forces, start, 0, 0.7);
    found.forEach((x, p) => expect(x).toBeCloseTo(expected[p], 3));
  });

  it('is the same for the same seed, and ends when cancelled', async () => {
    const rows = blobs(120, 6, 4);
    const graph = scheduled(await fuzzyGraph(await knnGraph(rows, 10, { search: cpuKnn, seed: 1 })), 50);
    const forces: LayoutForces = { dims: 2, ...fitCurve(0.1), seed: 3, negatives: 5 };
    const start = startOf(new Float32Array(240), 1);
    const run = { epochs: 50, alpha: 1, progress: () => undefined };
    const first = await cpuLayout(graph, forces, start, run);
    expect(await cpuLayout(graph, forces, start, run)).toEqual(first);
    expect(await cpuLayout(graph, { ...forces, seed: 4 }, start, run)).not.toEqual(first);
    const stopped = cpuLayout(graph, forces, start, { ...run, signal: AbortSignal.abort() });
    await expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
  });
});
