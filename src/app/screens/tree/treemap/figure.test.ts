import { expect, it } from 'vitest';
import { drawnTree } from '../../../../../test/harness/drawn-tree';
import { treemapMarkup, treemapTable } from './figure';
import { treemapOf } from './layout';
import { sceneOf } from './scene';

const tree = drawnTree(120, [60, 40, 20], [[30, 20, 10], [], [15, 5]]);
const tint = () => ({ colour: '#17804a', cluster: 3, share: 0.5 });
const { groups } = treemapOf(tree, 0, 900, 500);

it('draws every tile, picture and name, and escapes what people type', () => {
  const parts = sceneOf(tree, { groups }, tint, true);
  const asked: number[] = [];
  const svg = treemapMarkup({
    groups,
    parts,
    tint,
    nameOf: (place) => `<b>${tree.nodes[place].id}</b> & "more"`,
    sizeOf: (place) => String(tree.nodes[place].size),
    picture: (row) => (asked.push(row), row === 0 ? null : 'data:image/png;base64,AA=='),
  });
  const cells = parts.flatMap((part) => part.cells);
  expect(asked).toHaveLength(cells.length);
  expect(svg.match(/<image /g)).toHaveLength(cells.filter(({ row }) => row !== 0).length);
  expect(svg).toContain('&lt;b&gt;root-0&lt;/b&gt; &amp; &quot;more&quot;  60');
  expect(svg).not.toContain('<b>');
});

it('lists each child with its own children, once', () => {
  const { columns, rows } = treemapTable(tree, groups, tint, (row) => `${row}.png`);
  const table = rows.map((row) => Object.fromEntries(row.map((cell, i) => [columns[i], cell])));
  expect(table.map(({ node }) => node)).toEqual([
    'root-0',
    'root-0-0',
    'root-0-1',
    'root-0-2',
    'root-1',
    'root-2',
    'root-2-0',
    'root-2-1',
  ]);
  expect(table[1]).toMatchObject({
    parent: 'root-0',
    level: 2,
    images: 30,
    share_of_parent: 0.5,
    cluster: 3,
  });
  expect(table.every(({ medoid }) => String(medoid).endsWith('.png'))).toBe(true);
});
