import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Clustering } from '../../../domain/clustering';
import {
  bandsOf,
  distancesOf,
  groupsOf,
  membersByDistance,
  membersOf,
  nearestClusters,
  quantile,
  spreadOf,
  typicalRows,
} from './members';

function clustering(k: number, labels: number[], distances: number[]): Clustering {
  return {
    k,
    labels: new Uint16Array(labels),
    distances: new Float32Array(distances),
    centroids: new Float32Array(k * 2),
    sizes: new Uint32Array(k),
    iterations: 1,
    inertia: 0,
    silhouette: 0,
    silhouetteError: 0,
    silhouetteSample: labels.length,
    calinskiHarabasz: 0,
    daviesBouldin: 0,
  };
}

const K = 5;
const random = fc
  .array(fc.tuple(fc.nat(K - 1), fc.integer({ min: 0, max: 6 })), { maxLength: 80 })
  .map((rows) =>
    clustering(
      K,
      rows.map((r) => r[0]),
      rows.map((r) => r[1]),
    ),
  );

describe('members', () => {
  it('puts every row into its cluster exactly once', () => {
    fc.assert(
      fc.property(random, (c) => {
        const { rows, starts } = groupsOf(c);
        expect([...rows].sort((a, b) => a - b)).toEqual([...c.labels.keys()]);
        for (let cluster = 0; cluster < K; cluster++)
          for (let p = starts[cluster]; p < starts[cluster + 1]; p++) expect(c.labels[rows[p]]).toBe(cluster);
      }),
    );
  });

  it('sorts members by distance, the medoid first, ties by row', () => {
    const c = clustering(2, [0, 1, 0, 0, 0], [3, 9, 1, 2, 1]);
    expect([...membersByDistance(c, 0)]).toEqual([2, 4, 3, 0]);
    expect([...membersOf(c, 0)]).toEqual([0, 2, 3, 4]);
    expect(membersOf(c, 7)).toHaveLength(0);
    expect(membersOf(c, -1)).toHaveLength(0);
  });

  it('finds the typical rows of all clusters as sorting each would', () => {
    fc.assert(
      fc.property(random, fc.integer({ min: 1, max: 4 }), (c, count) => {
        const typical = typicalRows(c, count);
        for (let cluster = 0; cluster < K; cluster++)
          expect(typical[cluster]).toEqual([...membersByDistance(c, cluster).subarray(0, count)]);
      }),
    );
  });

  it('gives mean, population sd, median and maximum of the distances', () => {
    const c = clustering(1, [0, 0, 0, 0], [4, 1, 2, 3]);
    const sorted = distancesOf(c, membersByDistance(c, 0));
    expect(spreadOf(sorted)).toEqual({ mean: 2.5, sd: Math.sqrt(1.25), median: 2.5, max: 4 });
    expect(spreadOf(new Float64Array())).toBeNull();
    expect(spreadOf(new Float64Array([0]))).toEqual({ mean: 0, sd: 0, median: 0, max: 0 });
  });

  it('interpolates quantiles linearly', () => {
    const sorted = new Float64Array([0, 10, 20, 40]);
    expect(quantile(sorted, 0.25)).toBe(7.5);
    expect(quantile(sorted, 1)).toBe(40);
  });
});

describe('bandsOf', () => {
  it('separates typical, borderline and outlying members', () => {
    const sorted = new Float64Array([1, 2, 3, 4, 5, 6, 7, 8, 100]);
    const bands = bandsOf(sorted);
    expect(bands.fence).toBe(13);
    expect([...sorted.slice(bands.borderline, bands.outliers)]).toEqual([8]);
    expect([...sorted.slice(bands.outliers)]).toEqual([100]);
  });

  it('finds neither borderline members nor outliers when all distances are equal', () => {
    expect(bandsOf(new Float64Array(10).fill(2))).toEqual({ borderline: 10, outliers: 10, fence: 2 });
    expect(bandsOf(new Float64Array())).toEqual({ borderline: 0, outliers: 0, fence: 0 });
  });
});

describe('nearestClusters', () => {
  it('orders the others by distance between centroids', () => {
    const centroids = new Float32Array([0, 0, 3, 4, 1, 0, 0, 5]);
    expect(nearestClusters({ centroids, k: 4, sizes: new Uint32Array(4).fill(1) }, 0)).toEqual([
      { cluster: 2, distance: 1 },
      { cluster: 1, distance: 5 },
      { cluster: 3, distance: 5 },
    ]);
    expect(nearestClusters({ centroids: new Float32Array(2), k: 1, sizes: Uint32Array.of(1) }, 0)).toEqual(
      [],
    );
  });
});
