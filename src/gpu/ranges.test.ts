import { expect, it } from 'vitest';
import { rowRanges } from './ranges';

it('has nothing to do for no rows', () => {
  expect(rowRanges(0, 64, 1, 2 ** 31)).toEqual([]);
});

it('never dispatches more than 65,535 workgroups', () => {
  const most = 65_535 * 64;
  expect(rowRanges(most, 64, 1, 2 ** 31)).toEqual([{ from: 0, count: most }]);
  expect(rowRanges(most + 1, 64, 1, 2 ** 31)).toEqual([
    { from: 0, count: most },
    { from: most, count: 1 },
  ]);
});

it('bounds the work of a dispatch, but gives each at least one workgroup', () => {
  expect(rowRanges(1000, 64, 2 ** 23, 2 ** 31).map(({ count }) => count)).toEqual([256, 256, 256, 232]);
  expect(rowRanges(130, 64, 2 ** 40, 2 ** 31).map(({ count }) => count)).toEqual([64, 64, 2]);
});
