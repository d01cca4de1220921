import { expect, it } from 'vitest';
import { textColumn } from '../../../../test/project-columns';
import { groupingOf } from './groupings';
import { sortedRows, spreadRows } from './spread-rows';

const device = textColumn('device', [...'aaaabbbb', '', 'b']);
const grouping = groupingOf('device', 'category', { paths: [], columns: [device] }, 10)!;
// The third part has no image, the last only one without a value.
const labels = Uint16Array.of(0, 0, 0, 1, 1, 1, 1, 0, 3, 1);

it('compares the images with a value in the parts that have some', () => {
  const { rows, having, all, share } = spreadRows(grouping, 0, labels, 4);
  expect([having, all]).toEqual([4, 9]);
  expect(share).toBeCloseTo(4 / 9, 12);
  expect(rows.map(({ part, size }) => [part, size])).toEqual([
    [0, 4],
    [1, 5],
  ]);
  expect(rows.map((row) => row.with)).toEqual([3, 1]);
  expect(rows[0].lift).toBeCloseTo(0.75 / (4 / 9), 12);
  // scipy.stats.fisher_exact([[3, 1], [1, 4]])
  expect(rows[0].p).toBeCloseTo(0.2063492063, 9);
});

it('sorts by number, share, lift or sureness', () => {
  const { rows } = spreadRows(grouping, 1, labels, 4);
  expect(sortedRows(rows, 'part').map(({ part }) => part)).toEqual([0, 1]);
  expect(sortedRows(rows, 'share').map(({ part }) => part)).toEqual([1, 0]);
  expect(sortedRows(rows, 'lift').map(({ part }) => part)).toEqual([1, 0]);
  expect(sortedRows(rows, 'q').map(({ part }) => part)).toEqual([0, 1]);
});

it('is empty of nothing', () => {
  expect(spreadRows(grouping, 0, new Uint16Array(0), 0)).toEqual({ rows: [], having: 0, all: 0, share: 0 });
});
