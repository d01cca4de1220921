import { expect, it } from 'vitest';
import { drawnTree } from '../../../../../test/harness/drawn-tree';
import { rowsOf } from '../../../state/tree-walk';
import { treemapOf } from './layout';
import { sceneOf } from './scene';

const tree = drawnTree(1200, [600, 400, 200], [[300, 200, 100], [], [150, 50]]);
const grey = () => ({ colour: '#888888', cluster: null, share: 0 });

it('fills each tile with pictures of its own images, none twice', () => {
  const parts = sceneOf(tree, treemapOf(tree, 0, 900, 500), grey, true);
  expect(parts.map(({ place }) => tree.nodes[place].id)).toEqual([
    'root-0-0',
    'root-0-1',
    'root-0-2',
    'root-1',
    'root-2-0',
    'root-2-1',
  ]);
  for (const { place, cells, width, height } of parts) {
    const own = new Set(rowsOf(tree, place));
    expect(cells.every(({ row }) => own.has(row))).toBe(true);
    expect(new Set(cells.map(({ row }) => row)).size).toBe(cells.length);
    const covered = cells.reduce((sum, cell) => sum + cell.width * cell.height, 0);
    expect(covered).toBe((width - 4) * (height - 4));
  }
});

it('shows larger pictures rather than more than a screen can load', () => {
  const parts = sceneOf(tree, treemapOf(tree, 0, 4000, 3000), grey, true);
  const cells = parts.reduce((sum, part) => sum + part.cells.length, 0);
  expect(cells).toBeGreaterThan(300);
  expect(cells).toBeLessThan(800);
});

it('shows colours alone where pictures are not wanted', () =>
  expect(sceneOf(tree, treemapOf(tree, 0, 900, 500), grey, false).every((p) => p.cells.length === 0)).toBe(
    true,
  ));
