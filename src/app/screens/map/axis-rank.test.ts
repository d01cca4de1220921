import { expect, it } from 'vitest';
import { componentOf } from './axis-rank';

it.each([
  [
    [0.25, 0.12],
    [1, 2],
  ],
  [
    [0.12, 0.25],
    [2, 1],
  ],
  [
    [0.2, 0.2],
    [1, 2],
  ],
  [
    [0.1, 0.3, 0.2],
    [3, 1, 2],
  ],
])('axes with the shares %j are the components %j', (explained, components) =>
  expect(explained.map((_, axis) => componentOf(axis, explained))).toEqual(components),
);

it('counts axes whose shares are not known as they come', () => {
  expect([0, 1].map((axis) => componentOf(axis, []))).toEqual([1, 2]);
});
