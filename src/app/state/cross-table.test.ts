import { describe, expect, it } from 'vitest';
import { crossTable, matchedColumns } from './cross-table';

/** A table from its rows. */
const table = (...lines: number[][]) => ({
  counts: Float64Array.from(lines.flat()),
  rows: lines.length,
  columns: lines[0]?.length ?? 0,
});

describe('matchedColumns', () => {
  it('gives every row the column of its largest count that no larger one has taken', () => {
    expect(matchedColumns([1, 9, 0, 8, 7, 0], 2, 3)).toEqual([1, 0]);
    expect(matchedColumns([5, 0, 4, 0], 2, 2)).toEqual([0, -1]);
    expect(matchedColumns([], 0, 0)).toEqual([]);
  });
});

describe('crossTable', () => {
  it('brings a scrambled partition back to the diagonal', () => {
    const sorted = crossTable(table([0, 0, 7], [9, 0, 0], [0, 8, 1]));
    expect(sorted.rows.map(({ label }) => label)).toEqual([1, 2, 0]);
    expect(sorted.columns.map(({ label }) => label)).toEqual([0, 1, 2]);
    expect([0, 1, 2].map((i) => sorted.count(i, i))).toEqual([9, 8, 7]);
    expect(sorted).toMatchObject({ most: 9, total: 25, matched: 24 });
  });

  it('puts a column without a row beside the row that has most of it', () => {
    const { columns, matched, count } = crossTable(table([10, 0, 3, 0], [0, 6, 0, 2]));
    expect(columns.map(({ label }) => label)).toEqual([0, 2, 1, 3]);
    expect(columns.map(({ total }) => total)).toEqual([10, 3, 6, 2]);
    expect(matched).toBe(16);
    expect(count(1, 3)).toBe(2);
  });

  it('keeps every count, whatever the order', () => {
    const one = table([3, 1, 4, 1], [5, 9, 2, 6], [5, 3, 5, 8]);
    const { rows, columns, count } = crossTable(one);
    for (const [r, row] of rows.entries())
      for (const [c, column] of columns.entries())
        expect(count(r, c)).toBe(one.counts[row.label * 4 + column.label]);
  });

  it('of nothing is nothing', () => {
    expect(crossTable(table())).toMatchObject({ rows: [], columns: [], most: 0, total: 0, matched: 0 });
  });
});
