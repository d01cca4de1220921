import { describe, expect, it } from 'vitest';
import golden from '../../test/golden/edited.json';
import { plainProducts } from '../../test/plain-products';
import { normalRows } from '../../test/rows';
import { NO_CLUSTER } from '../domain/clustering';
import { measureClusters } from './measure-clusters';
import { centred, learn, preparedSource } from './prepare';
import { residentSource, shiftedSource, type RowSource } from './row-source';

const rows = { n: golden.n, d: golden.d, data: Float32Array.from(golden.rows) };
const labels = Uint16Array.from(golden.labels);
const clusters = Uint32Array.from(golden.clusters);
const still = (source: RowSource) => ({ source, offset: new Float64Array(source.d) });

describe('measureClusters', () => {
  it.each(['none', 'standard', 'l2'] as const)(
    'measures as numpy and scikit-learn, scaled by %s',
    async (scaling) => {
      const source = residentSource(rows);
      const preparation = await learn(source, { scaling, pca: null }, { products: plainProducts });
      const prepared = preparedSource(source, preparation, plainProducts);
      const found = await measureClusters(still(prepared), labels, clusters);
      const { centroids, distances, calinskiHarabasz, daviesBouldin } = golden.spaces[scaling];
      expect(found.calinskiHarabasz / calinskiHarabasz).toBeCloseTo(1, 5);
      expect(found.daviesBouldin / daviesBouldin).toBeCloseTo(1, 5);
      const size = scaling === 'none' ? 100 : 1;
      centroids.forEach((x, p) => expect(Math.abs(found.centroids[p] - x)).toBeLessThan(1e-6 * size));
      distances.forEach((x, row) =>
        x === null
          ? expect(found.distances[row]).toBeNaN()
          : expect(Math.abs(found.distances[row] - x)).toBeLessThan(1e-5),
      );
    },
  );

  it('gives the same of rows that lie about their mean, and of rows moved back', async () => {
    const whole = await measureClusters(still(residentSource(rows)), labels, clusters);
    const { rows: about, mean } = centred({ ...rows, data: rows.data.slice() });
    const source = residentSource(about);
    for (const from of [{ source, offset: mean }, still(shiftedSource(source, mean))]) {
      const found = await measureClusters(from, labels, clusters);
      found.centroids.forEach((x, p) => expect(Math.abs(x - whole.centroids[p])).toBeLessThan(2e-5));
      expect(found.calinskiHarabasz / whole.calinskiHarabasz).toBeCloseTo(1, 4);
      expect(found.daviesBouldin / whole.daviesBouldin).toBeCloseTo(1, 4);
      found.distances.forEach(
        (x, row) => Number.isNaN(x) || expect(Math.abs(x - whole.distances[row])).toBeLessThan(2e-5),
      );
    }
    const picked = await shiftedSource(source, mean).rows(Uint32Array.of(5));
    picked.data.forEach((x, t) => expect(Math.abs(x - rows.data[5 * 4 + t])).toBeLessThan(2e-5));
  });

  it('takes one row, none, and fewer labels than rows', async () => {
    const one = normalRows(3, 2);
    const found = await measureClusters(
      still(residentSource(one)),
      Uint16Array.of(NO_CLUSTER, 5),
      Uint32Array.of(5, 6),
    );
    expect([...found.centroids.subarray(0, 2)]).toEqual([...one.data.subarray(2, 4)]);
    expect([...found.centroids.subarray(2)]).toEqual([NaN, NaN]);
    expect([...found.distances]).toEqual([NaN, 0]);
    const none = await measureClusters(
      still(residentSource(normalRows(0, 2))),
      new Uint16Array(),
      new Uint32Array(),
    );
    expect([none.centroids.length, none.distances.length]).toEqual([0, 0]);
  });

  it('has no scores of one cluster, of none, and of rows that are each one of their own', async () => {
    const three = still(residentSource(normalRows(3, 2)));
    for (const given of [
      [4, 4, 4],
      [4, NO_CLUSTER, NO_CLUSTER],
      [NO_CLUSTER, NO_CLUSTER, NO_CLUSTER],
      [0, 5, 2],
    ]) {
      const found = await measureClusters(three, Uint16Array.from(given), new Uint32Array());
      expect([found.calinskiHarabasz, found.daviesBouldin]).toEqual([NaN, NaN]);
    }
    const two = await measureClusters(three, Uint16Array.of(4, 4, 9), new Uint32Array());
    expect(two.calinskiHarabasz).toBeGreaterThan(0);
  });

  it('ends when it is cancelled', async () => {
    const stop = new AbortController();
    stop.abort();
    await expect(
      measureClusters(still(residentSource(rows)), labels, clusters, undefined, stop.signal),
    ).rejects.toMatchObject({ code: 'cancelled' });
  });
});
