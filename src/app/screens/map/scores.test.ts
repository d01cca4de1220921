import { expect, it } from 'vitest';
import { NO_CLUSTER, type Clustering } from '../../../domain/clustering';
import { scoreValues } from './scores';

const rows = {
  n: 4,
  widths: new Uint32Array([1000, 500, 0, 2000]),
  heights: new Uint32Array([1000, 2000, 0, 3000]),
};
const clustering = {
  k: 2,
  labels: new Uint16Array([0, 0, 1, NO_CLUSTER]),
  distances: new Float32Array([1, 3, 0, NaN]),
} as Clustering;

it('measures distances to the own centre, and in mean distances of the cluster', () => {
  expect([...scoreValues('distance', clustering, rows, null)!]).toEqual([1, 3, 0, NaN]);
  expect([...scoreValues('ratio', clustering, rows, null)!]).toEqual([0.5, 1.5, NaN, NaN]);
});

it('has sizes of images without clusters, and no distances', () => {
  expect([...scoreValues('pixels', null, rows, null)!]).toEqual([1, 1, NaN, 6]);
  expect(scoreValues('distance', null, rows, null)).toBeNull();
  expect(scoreValues('ratio', null, rows, null)).toBeNull();
});

it('has silhouettes once they were made', () => {
  expect(scoreValues('silhouette', clustering, rows, null)).toBeNull();
  expect([...scoreValues('silhouette', clustering, rows, Float32Array.of(0.5, NaN))!]).toEqual([0.5, NaN]);
});
