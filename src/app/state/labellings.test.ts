import { describe, expect, it } from 'vitest';
import { drawnSet } from '../../../test/harness/drawn-set';
import { drawnTree } from '../../../test/harness/drawn-tree';
import { idOf, labellingOf, sourcesOf, type Source } from './labellings';

const { sweep, rows } = drawnSet(60);
const trees = new Map([['kmeans', drawnTree(60, [40, 20], [[30, 10], []])]]);
const from = { sweep, trees, paths: rows.paths, columns: [] };

describe('sourcesOf', () => {
  it('offers every k, every level below the root and every column, each under a name of its own', () => {
    const sources = sourcesOf(sweep, trees, ['folder', 'class'], 60);
    expect(sources).toHaveLength(26 + 2 + 2);
    expect(new Set(sources.map(idOf)).size).toBe(sources.length);
    expect(sources[26]).toEqual({ kind: 'level', by: 'kmeans', depth: 1, parts: 2 });
    expect(sources[27]).toMatchObject({ depth: 2, parts: 3 });
  });
  it('offers what there is', () => expect(sourcesOf(null, new Map(), [], 0)).toEqual([]));
  it('offers no tree that covers fewer rows', () => expect(sourcesOf(null, trees, [], 61)).toEqual([]));
});

describe('labellingOf', () => {
  it.each<[Source, number]>([
    [{ kind: 'clusters', k: 9 }, 9],
    [{ kind: 'level', by: 'kmeans', depth: 2, parts: 3 }, 3],
    [{ kind: 'column', column: 'folder_2' }, 3],
  ])('%o has a name for every label and a row for every name', (source, parts) => {
    const { labels, names } = labellingOf(source, 60, from)!;
    expect(labels).toHaveLength(60);
    expect(names).toHaveLength(parts);
    expect([...new Set(Array.from(labels))].sort((a, b) => a - b)).toEqual([...names.keys()]);
  });

  it('leaves out clusters that the rows asked for do not reach', () => {
    const { labels, names } = labellingOf({ kind: 'clusters', k: 9 }, 2, from)!;
    expect(new Set(Array.from(labels)).size).toBe(names.length);
    expect(Array.from(labels, (label) => names[label])).toEqual([
      ...sweep.clusterings[4].labels.subarray(0, 2),
    ]);
  });

  it('has no labels of what is not there, or for more rows than it covers', () => {
    expect(labellingOf({ kind: 'clusters', k: 99 }, 60, from)).toBeNull();
    expect(labellingOf({ kind: 'clusters', k: 9 }, 61, from)).toBeNull();
    expect(labellingOf({ kind: 'level', by: 'class', depth: 1, parts: 1 }, 60, from)).toBeNull();
    expect(labellingOf({ kind: 'column', column: 'class' }, 61, from)).toBeNull();
  });
});

it('offers clusters edited by hand beside the fitted ones, by the numbers they have', () => {
  const base = sweep.clusterings[4];
  const labels = base.labels.map((label, row) => (label === 3 ? 1 : row === 0 ? 11 : label));
  const sizes = new Uint32Array(12);
  for (const label of labels) sizes[label]++;
  const edited = { ...base, k: 12, labels, sizes, base };
  const [source] = sourcesOf(sweep, trees, [], 60, edited);
  expect([idOf(source), source]).toEqual(['edited:9', { kind: 'edited', k: 9, clusters: 9 }]);
  const found = labellingOf(source, 60, { ...from, edited })!;
  expect(Array.from(found.labels, (label) => found.names[label])).toEqual([...labels]);
  expect(labellingOf({ kind: 'clusters', k: 9 }, 60, { ...from, edited })!.names).toHaveLength(9);
  expect(sourcesOf(sweep, trees, [], 60, base)[0]).toEqual({ kind: 'clusters', k: 5 });
  expect(labellingOf(source, 60, from)).toBeNull();
});
