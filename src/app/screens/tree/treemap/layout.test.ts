import { describe, expect, it } from 'vitest';
import { drawnTree } from '../../../../../test/harness/drawn-tree';
import { treemapOf, type Box } from './layout';

const tree = drawnTree(120, [60, 40, 20], [[30, 20, 10], [], [15, 5]]);
const area = ({ width, height }: Box): number => width * height;
const isWithin = (a: Box, b: Box): boolean =>
  a.x >= b.x && a.y >= b.y && a.x + a.width <= b.x + b.width && a.y + a.height <= b.y + b.height;
const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

describe('treemapOf', () => {
  const { groups, hidden } = treemapOf(tree, 0, 900, 500);

  it('gives every child an area by its images, within a tenth', () => {
    expect(groups.map(({ place }) => tree.nodes[place].id)).toEqual(['root-0', 'root-1', 'root-2']);
    for (const group of groups) {
      const share = area(group) / (900 * 500);
      expect(Math.abs(share / (tree.nodes[group.place].size / 120) - 1)).toBeLessThan(0.1);
    }
    expect(hidden).toEqual({ nodes: 0, images: 0 });
  });

  it('draws the children of each within it, a leaf as one tile, and nothing over anything else', () => {
    expect(groups.map(({ tiles }) => tiles.length)).toEqual([3, 1, 2]);
    expect(groups[1].tiles[0].place).toBe(groups[1].place);
    const tiles = groups.flatMap((group) => group.tiles);
    groups.forEach((group) => group.tiles.forEach((tile) => expect(isWithin(tile, group)).toBe(true)));
    tiles.forEach((a, i) => tiles.slice(i + 1).forEach((b) => expect(overlap(a, b)).toBe(false)));
    for (const { x, y, width, height } of tiles)
      for (const edge of [x, y, width, height]) expect(Number.isInteger(edge)).toBe(true);
  });

  it('starts from any node', () => {
    const below = treemapOf(tree, 1, 400, 300);
    expect(below.groups.map(({ place }) => tree.nodes[place].parent)).toEqual([1, 1, 1]);
    expect(treemapOf(tree, 2, 400, 300).groups).toEqual([]);
  });

  it('draws nothing without room', () => expect(treemapOf(tree, 0, 0, 300).groups).toEqual([]));
});

it('leaves out of thousands of children what nobody could see, and counts it', () => {
  const sizes = [9000, ...Array<number>(2000).fill(1)];
  const wide = drawnTree(11_000, sizes, []);
  const { groups, hidden } = treemapOf(wide, 0, 300, 200);
  expect(groups.length).toBeGreaterThan(0);
  expect(groups.length + hidden.nodes).toBe(2001);
  const shown = groups.reduce((sum, { place }) => sum + wide.nodes[place].size, 0);
  expect(shown + hidden.images).toBe(11_000);
});
