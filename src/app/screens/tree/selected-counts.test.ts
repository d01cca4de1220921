import { expect, it } from 'vitest';
import { drawnTree } from '../../../../test/harness/drawn-tree';
import { rowsOf } from '../../state/tree-walk';
import { selectedCounts } from './selected-counts';

it('counts the selected images of every node', () => {
  const tree = drawnTree(12, [6, 4, 2], [[4, 2], [], []]);
  const mask = Uint8Array.from({ length: 12 }, (_, row) => Number(row % 3 === 0));
  const count = selectedCounts(tree, mask);
  for (const place of tree.nodes.keys())
    expect(count(place)).toBe(rowsOf(tree, place).filter((row) => mask[row] === 1).length);
  // A selection from before the last images came is shorter.
  expect(selectedCounts(tree, new Uint8Array(0))(0)).toBe(0);
});
