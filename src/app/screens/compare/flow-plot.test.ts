import { expect, it } from 'vitest';
import { crossTable } from '../../state/cross-table';
import { flowLayout } from './flow-layout';
import { flowHeight, flowPicks, shortened, type FlowWords } from './flow-plot';

const words: FlowWords = {
  row: ([label]) => `cluster ${label}`,
  column: ([label]) => `folder ${label}`,
  band: (row, column, n) => `${row} → ${column}: ${n}`,
  node: (name, n) => `${name}: ${n}`,
  colour: () => '#000000',
};

it('offers the bands, then the bars of both sides, each with what it stands for', () => {
  const table = crossTable({ counts: Float64Array.of(6, 2, 0, 4), rows: 2, columns: 2 });
  expect(flowPicks(flowLayout(table, 100), words)).toEqual([
    { rows: [0], columns: [0], label: 'cluster 0 → folder 0: 6' },
    { rows: [0], columns: [1], label: 'cluster 0 → folder 1: 2' },
    { rows: [1], columns: [1], label: 'cluster 1 → folder 1: 4' },
    { rows: [0], columns: null, label: 'cluster 0: 8' },
    { rows: [1], columns: null, label: 'cluster 1: 4' },
    { rows: null, columns: [0], label: 'folder 0: 6' },
    { rows: null, columns: [1], label: 'folder 1: 6' },
  ]);
});

it('grows with the number of bars, within reason', () => {
  const table = (rows: number) => crossTable({ counts: new Float64Array(rows).fill(1), rows, columns: 1 });
  expect([2, 15, 900].map((rows) => flowHeight(table(rows)))).toEqual([220, 330, 528]);
});

it('shortens names by letters, not by halves of them', () => {
  expect(shortened('Cluster 3', 20)).toBe('Cluster 3');
  expect(shortened('Cluster 13 of many', 10)).toBe('Cluster 1…');
  expect(shortened('🐟🐟🐟🐟', 3)).toBe('🐟🐟…');
  expect(shortened('abc', 1)).toBe('a…');
});
