import { expect, it } from 'vitest';
import { DEFAULT_PROJECTION, type Projection } from '../../../domain/projection';
import { layoutKey } from './layout-key';

const pca = { method: 'pca', dims: 2, options: DEFAULT_PROJECTION, n: 100, laid: 100 } as Projection;
const umap = { ...pca, method: 'umap', options: { ...DEFAULT_PROJECTION, method: 'umap' } } as Projection;

it('stays while images are added', () => {
  expect(layoutKey({ ...pca, n: 200, laid: 200 })).toBe(layoutKey(pca));
  expect(layoutKey({ ...umap, n: 200 })).toBe(layoutKey(umap));
});

it('changes with the method, the dimensions, and what shapes the layout', () => {
  const { options } = umap;
  const keys = [
    pca,
    umap,
    { ...umap, dims: 3 as const },
    { ...umap, laid: 200 },
    { ...umap, options: { ...options, seed: 2 } },
    { ...umap, options: { ...options, neighbours: 5 } },
  ].map(layoutKey);
  expect(new Set(keys).size).toBe(keys.length);
  expect(layoutKey({ ...umap, options: { ...options, perplexity: 5 } })).toBe(layoutKey(umap));
});
