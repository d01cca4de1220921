import { describe, expect, it } from 'vitest';
import { drawnTree } from '../../../../../test/harness/drawn-tree';
import { NO_CLUSTER, type Clustering } from '../../../../domain/clustering';
import { clusterColour, NOISE_GREY } from '../../../state/palette';
import { rowsOf } from '../../../state/tree-walk';
import { mainCluster, rampHex, shareOfValue, tinter, valuesByCount } from './tint';

const tree = drawnTree(12, [6, 4, 2], [[4, 2], [], []]);
const labels = new Uint16Array(12).fill(NO_CLUSTER);
rowsOf(tree, 1).forEach((row, i) => (labels[row] = i < 4 ? 2 : 0));
rowsOf(tree, 2).forEach((row, i) => (labels[row] = i < 2 ? 1 : 0));

describe('mainCluster', () => {
  it('is the one with most images, the lowest of equals', () => {
    expect(mainCluster(tree, 1, { labels, k: 3 })).toEqual({ cluster: 2, share: 4 / 6 });
    expect(mainCluster(tree, 2, { labels, k: 3 })).toEqual({ cluster: 0, share: 0.5 });
  });

  it('is none where no image is in one', () => {
    expect(mainCluster(tree, 3, { labels, k: 3 })).toEqual({ cluster: null, share: 0 });
    expect(mainCluster(tree, 0, { labels: labels.subarray(0, 0), k: 3 })).toEqual({
      cluster: null,
      share: 0,
    });
  });
});

const parts = { column: 'device', names: ['', 'a', 'b'], of: new Uint32Array(12) };
rowsOf(tree, 1).forEach((row, i) => (parts.of[row] = i < 3 ? 1 : 2));

describe('shareOfValue', () => {
  it('counts within the node', () => {
    expect(shareOfValue(tree, 1, parts, 'a')).toBe(0.5);
    expect(shareOfValue(tree, 0, parts, 'b')).toBe(0.25);
    expect(shareOfValue(tree, 2, parts, 'a')).toBe(0);
    expect(shareOfValue(tree, 2, parts, '')).toBe(1);
    expect(shareOfValue(tree, 1, parts, 'gone')).toBe(0);
  });

  it('lists values by how many have them', () =>
    expect(valuesByCount(parts)).toEqual([
      { value: '', count: 6 },
      { value: 'a', count: 3 },
      { value: 'b', count: 3 },
    ]));
});

it('colours by either, and grey without clusters', () => {
  const clustering = { labels, k: 3 } as Clustering;
  const given = { clustering, parts };
  expect(tinter(tree, 'light', { kind: 'cluster' }, given)(1)).toMatchObject({
    colour: clusterColour(2, 'light'),
    cluster: 2,
  });
  const byValue = { kind: 'value', column: 'device', value: 'a' } as const;
  expect(tinter(tree, 'dark', byValue, given)(1)).toEqual({
    colour: rampHex(0.5, 'dark'),
    cluster: null,
    share: 0.5,
  });
  const none = { clustering: null, parts: null };
  expect(tinter(tree, 'dark', { kind: 'cluster' }, none)(1).colour).toBe(NOISE_GREY.dark);
});
