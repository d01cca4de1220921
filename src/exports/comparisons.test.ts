import { expect, it } from 'vitest';
import { drawnTree } from '../../test/harness/drawn-tree';
import { artifactBytes } from './artifact';
import { confusionCsv } from './confusion';
import { parseCsv } from './csv';
import { hierarchyCsv } from './hierarchy';
import { perFolderCsv } from './per-folder';
import { stabilityCsv } from './stability';

const read = async (artifact: Parameters<typeof artifactBytes>[0]): Promise<string[][]> =>
  parseCsv(new TextDecoder().decode(await artifactBytes(artifact)));

it('writes a confusion table with its totals, whatever the names', async () => {
  const counts = [
    [3, 0, 1],
    [0, 2, 0],
  ];
  const artifact = confusionCsv(['a, b', '=1+1'], ['x', '"y"', ''], (r, c) => counts[r][c]);
  expect(artifact.name).toBe('confusion.csv');
  expect(await read(artifact)).toEqual([
    ['', 'x', '"y"', '', 'total'],
    ['a, b', '3', '0', '1', '4'],
    ['=1+1', '0', '2', '0', '2'],
    ['total', '3', '2', '1', '6'],
  ]);
});

it('writes the agreement of runs, with empty cells where one has fewer', async () => {
  const result = { ari: 0.5, lowestAri: 0.25, nmi: 0.75 };
  const artifact = stabilityCsv([
    { k: 5, runs: 2, ...result, inertia: [10, 11.5] },
    { k: 6, runs: 3, ...result, inertia: [9, 8, 7] },
  ]);
  expect(await read(artifact)).toEqual([
    ['k', 'runs', 'mean_ari', 'lowest_ari', 'mean_nmi', 'inertia_1', 'inertia_2', 'inertia_3'],
    ['5', '2', '0.5', '0.25', '0.75', '10', '11.5', ''],
    ['6', '3', '0.5', '0.25', '0.75', '9', '8', '7'],
  ]);
});

it('writes for every image the way to its leaf', async () => {
  const tree = drawnTree(6, [4, 2], [[3, 1], []]);
  tree.nodes[1].name = 'birds';
  const paths = Array.from({ length: 6 }, (_, i) => `set/${i}.jpg`);
  const rows = {
    n: 6,
    paths,
    hashes: [],
    widths: new Uint32Array(6),
    heights: new Uint32Array(6),
    duplicates: new Map(),
  };
  const [header, ...records] = await read(hierarchyCsv(rows, tree));
  expect(header).toEqual(['path', 'node', 'distance', 'name', 'level_1', 'level_2']);
  expect(records.map(([path]) => path)).toEqual(paths);
  const leafOf = (row: number): string[] => records[row].filter((_, i) => i !== 2);
  expect(leafOf(tree.order[0]).slice(1)).toEqual(['root-0-0', 'birds', 'root-0', 'root-0-0']);
  expect(leafOf(tree.order[5]).slice(1)).toEqual(['root-1', '', 'root-1', '']);
});

it('writes for every image its cluster within its folder', async () => {
  const tree = drawnTree(6, [4, 2], [[3, 1], [2]]);
  tree.by = { column: 'folder' };
  [tree.nodes[1].name, tree.nodes[2].name] = ['=a', ''];
  const rows = {
    n: 6,
    paths: Array.from({ length: 6 }, (_, i) => `set/${i}.jpg`),
    hashes: [],
    widths: new Uint32Array(6),
    heights: new Uint32Array(6),
    duplicates: new Map(),
  };
  const [header, ...records] = await read(perFolderCsv(rows, tree));
  expect(header).toEqual(['path', 'folder', 'cluster', 'distance']);
  expect(records.map(([path]) => path)).toEqual(rows.paths);
  const inOrder = [...tree.order].map((row) => records[row].slice(1, 3));
  expect(inOrder).toEqual([...[0, 0, 0, 1].map((c) => ['=a', `${c}`]), ['', '0'], ['', '0']]);
});
