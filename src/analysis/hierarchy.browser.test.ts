import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clean, openGpu } from '../../test/gpu.browser';
import golden from '../../test/golden/trees.json';
import { blobs, vectorsOf } from '../../test/rows';
import { DEFAULT_SWEEP } from '../domain/clustering';
import { DEFAULT_HIERARCHY, type Hierarchy } from '../domain/hierarchy';
import type { Gpu } from '../gpu/device';
import { EngineHost } from './engine-host';
import { GpuEngine } from './gpu-engine';
import { groupKMeans } from './group-kmeans';
import { plainGroups } from './group-plain';
import { growTree } from './grow-tree';
import { byPart, hierarchy } from './hierarchy';
import { centre } from './rows';
import { stability } from './stability';

let gpu: Gpu;
beforeAll(async () => void (gpu = await openGpu()));
afterAll(() => gpu.destroy());

/** Rows of each node, as far as the tree tells. */
const partition = ({ nodes, order }: Hierarchy) =>
  nodes.map(({ id, first, size }) => [id, [...order.subarray(first, first + size)].sort((a, b) => a - b)]);

function job(seed: number) {
  const host = new EngineHost(() => openGpu());
  return { vectors: vectorsOf(blobs(500, 7, 12, 3, seed)), specKey: 'key', host, report: () => undefined };
}

describe('trees grown in WGSL, a level at once', () => {
  it.each(golden.cases)('are those of the reference node by node: $name', async (data) => {
    const { n, d, branching, depth, minimumSize } = data;
    const rows = { n, d, data: Float32Array.from(data.rows) };
    centre(rows);
    const options = { branching, depth, minimumSize, seed: 3, nInit: 2, maxIterations: 100, tolerance: 1e-4 };
    const expected = await growTree(rows, plainGroups(rows), options);
    const found = await clean(gpu, async () => {
      const engine = new GpuEngine(gpu, rows);
      return growTree(rows, groupKMeans(engine), options).finally(() => engine.close());
    });
    expect(found.nodes.map(({ id, size }) => [id, size])).toEqual(
      expected.nodes.map(({ id, size }) => [id, size]),
    );
    const { distances } = expected.finish(new Float64Array(d));
    found.nodes.forEach(({ inertia, medoid, children }, place) => {
      const other = expected.nodes[place];
      // The two rows of a pair are as far from its centre, up to rounding.
      if (children === 0) expect(distances[medoid]).toBeCloseTo(distances[other.medoid], 3);
      expect(Math.abs(inertia - other.inertia)).toBeLessThanOrEqual(1e-4 * other.inertia + 1e-4);
    });
  });
});

describe('on the GPU as on the CPU', () => {
  it('hierarchies', async () => {
    const options = { ...DEFAULT_HIERARCHY, branching: 5, depth: 3, minimumSize: 8 };
    const onGpu = await hierarchy(job(1), { ...options, engine: 'webgpu' });
    const onCpu = await hierarchy(job(1), { ...options, engine: 'cpu' });
    expect([onGpu.engine, onCpu.engine]).toEqual(['webgpu', 'cpu']);
    expect(partition(onGpu)).toEqual(partition(onCpu));
  });

  it('parts and runs', async () => {
    const parts = {
      column: 'folder',
      names: ['a', 'b', 'c'],
      of: Uint32Array.from({ length: 500 }, (_, i) => (i < 2 ? 2 : i % 2)),
    };
    const options = { ...DEFAULT_SWEEP, kMin: 2, kMax: 5, nInit: 1 };
    const onGpu = await byPart(job(2), parts, { ...options, engine: 'webgpu' });
    const onCpu = await byPart(job(2), parts, { ...options, engine: 'cpu' });
    expect(partition(onGpu)).toEqual(partition(onCpu));

    const asked = { ks: [3, 12], runs: 3, seed: 1 };
    const runs = await stability(job(3), asked, { ...options, engine: 'webgpu' });
    const expected = await stability(job(3), asked, { ...options, engine: 'cpu' });
    runs.forEach(({ ari, inertia }, i) => {
      expect(ari).toBeCloseTo(expected[i].ari, 6);
      inertia.forEach((x, r) => expect(x / expected[i].inertia[r]).toBeCloseTo(1, 5));
    });
  });
});
