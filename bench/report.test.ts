import { expect, it } from 'vitest';
import { markdown, median, merged, round } from './report';

it.each([
  [[3], 3],
  [[5, 1, 3], 3],
  [[4, 1, 3, 2], 2.5],
])('takes the median of %j', (values, expected) => expect(median(values)).toBe(expected));

it('rounds to three digits, whole numbers not at all', () => {
  expect([0.123456, 12.3456, 123456, 0].map(round)).toEqual([0.123, 12.3, 123456, 0]);
});

it('writes a Markdown table', () => {
  expect(markdown({ title: 'T', columns: ['', 'x'], rows: [['a', 1]] })).toBe(
    '### T\n\n|  | x |\n| --- | --- |\n| a | 1 |\n',
  );
});

it('keeps what was measured before beside what is measured now', () => {
  const table = (title: string, rows: (string | number)[][]) => ({ title, columns: ['a', 'b'], rows });
  const before = [
    table('A', [
      [50, 1],
      [500, 2],
    ]),
    table('B', [['x', 3]]),
  ];
  expect(
    merged(before, [
      table('A', [
        [2000, 4],
        [50, 5],
      ]),
      table('C', [['y', 6]]),
    ]),
  ).toEqual([
    table('B', [['x', 3]]),
    table('A', [
      [50, 5],
      [500, 2],
      [2000, 4],
    ]),
    table('C', [['y', 6]]),
  ]);
  const other = { ...table('A', [[1, 2]]), columns: ['a', 'c'] };
  expect(merged(before, [other])).toEqual([before[1], other]);
  expect(merged([], before)).toEqual(before);
  expect(merged(before, [])).toEqual(before);
});
