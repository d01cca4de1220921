import { describe, expect, it } from 'vitest';
import { crossTable } from '../../state/cross-table';
import { flowLayout } from './flow-layout';

const tableOf = (rows: number[][]) =>
  crossTable({ counts: Float64Array.from(rows.flat()), rows: rows.length, columns: rows[0]?.length ?? 0 });

describe('flow between two labellings', () => {
  const layout = flowLayout(
    tableOf([
      [6, 2],
      [0, 4],
    ]),
    100,
  );

  it('has a band for each filled cell, as high as its images at both ends', () => {
    expect(layout.bands.map(({ row, column, count }) => [row, column, count])).toEqual([
      [0, 0, 6],
      [0, 1, 2],
      [1, 1, 4],
    ]);
    const perImage = (100 - 6) / 12;
    for (const { count, y0, y1, y2, y3 } of layout.bands) {
      expect(y1 - y0).toBeCloseTo(count * perImage);
      expect(y3 - y2).toBeCloseTo(count * perImage);
    }
  });

  it('fills each bar with its bands from end to end, and none overlaps another', () => {
    for (const side of ['row', 'column'] as const)
      layout[`${side}s`].forEach((node, place) => {
        let y = node.y0;
        for (const band of layout.bands.filter((one) => one[side] === place)) {
          const [from, to] = side === 'row' ? [band.y0, band.y1] : [band.y2, band.y3];
          expect(from).toBeCloseTo(y);
          y = to;
        }
        expect(y).toBeCloseTo(node.y1);
      });
    expect(layout.rows[1].y0 - layout.rows[0].y1).toBeCloseTo(6);
    expect(layout.rows[1].y1).toBeCloseTo(100);
  });

  it('keeps the smallest of too many together, and loses no image', () => {
    const counts = Array.from({ length: 60 }, (_, r) =>
      Array.from({ length: 60 }, (_, c) => (r === c ? r + 1 : 0)),
    );
    const { rows, columns, bands } = flowLayout(tableOf(counts), 400, 24);
    expect([rows.length, columns.length]).toEqual([24, 24]);
    expect(rows[23].labels).toHaveLength(37);
    expect(rows.flatMap(({ labels }) => [...labels]).toSorted((a, b) => a - b)).toEqual(
      counts.map((_, i) => i),
    );
    expect(bands.reduce((sum, { count }) => sum + count, 0)).toBe((60 * 61) / 2);
    expect(columns[23].y1).toBeLessThanOrEqual(400.001);
  });

  it('makes do with one label, and with none', () => {
    expect(flowLayout(tableOf([[5]]), 50).bands).toEqual([
      { row: 0, column: 0, count: 5, y0: 0, y1: 50, y2: 0, y3: 50 },
    ]);
    expect(flowLayout(tableOf([]), 50)).toEqual({ rows: [], columns: [], bands: [] });
  });
});
