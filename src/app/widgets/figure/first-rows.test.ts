import { expect, it } from 'vitest';
import { firstRows } from './first-rows';

function* endless() {
  for (let i = 0; ; i++) yield [i, `row ${i}`, null] as const;
}

it('takes the first rows and no more, of tables of any length', () => {
  const { rows, more } = firstRows(endless(), 3);
  expect(rows.map(([i]) => i)).toEqual([0, 1, 2]);
  expect(more).toBe(true);
  expect(firstRows([[1], [2]], 2)).toEqual({ rows: [[1], [2]], more: false, numeric: [true] });
});

it('tells columns of numbers from others; what is missing is either', () => {
  expect(
    firstRows(
      [
        [1, 'a', null],
        [null, 'b', 2],
      ],
      9,
    ).numeric,
  ).toEqual([true, false, true]);
  expect(firstRows([], 9)).toEqual({ rows: [], more: false, numeric: [] });
});
