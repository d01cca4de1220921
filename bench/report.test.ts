import { expect, it } from 'vitest';
import { markdown, median, round } from './report';

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
