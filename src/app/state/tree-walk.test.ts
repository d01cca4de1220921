import { describe, expect, it } from 'vitest';
import { drawnTree } from '../../../test/harness/drawn-tree';
import {
  childrenOf,
  depthOf,
  levelLabels,
  movedPlace,
  nearestFirst,
  pathTo,
  placeOf,
  rowsOf,
  typicalRows,
} from './tree-walk';

// root (12 rows) -> 3 children of 6, 4, 2 rows; the first has 2 children of 4 and 2.
const tree = drawnTree(12, [6, 4, 2], [[4, 2], [], []]);
const idOf = (place: number | null): string | null => (place === null ? null : tree.nodes[place].id);

describe('placeOf', () => {
  it.each([
    ['root', 'root'],
    [' Root-0-1 ', 'root-0-1'],
    ['0-1', 'root-0-1'],
    ['2', 'root-2'],
    ['root - 0 - 0', 'root-0-0'],
  ])('%j goes to %s', (typed, id) => expect(idOf(placeOf(tree, typed))).toBe(id));

  it.each(['', '  ', 'root-', 'root-9', '0-1-0', 'rooted', '-1'])('%j leads nowhere', (typed) =>
    expect(placeOf(tree, typed)).toBe(-1),
  );
});

describe('walking', () => {
  it('up to the parent, down into the first child, sideways among siblings', () => {
    const at = (id: string, key: string): string | null => idOf(movedPlace(tree, placeOf(tree, id), key));
    expect(at('root-0-1', 'ArrowUp')).toBe('root-0');
    expect(at('root', 'ArrowUp')).toBeNull();
    expect(at('root', 'ArrowDown')).toBe('root-0');
    expect(at('root-2', 'ArrowDown')).toBeNull();
    expect(at('root-0', 'ArrowRight')).toBe('root-1');
    expect(at('root-2', 'ArrowRight')).toBeNull();
    expect(at('root-0-0', 'ArrowLeft')).toBeNull();
    expect(at('root', 'ArrowRight')).toBeNull();
    expect(at('root-1', 'Enter')).toBeNull();
  });

  it('knows the way from the root', () => {
    expect(pathTo(tree, placeOf(tree, '0-1')).map(idOf)).toEqual(['root', 'root-0', 'root-0-1']);
    expect(childrenOf(tree, 0).map(idOf)).toEqual(['root-0', 'root-1', 'root-2']);
    expect(depthOf(tree)).toBe(2);
    expect(depthOf({ nodes: [tree.nodes[0]] })).toBe(0);
  });
});

describe('rows', () => {
  it('of a node are those of its children together', () => {
    for (const [place, node] of tree.nodes.entries()) {
      if (node.children === 0) continue;
      const together = childrenOf(tree, place).flatMap((child) => [...rowsOf(tree, child)]);
      expect(together).toEqual([...rowsOf(tree, place)]);
    }
  });

  it('of a leaf come nearest first', () => {
    const rows = nearestFirst(tree, placeOf(tree, '1'));
    const far = [...rows].map((row) => tree.distances[row]);
    expect(far).toEqual(far.toSorted((a, b) => a - b));
    expect(rows).toHaveLength(4);
  });
});

describe('levelLabels', () => {
  it('puts every row into one part; leaves above the level stay whole', () => {
    const { labels, parts } = levelLabels(tree, 2);
    expect(parts.map(({ id }) => id)).toEqual(['root-1', 'root-2', 'root-0-0', 'root-0-1']);
    parts.forEach(({ size }, label) => expect(labels.filter((own) => own === label)).toHaveLength(size));
    expect(new Set(levelLabels(tree, 1).labels).size).toBe(3);
    expect(new Set(levelLabels(tree, 0).labels)).toEqual(new Set([0]));
  });
});

describe('typicalRows', () => {
  it('shows the medoid first and nothing twice', () => {
    for (const place of tree.nodes.keys()) {
      const rows = typicalRows(tree, place, 4);
      expect(rows[0]).toBe(tree.nodes[place].medoid);
      expect(new Set(rows).size).toBe(rows.length);
      const all = new Set(rowsOf(tree, place));
      expect(rows.every((row) => all.has(row))).toBe(true);
      expect(rows.length).toBeLessThanOrEqual(4);
    }
  });
});
