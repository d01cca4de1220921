import { describe, expect, it } from 'vitest';
import { clustersOf, hasCluster, NO_CLUSTER as X, type Clustering } from '../../domain/clustering';
import { replay } from '../../domain/edit-log';
import type { Edit } from '../../domain/edits';
import { editedClustering, touchedClusters } from './edited-clustering';

const base: Clustering = {
  k: 3,
  labels: Uint16Array.of(0, 0, 0, 1, 1, 2, X),
  centroids: Float32Array.of(0, 0, 10, 0, 20, 0),
  distances: Float32Array.of(1, 2, 3, 1, 1, 0, NaN),
  sizes: Uint32Array.of(3, 2, 1),
  iterations: 1,
  inertia: 16,
  silhouette: 0.5,
  silhouetteError: 0,
  silhouetteSample: 6,
  calinskiHarabasz: 1,
  daviesBouldin: 1,
};
const after = (...edits: Edit[]) => replay(base.labels, base.k, edits);
const move: Edit = { kind: 'move', rows: Uint32Array.of(2, 4), to: 3 };

describe('editedClustering', () => {
  it('is the base itself where no label changed', () => {
    const back: Edit = { kind: 'move', rows: Uint32Array.of(2), to: 0 };
    expect(editedClustering(base, after(back), null, base)).toBe(base);
    expect(clustersOf(base)).toEqual([0, 1, 2]);
  });

  it('counts at once, and shows the centres there were until others are measured', () => {
    const edited = editedClustering(base, after(move), null, base);
    expect([...edited.sizes]).toEqual([2, 1, 1, 2]);
    expect(edited.base).toBe(base);
    expect([...edited.centroids]).toEqual([0, 0, 10, 0, 20, 0, NaN, NaN]);
    expect(edited.distances).toEqual(base.distances);
    expect(clustersOf(edited)).toEqual([0, 3, 1, 2]);
    expect([edited.calinskiHarabasz, edited.daviesBouldin, edited.silhouette]).toEqual([NaN, NaN, NaN]);
  });

  it('takes what was measured for what changed, and the base for the rest', () => {
    const edited = after(move);
    const clusters = touchedClusters(base.labels, edited);
    expect([...clusters]).toEqual([0, 1, 3]);
    const found = {
      clusters,
      centroids: Float32Array.of(1, 1, 11, 1, 5, 5),
      distances: Float32Array.of(0.5, 0.5, 4, 0, 4, NaN, NaN),
      calinskiHarabasz: 9,
      daviesBouldin: 0.4,
    };
    const made = editedClustering(base, edited, found, base);
    expect([...made.centroids]).toEqual([1, 1, 11, 1, 20, 0, 5, 5]);
    expect([...made.distances]).toEqual([0.5, 0.5, 4, 0, 4, 0, NaN]);
    expect(made.inertia).toBe(0.25 + 0.25 + 16 + 16);
    expect([made.calinskiHarabasz, made.daviesBouldin, made.silhouette]).toEqual([9, 0.4, NaN]);
    expect([...base.distances]).toEqual([1, 2, 3, 1, 1, 0, NaN]);
  });

  it('has no cluster where the last image left, and no distance for noise', () => {
    const noise = after({ kind: 'move', rows: Uint32Array.of(5, 0), to: null });
    const found = {
      clusters: Uint32Array.of(0, 2),
      centroids: Float32Array.of(2, 2, NaN, NaN),
      distances: new Float32Array(7).fill(NaN),
      calinskiHarabasz: NaN,
      daviesBouldin: NaN,
    };
    const made = editedClustering(base, noise, found, base);
    expect(clustersOf(made)).toEqual([0, 1]);
    expect([hasCluster(made, 2), hasCluster(made, 1), hasCluster(made, 9)]).toEqual([false, true, false]);
    expect(made.distances[5]).toBeNaN();
  });

  it('is made of 416,314 rows in less than a tenth of a second', () => {
    const n = 416_314;
    const d = 8;
    const many = {
      ...base,
      k: 30,
      labels: Uint16Array.from({ length: n }, (_, row) => row % 30),
      centroids: new Float32Array(30 * d),
      distances: new Float32Array(n),
      sizes: new Uint32Array(30),
    };
    const edits: Edit[] = [{ kind: 'merge', clusters: [0, 1], into: 0 }];
    const make = () => editedClustering(many, replay(many.labels, 30, edits), null, many);
    // The quickest of some: other processes take their turns too.
    const times = Array.from({ length: 8 }, () => {
      const started = performance.now();
      make();
      return performance.now() - started;
    });
    expect(Math.min(...times)).toBeLessThan(100);
  });
});
