import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawnTree } from '../../../../../test/harness/drawn-tree';
import { rowsOf } from '../../../state/tree-walk';
import { mosaicGrid, mosaicRows, nearestRows } from './mosaic';

describe('mosaicGrid', () => {
  it('fills a box with cells of about the side wished for', () =>
    expect(mosaicGrid(400, 200, 1000, 40, 20)).toEqual({ columns: 10, lines: 5 }));

  it('never has more cells than pictures, and at least one', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 20, max: 2000 }),
        fc.integer({ min: 20, max: 2000 }),
        fc.integer({ min: 1, max: 5000 }),
        (width, height, count) => {
          const { columns, lines } = mosaicGrid(width, height, count, 40, 20)!;
          expect(columns * lines).toBeGreaterThan(0);
          expect(columns * lines).toBeLessThanOrEqual(count);
        },
      ),
    );
  });

  it('leaves a box alone that is too small, and one without pictures', () => {
    expect(mosaicGrid(19, 300, 9, 40, 20)).toBeNull();
    expect(mosaicGrid(300, 300, 0, 40, 20)).toBeNull();
  });
});

describe('mosaicRows', () => {
  const tree = drawnTree(120, [60, 40, 20], [[30, 20, 10], [], [15, 5]]);

  it('shows the medoid first, then those below, then what is nearest in each leaf in turn', () => {
    const medoids = tree.nodes.map(({ medoid }) => medoid);
    const rows = mosaicRows(tree, 0, 40);
    const expected = [...new Set(medoids)];
    expect(rows.slice(0, expected.length)).toEqual(expected);
    expect(rows).toHaveLength(40);
    expect(new Set(rows).size).toBe(40);
  });

  it('shows all images of a node and no other when there is room for them', () => {
    for (const place of tree.nodes.keys()) {
      const rows = mosaicRows(tree, place, 500);
      expect([...rows].sort((a, b) => a - b)).toEqual([...rowsOf(tree, place)].sort((a, b) => a - b));
    }
  });

  it('shows no more than asked for', () => expect(mosaicRows(tree, 0, 2)).toHaveLength(2));
});

describe('nearestRows', () => {
  it('gives what sorting all of them would', () => {
    const list = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 60 });
    fc.assert(
      fc.property(list, fc.integer({ min: 1, max: 70 }), (values, count) => {
        const distances = Float32Array.from(values);
        const rows = Uint32Array.from(values, (_, i) => values.length - 1 - i);
        const sorted = [...rows].sort((a, b) => distances[a] - distances[b] || a - b);
        expect(nearestRows(rows, distances, count)).toEqual(sorted.slice(0, count));
      }),
    );
  });
});
