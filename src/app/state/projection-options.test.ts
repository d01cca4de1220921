import { expect, it } from 'vitest';
import { DEFAULT_PROJECTION } from '../../domain/projection';
import { projectionOf, sameProjection, withChange } from './projection-options';

it('has the usual map where a project says nothing of it', () => {
  expect(projectionOf(null)).toEqual(DEFAULT_PROJECTION);
});

it('cuts changes off at what they may be', () => {
  const changed = withChange(DEFAULT_PROJECTION, {
    method: 'umap',
    neighbours: 1e9,
    minDist: -1,
    perplexity: NaN,
  });
  expect(changed).toEqual({
    ...DEFAULT_PROJECTION,
    method: 'umap',
    neighbours: 200,
    minDist: 0,
    perplexity: 30,
  });
  expect(withChange(DEFAULT_PROJECTION, { neighbours: 7.6 }).neighbours).toBe(8);
});

it('tells maps apart by what makes a difference for the method', () => {
  const umap = withChange(DEFAULT_PROJECTION, { method: 'umap' });
  expect(sameProjection(umap, { ...umap, perplexity: 5 })).toBe(true);
  expect(sameProjection(umap, { ...umap, neighbours: 5 })).toBe(false);
  expect(sameProjection(umap, { ...umap, dims: 3 })).toBe(false);
  expect(sameProjection(DEFAULT_PROJECTION, { ...DEFAULT_PROJECTION, seed: 2, neighbours: 3 })).toBe(true);
  const tsne = withChange(DEFAULT_PROJECTION, { method: 'tsne' });
  expect(sameProjection(tsne, { ...tsne, perplexity: 5 })).toBe(false);
});
