import { expect, it } from 'vitest';
import type { Clustering, Sweep } from '../domain/clustering';
import { RAW_PIXELS } from '../domain/spec';
import { modelOf } from './cluster-models';

const sweep = { specKey: 'd', n: 6, d: 2, scaling: 'none', pca: null } as Sweep;
const fitted: Clustering = {
  k: 3,
  labels: Uint16Array.of(0, 0, 1, 1, 2, 2),
  centroids: Float32Array.of(0, 0, 1, 1, 2, 2),
  distances: new Float32Array(6),
  sizes: Uint32Array.of(2, 2, 2),
  iterations: 1,
  inertia: 0,
  silhouette: 0,
  silhouetteError: 0,
  silhouetteSample: 6,
  calinskiHarabasz: 0,
  daviesBouldin: 0,
};
const of = (clustering: Clustering, names = new Map([[2, { name: 'hens', note: 'loud' }]])) =>
  modelOf({ name: 'p', spec: RAW_PIXELS }, sweep, clustering, names);

it('keeps the numbers of a clustering without gaps', () => {
  const model = of(fitted);
  expect([model.k, model.centroids]).toEqual([3, fitted.centroids]);
  expect([...model.names]).toEqual([[2, { name: 'hens', note: 'loud' }]]);
});

it('closes the gaps of an edited clustering; names go along, and old numbers where there is no name', () => {
  const edited = {
    ...fitted,
    k: 5,
    labels: Uint16Array.of(0, 0, 0, 4, 2, 2),
    sizes: Uint32Array.of(3, 0, 2, 0, 1),
    centroids: Float32Array.of(0.5, 0.5, NaN, NaN, 2, 2, NaN, NaN, 1, 1),
    base: fitted,
  };
  const model = of(edited);
  expect([model.k, [...model.centroids]]).toEqual([3, [0.5, 0.5, 2, 2, 1, 1]]);
  expect([...model.names]).toEqual([
    [1, { name: 'hens', note: 'loud' }],
    [2, { name: '4', note: '' }],
  ]);
});
