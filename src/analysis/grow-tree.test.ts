import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blobs, normalRows } from '../../test/rows';
import type { HierarchyNode } from '../domain/hierarchy';
import { growTree, type TreeOptions } from './grow-tree';
import { CpuEngine } from './cpu/engine';
import { plainGroups } from './group-plain';
import { kmeans } from './kmeans';
import { centre, columnVariances, type Rows } from './rows';

const OPTIONS: TreeOptions = {
  branching: 4,
  depth: 3,
  minimumSize: 10,
  seed: 1,
  nInit: 1,
  maxIterations: 100,
  tolerance: 1e-4,
};

async function grow(rows: Rows, options: Partial<TreeOptions> = {}, signal?: AbortSignal) {
  const mean = centre(rows);
  const tree = await growTree(rows, plainGroups(rows), { ...OPTIONS, ...options }, signal);
  return { n: rows.n, ...tree.finish(mean) };
}

type Grown = Awaited<ReturnType<typeof grow>>;

/** The rows of a node, as the contract has them. */
const rowsOf = ({ order }: Grown, { first, size }: HierarchyNode) => [...order.subarray(first, first + size)];

function expectSound(tree: Grown, options: Partial<TreeOptions>): void {
  const { branching, depth, minimumSize } = { ...OPTIONS, ...options };
  const { nodes, order, n } = tree;
  expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
  expect(nodes[0]).toMatchObject({ id: 'root', parent: -1, depth: 0, first: 0, size: n });
  nodes.forEach((node, place) => {
    if (place > 0) expect(node.depth).toBeGreaterThanOrEqual(nodes[place - 1].depth);
    expect(node.depth).toBeLessThanOrEqual(depth);
    expect(rowsOf(tree, node)).toContain(node.medoid);
    if (node.children === 0) return;
    expect(node.size).toBeGreaterThanOrEqual(minimumSize);
    expect(node.children).toBeGreaterThan(1);
    expect(node.children).toBeLessThanOrEqual(branching);
    const children = nodes.slice(node.firstChild, node.firstChild + node.children);
    let first = node.first;
    children.forEach((child, i) => {
      expect(child).toMatchObject({ id: `${node.id}-${i}`, parent: place, depth: node.depth + 1, first });
      expect(child.size).toBeGreaterThan(0);
      if (i > 0) expect(child.size).toBeLessThanOrEqual(children[i - 1].size);
      first += child.size;
    });
    expect(first).toBe(node.first + node.size);
    const inertia = children.reduce((sum, child) => sum + child.inertia, 0);
    expect(inertia).toBeLessThanOrEqual(node.inertia * (1 + 1e-9) + 1e-9);
  });
  const leaves = nodes.filter(({ children }) => children === 0);
  expect(leaves.reduce((sum, { size }) => sum + size, 0)).toBe(n);
  for (const leaf of leaves) {
    const rows = rowsOf(tree, leaf);
    expect(rows).toEqual([...rows].sort((a, b) => a - b));
  }
}

