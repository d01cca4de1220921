import { describe, expect, it } from 'vitest';
import golden from '../../../test/golden/maps.json';
import { goldenRows } from '../../../test/golden-rows';
import { blobs, normalRows } from '../../../test/rows';
import { DEFAULT_PROJECTION } from '../../domain/projection';
import { CpuProducts } from '../cpu/cpu-products';
import { cpuKnn } from '../cpu/knn';
import { knnGraph } from '../knn-graph';
import { Pace } from '../pace';
import { pcaLayout } from '../projection';
import { residentSource } from '../row-source';
import type { Rows } from '../rows';
import { conditional, jointProbabilities } from './perplexity';
import { TreeMaker } from './space-tree';
import { neighboursOf, TsneForces, tsneLayout } from './tsne';

const none = (): void => undefined;
const graphOf = (rows: Rows, k: number) => knnGraph(rows, k, { search: cpuKnn, seed: 1 });

/** n x 3 of n x dims. */
function placesOf(layout: number[][]): Float64Array {
  return Float64Array.from(layout.flatMap((place) => [...place, 0, 0, 0].slice(0, 3)));
}

describe('probabilities', () => {
  it('are those of scikit-learn', async () => {
    const graph = await graphOf(goldenRows(golden), golden.k);
    const found = await conditional(graph, golden.perplexity);
    golden.conditional.flat().forEach((p, e) => expect(found[e]).toBeCloseTo(p, 4));
    const { n, offsets, targets, values } = await jointProbabilities(graph, golden.perplexity);
    const dense = Array.from({ length: n }, () => new Array<number>(n).fill(0));
    for (let i = 0; i < n; i++)
      for (let e = offsets[i]; e < offsets[i + 1]; e++) dense[i][targets[e]] = values[e];
    golden.joint.forEach((line, i) => line.forEach((p, j) => expect(dense[i][j]).toBeCloseTo(p, 5)));
    expect(values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
  });

  it('of rows at the same place are finite', async () => {
    const found = await conditional(await graphOf({ n: 6, d: 2, data: new Float32Array(12) }, 4), 2);
    expect([...found].every(Number.isFinite)).toBe(true);
  });
});

describe('forces', () => {
  it('have the divergence and the gradient of scikit-learn', async () => {
    const joint = await jointProbabilities(await graphOf(goldenRows(golden), golden.k), golden.perplexity);
    const forces = new TsneForces(joint, 2, 0);
    const places = placesOf(golden.layout);
    const gradient = await forces.gradient(places, 1, new Pace());
    expect(forces.divergence(places)).toBeCloseTo(golden.divergence, 4);
    golden.gradient.forEach(([x, y], i) => {
      expect(gradient[3 * i]).toBeCloseTo(x, 6);
      expect(gradient[3 * i + 1]).toBeCloseTo(y, 6);
    });
  });

  it.each([2, 3] as const)('by the tree in %i dimensions are those of every pair, nearly', async (dims) => {
    const rows = blobs(700, 5, 6, 3);
    const joint = await jointProbabilities(await graphOf(rows, 12), 4);
    const places = normalRows(700, 3, 5, 8).data;
    if (dims === 2) for (let i = 0; i < 700; i++) places[3 * i + 2] = 0;
    const at = Float64Array.from(places);
    const exact = Float64Array.from(await new TsneForces(joint, dims, 0).gradient(at, 1, new Pace()));
    const found = await new TsneForces(joint, dims, 0.5).gradient(at, 1, new Pace());
    let [off, all] = [0, 0];
    exact.forEach((x, p) => {
      off += (x - found[p]) ** 2;
      all += x * x;
    });
    expect(Math.sqrt(off / all)).toBeLessThan(0.02);
  });
});

it.each([
  [1, 2],
  [9, 2],
  [500, 2],
  [500, 3],
] as const)('the tree of %i points in %i dimensions holds each once, where they lie', (n, dims) => {
  const points = Float64Array.from(normalRows(n, 3, n).data);
  if (dims === 2) for (let i = 0; i < n; i++) points[3 * i + 2] = 0;
  // Some at the same place.
  for (let i = 1; i < Math.min(n, 30); i += 2) points.copyWithin(3 * i, 0, 3);
  const tree = new TreeMaker(n, dims).make(points);
  expect([...tree.order].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
  expect([tree.first[0], tree.count[0], tree.next[0]]).toEqual([0, n, tree.nodes]);
  let inLeaves = 0;
  for (let node = 0; node < tree.nodes; node++) {
    if (tree.isLeaf[node]) inLeaves += tree.count[node];
    let sum = 0;
    for (let q = 0; q < tree.count[node]; q++) sum += points[3 * tree.order[tree.first[node] + q]];
    expect(tree.centre[3 * node]).toBeCloseTo(sum / tree.count[node], 9);
  }
  expect(inLeaves).toBe(n);
});

it('gets as low as scikit-learn on the same rows', async () => {
  const rows = goldenRows(golden.blobs);
  const { perplexity } = golden.blobs;
  const options = { ...DEFAULT_PROJECTION, method: 'tsne' as const, perplexity };
  const pca = await pcaLayout(residentSource(rows), new CpuProducts(), DEFAULT_PROJECTION);
  const graph = await graphOf(rows, neighboursOf(perplexity));
  const found = await tsneLayout(graph, pca.coords, options, none);
  // Theirs looks at every pair, ours leaves out those that are not among 46 neighbours.
  expect(found.divergence).toBeLessThan(golden.blobs.divergence * 1.1);
  expect(found.divergence).toBeGreaterThan(golden.blobs.divergence * 0.6);
  expect((await tsneLayout(graph, pca.coords, options, none)).coords).toEqual(found.coords);
}, 60_000);
