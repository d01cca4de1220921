import { expect, it } from 'vitest';
import { drawnTree } from '../../../../../test/harness/drawn-tree';
import { treemapOf } from './layout';
import { zoomBox } from './zoom';

const tree = drawnTree(120, [60, 40, 20], [[30, 20, 10], [], [15, 5]]);
const view = (place: number) => ({ place, groups: treemapOf(tree, place, 900, 500).groups });
const idOf = (id: string): number => tree.nodes.findIndex((node) => node.id === id);

it('goes into the box of a child, and back out of it', () => {
  const [root, child] = [view(0), view(idOf('root-0'))];
  const { x, y, width, height } = root.groups[0].tiles[0];
  const found = zoomBox(tree, root, child);
  expect(found).toMatchObject({ way: 'in', box: root.groups[0] });
  expect(zoomBox(tree, child, root)).toMatchObject({ way: 'out', box: root.groups[0] });
  const deep = zoomBox(tree, root, { place: idOf('root-0-0'), groups: [] });
  expect(deep).toMatchObject({ way: 'in', box: { x, y, width, height } });
});

it('jumps between nodes of which none is within the other', () => {
  expect(zoomBox(tree, view(idOf('root-0')), view(idOf('root-2')))).toBeNull();
});
