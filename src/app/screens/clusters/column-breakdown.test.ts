import { expect, it } from 'vitest';
import { spanOf, valueShares } from './column-breakdown';

it('counts the values of some images, the most frequent first, beside all images', () => {
  const parts = { column: 'k', names: ['', 'a', 'b', 'c'], of: Uint32Array.of(1, 2, 2, 0, 3, 1) };
  expect(valueShares(parts, Uint32Array.of(0, 1, 2, 3))).toEqual([
    { part: 2, name: 'b', here: 2, all: 2 },
    { part: 0, name: '', here: 1, all: 1 },
    { part: 1, name: 'a', here: 1, all: 2 },
  ]);
  expect(valueShares(parts, Uint32Array.of(99))).toEqual([]);
  expect(valueShares({ column: 'k', names: [], of: new Uint32Array() }, new Uint32Array())).toEqual([]);
});

it('tells lowest, median and highest of the values there are', () => {
  const values = Float64Array.of(5, NaN, 1, 2, Infinity, 3);
  expect(spanOf(values, null)).toEqual({ low: 1, middle: 2.5, high: 5 });
  expect(spanOf(values, Uint32Array.of(5, 1, 0, 2, 77))).toEqual({ low: 1, middle: 3, high: 5 });
  expect(spanOf(values, Uint32Array.of(1))).toBeNull();
  expect(spanOf(new Float64Array(), null)).toBeNull();
});
