import { describe, expect, it } from 'vitest';
import { blobs, normalRows, vectorsOf } from '../../test/rows';
import { DEFAULT_HIERARCHY, type HierarchyOptions } from '../domain/hierarchy';
import type { AnalysisProgress } from '../domain/progress';
import { EngineHost } from './engine-host';
import { hierarchy } from './hierarchy';
import type { Rows } from './rows';

function run(
  rows: Rows,
  options: Partial<HierarchyOptions> = {},
  report: (p: AnalysisProgress) => void = () => undefined,
) {
  const job = { vectors: vectorsOf(rows), specKey: 'key', host: new EngineHost(), report };
  return hierarchy(job, { ...DEFAULT_HIERARCHY, engine: 'cpu', minimumSize: 10, branching: 4, ...options });
}

describe('a hierarchy', () => {
  it('tells what it was made of', async () => {
    const rows = blobs(200, 6, 8, 5);
    const seen: number[] = [];
    const tree = await run(rows, { depth: 2, seed: 5 }, ({ fraction }) => seen.push(fraction));
    expect(tree).toMatchObject({
      specKey: 'key',
      n: 200,
      d: 6,
      by: 'kmeans',
      branching: 4,
      depth: 2,
      minimumSize: 10,
      seed: 5,
      scaling: 'none',
      pca: null,
      engine: 'cpu',
    });
    expect(tree.centroids).toHaveLength(tree.nodes.length * 6);
    expect(seen.every((fraction, i) => fraction >= (seen[i - 1] ?? 0) && fraction <= 1)).toBe(true);
  });

  it('is made of scaled and reduced rows when asked', async () => {
    const tree = await run(blobs(150, 8, 4, 4), { scaling: 'standard', pca: 3, depth: 1 });
    expect(tree).toMatchObject({ d: 3, pca: 3, scaling: 'standard' });
    expect(tree.centroids).toHaveLength(5 * 3);
    const share = await run(blobs(150, 8, 4, 4), { pca: 0.5, depth: 1 });
    expect(share.pca).toBe(share.d);
    expect(share.d).toBeLessThan(8);
  });

  it('is a root alone for one row, and needs one', async () => {
    const { nodes, order, distances } = await run(normalRows(1, 3));
    expect(nodes).toMatchObject([{ id: 'root', size: 1, children: 0, inertia: 0 }]);
    expect([order.length, distances[0]]).toEqual([1, 0]);
    await expect(run({ n: 0, d: 3, data: new Float32Array(0) })).rejects.toMatchObject({
      code: 'too-few-images',
    });
  });
});