describe('a tree of clusters', () => {
  it('holds every row in one leaf and children that partition their parent, whatever the rows', async () => {
    const shapes = fc.record({
      n: fc.integer({ min: 1, max: 90 }),
      d: fc.integer({ min: 1, max: 5 }),
      values: fc.integer({ min: 1, max: 40 }),
      branching: fc.integer({ min: 2, max: 6 }),
      depth: fc.integer({ min: 1, max: 4 }),
      minimumSize: fc.integer({ min: 1, max: 30 }),
      nInit: fc.integer({ min: 1, max: 2 }),
      seed: fc.nat(1000),
    });
    await fc.assert(
      fc.asyncProperty(shapes, async ({ n, d, values, ...options }) => {
        // Few values give many equal rows.
        const { data } = normalRows(n, d, options.seed);
        const rows = () => ({ n, d, data: data.map((x) => Math.round(x * values) / values) });
        const tree = await grow(rows(), options);
        expectSound(tree, options);
        expect(await grow(rows(), options)).toEqual(tree);
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  it('splits the root as k-means with as many clusters does', async () => {
    const rows = blobs(300, 6, 5);
    const tree = await grow({ ...rows, data: rows.data.slice() }, { branching: 5, depth: 1, nInit: 2 });
    centre(rows);
    const shift = (1e-4 * columnVariances(rows, new Float64Array(6)).reduce((sum, v) => sum + v, 0)) / 6;
    const options = { k: 5, seed: 1, nInit: 2, maxIterations: 100, shift };
    const { labels, inertia, squared } = await kmeans(new CpuEngine(rows), options);
    const sizes = Array.from({ length: 5 }, (_, c) => labels.filter((label) => label === c).length);
    expect(tree.nodes.slice(1).map(({ size }) => size)).toEqual(sizes.sort((a, b) => b - a));
    expect(tree.nodes.slice(1).reduce((sum, node) => sum + node.inertia, 0)).toBeCloseTo(inertia, 8);
    expect(tree.distances).toEqual(Float32Array.from(squared, Math.sqrt));
  });

  it('gives centroids and distances in the space of the vectors', async () => {
    const rows = blobs(120, 4, 4, 4, 3);
    for (let p = 0; p < rows.data.length; p++) rows.data[p] += 100;
    const { data } = { data: rows.data.slice() };
    const { nodes, centroids, distances, order } = await grow(rows, {
      branching: 2,
      depth: 2,
      minimumSize: 2,
    });
    nodes.forEach(({ children, first, size, inertia, medoid }, place) => {
      if (children > 0) return;
      let sum = 0;
      let nearest = Infinity;
      for (const row of order.subarray(first, first + size)) {
        const squared = Array.from({ length: 4 }, (_, t) => data[row * 4 + t] - centroids[place * 4 + t])
          .map((gap) => gap * gap)
          .reduce((a, b) => a + b);
        expect(distances[row]).toBeCloseTo(Math.sqrt(squared), 3);
        sum += squared;
        nearest = Math.min(nearest, distances[row]);
      }
      expect(inertia).toBeCloseTo(sum, 1);
      expect(distances[medoid]).toBe(nearest);
    });
  });

  it('leaves alone what cannot be split', async () => {
    expect((await grow(normalRows(1, 3))).nodes).toHaveLength(1);
    const equal = { n: 50, d: 2, data: new Float32Array(100).fill(7) };
    expect((await grow(equal)).nodes).toMatchObject([{ size: 50, inertia: 0, medoid: 0, children: 0 }]);
    const three = { n: 60, d: 1, data: Float32Array.from({ length: 60 }, (_, i) => i % 3) };
    const { nodes } = await grow(three, { branching: 16, minimumSize: 2 });
    expect(nodes.map(({ id, size }) => [id, size])).toEqual([
      ['root', 60],
      ['root-0', 20],
      ['root-1', 20],
      ['root-2', 20],
    ]);
  });

  it('splits a node exactly at the minimum size, and none below', async () => {
    const rows = () => normalRows(20, 2);
    expect((await grow(rows(), { minimumSize: 20 })).nodes[0].children).toBe(4);
    expect((await grow(rows(), { minimumSize: 21 })).nodes).toHaveLength(1);
    expect((await grow(rows(), { depth: 1, minimumSize: 2 })).nodes).toHaveLength(5);
  });

  it('splits a node in the same way whatever else is split', async () => {
    const rows = () => blobs(200, 3, 8, 6);
    const all = await grow(rows(), { minimumSize: 2, depth: 2 });
    const few = await grow(rows(), { minimumSize: all.nodes[1].size, depth: 2 });
    const under = (tree: Grown) => tree.nodes.filter(({ id }) => id.startsWith('root-0-'));
    expect(under(few).length).toBeGreaterThan(1);
    expect(under(few).map(({ size, inertia, medoid }) => [size, inertia, medoid])).toEqual(
      under(all).map(({ size, inertia, medoid }) => [size, inertia, medoid]),
    );
  });

  it('stops when it is cancelled', async () => {
    const stop = new AbortController();
    stop.abort();
    await expect(grow(normalRows(50, 2), {}, stop.signal)).rejects.toMatchObject({ code: 'cancelled' });
  });
});
