import { describe, expect, it } from 'vitest';
import { drawnTree } from '../../../../../test/harness/drawn-tree';
import { treemapOf } from './layout';
import { boxTowards } from './spatial';

const box = (x: number, y: number, width: number, height: number) => ({ x, y, width, height });
// A large one on the left; on its right a column of two, and a small one at the right end.
const boxes = [box(0, 0, 100, 100), box(103, 0, 60, 48), box(103, 51, 60, 49), box(166, 0, 20, 20)];

describe('boxTowards', () => {
  it.each([
    [0, 'ArrowRight', 1],
    [1, 'ArrowDown', 2],
    [2, 'ArrowUp', 1],
    [1, 'ArrowLeft', 0],
    [1, 'ArrowRight', 3],
    [2, 'ArrowRight', 3],
    [3, 'ArrowLeft', 1],
    [0, 'ArrowLeft', null],
    [0, 'ArrowUp', null],
    [3, 'ArrowDown', 2],
    [0, 'Enter', null],
    [9, 'ArrowLeft', null],
  ])('from %i, %s leads to %j', (from, key, to) => {
    // Nothing lies under the small one but what begins past its lower edge.
    expect(boxTowards(boxes, from, key)).toBe(to);
  });

  it('reaches every box of a treemap', () => {
    const sizes = Array.from({ length: 16 }, (_, i) => 200 - 12 * i);
    const tree = drawnTree(
      sizes.reduce((a, b) => a + b),
      sizes,
      [],
    );
    const { groups } = treemapOf(tree, 0, 880, 400);
    const reached = new Set([0]);
    for (const from of reached)
      for (const key of ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']) {
        const to = boxTowards(groups, from, key);
        if (to !== null) reached.add(to);
      }
    expect(reached.size).toBe(16);
  });
});
