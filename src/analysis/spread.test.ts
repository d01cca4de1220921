import { describe, expect, it } from 'vitest';
import { DEFAULT_PROJECTION } from '../domain/projection';
import type { Layout } from './projection';
import { NO_CLUSTER, type Sweep } from '../domain/clustering';
import type { Hierarchy } from '../domain/hierarchy';
import { agreement } from './agreement';
import * as spread from './spread';

const PRESENCE = { present: Uint32Array.of(1, 2, 4), total: 6 };
const ALL = { present: null, total: 3 };
const SWEEP = {
  n: 3,
  clusterings: [
    {
      k: 2,
      labels: Uint16Array.of(0, 1, 0),
      distances: Float32Array.of(5, 6, 7),
      sizes: Uint32Array.of(2, 1),
    },
  ],
} as unknown as Sweep;
const TREE = {
  n: 3,
  order: Uint32Array.of(0, 2, 1),
  distances: Float32Array.of(5, 6, 7),
  nodes: [{ medoid: 2 }],
} as unknown as Hierarchy;

describe('what is found of packed rows', () => {
  it('is spread over all rows, which have no cluster where they have no vector', () => {
    const { n, without, clusterings } = spread.spreadSweep(SWEEP, PRESENCE);
    expect({ n, without }).toEqual({ n: 6, without: 3 });
    expect([...clusterings[0].labels]).toEqual([NO_CLUSTER, 0, 1, NO_CLUSTER, 0, NO_CLUSTER]);
    expect([...clusterings[0].distances]).toEqual([NaN, 5, 6, NaN, 7, NaN]);
    expect([...clusterings[0].sizes]).toEqual([2, 1]);
  });

  it('gives coordinates to rows with a vector, and takes up those that an earlier layout knows', () => {
    const layout: Layout = {
      n: 3,
      method: 'pca',
      dims: 2,
      options: DEFAULT_PROJECTION,
      coords: Float32Array.of(1, 2, 3, 4, 5, 6),
      explained: [0.5, 0.2],
      axes: new Float64Array(2),
      quality: null,
      graph: null,
      reduced: null,
      laid: 3,
      engine: 'cpu',
      seconds: 1,
    };
    const all = spread.spreadLayout(layout, 'a', PRESENCE);
    expect([...all.coords]).toEqual([NaN, NaN, 1, 2, 3, 4, NaN, NaN, 5, 6, NaN, NaN]);
    expect(all).toMatchObject({ specKey: 'a', n: 6, laid: 3 });
    const more = { present: Uint32Array.of(1, 2, 3, 4, 7), total: 8 };
    expect([...spread.packLayout(all, more).coords]).toEqual([1, 2, 3, 4, NaN, NaN, 5, 6, NaN, NaN]);
    const whole = { present: null, total: 2 };
    expect([...spread.packLayout(all, whole).coords]).toEqual([NaN, NaN, 1, 2]);
  });

  it('keeps rows without a vector out of every node', () => {
    const tree = spread.spreadHierarchy(TREE, PRESENCE);
    expect([...tree.order]).toEqual([1, 4, 2]);
    expect([...tree.distances]).toEqual([NaN, 5, 6, NaN, 7, NaN]);
    expect(tree).toMatchObject({ n: 6, nodes: [{ medoid: 4 }] });
  });

  it('comes back as it was', () => {
    const packed = spread.packSweep(spread.spreadSweep(SWEEP, PRESENCE), PRESENCE);
    expect(packed.n).toBe(3);
    expect(packed.clusterings[0].labels).toEqual(SWEEP.clusterings[0].labels);
    const parts = { column: 'c', names: ['a', 'b'], of: Uint32Array.of(0, 1, 0, 1, 1, 0) };
    expect([...spread.packParts(parts, PRESENCE).of]).toEqual([1, 0, 1]);
    expect([0, 1, 2, 3, 4, 5, 9].map((row) => spread.packedRow(row, PRESENCE))).toEqual([
      -1, 0, 1, -1, 2, -1, -1,
    ]);
  });

  it('is left alone where all rows have a vector', () => {
    expect(spread.spreadSweep(SWEEP, ALL)).toBe(SWEEP);
    expect(spread.spreadHierarchy(TREE, ALL)).toBe(TREE);
    expect(spread.packedRow(2, ALL)).toBe(2);
    expect(spread.packedRow(3, ALL)).toBe(-1);
  });

  it('is scored row by row, and only with the rows that were labelled', () => {
    const labels = Uint16Array.of(NO_CLUSTER, 0, 1, NO_CLUSTER, 0, NO_CLUSTER);
    const of = { specKey: 's', scaling: 'none', pca: null, engine: 'cpu', k: 2 } as const;
    const centroids = new Float32Array(2);
    const loaded = { ...PRESENCE, specKey: 's' };
    expect([...spread.packLabelling({ ...of, labels, centroids }, loaded).labels]).toEqual([0, 1, 0]);
    for (const other of [{ labels: labels.subarray(1) }, { labels, specKey: 't' }])
      expect(() => spread.packLabelling({ ...of, centroids, ...other }, loaded)).toThrow('cluster again');
    expect([...spread.spreadValues(Float32Array.of(1, 2, 3), NaN, PRESENCE)]).toEqual([
      NaN,
      1,
      2,
      NaN,
      3,
      NaN,
    ]);
    expect([...spread.spreadValues(Uint16Array.of(7, 8, 9), NO_CLUSTER, PRESENCE)]).toEqual([
      NO_CLUSTER,
      7,
      8,
      NO_CLUSTER,
      9,
      NO_CLUSTER,
    ]);
    const values = Float32Array.of(1, 2);
    expect(spread.spreadValues(values, NaN, ALL)).toBe(values);
  });

  it('is compared over the rows that both sides have', () => {
    const labels = Uint16Array.of(NO_CLUSTER, 0, 1, NO_CLUSTER, 0, 1);
    const found = agreement(labels, Uint32Array.of(7, 3, 4, 7, 3, 4));
    expect(found).toMatchObject({ ari: 1, rows: 2, columns: 2 });
    expect([...found.counts]).toEqual([2, 0, 0, 2]);
  });
});
