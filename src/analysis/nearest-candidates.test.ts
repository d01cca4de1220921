import fc from 'fast-check';
import { expect, it } from 'vitest';
import { candidates, candidatesWithin, errorBound, smallest } from './nearest-candidates';

const bound = errorBound('euclidean', 512);
const none = new Set<number>();

it('selects the same value as sorting', () => {
  const values = fc.array(fc.float({ noNaN: true, min: 0, max: 9 }), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(values, fc.nat(), (list, seed) => {
      const count = 1 + (seed % list.length);
      const sorted = Float32Array.from(list).sort();
      expect(smallest(Float32Array.from(list), count)).toBe(sorted[count - 1]);
    }),
  );
});

it('keeps what rounding may have moved past the last one', () => {
  const near = Float32Array.of(1, 5, 1 + 4e-6, 2);
  expect([...candidates(near, 1, bound, none)]).toEqual([0, 2]);
  expect([...candidates(near, 3, bound, none)]).toEqual([0, 2, 3]);
});

it('leaves out what is left, and asks for others in its place', () => {
  expect([...candidates(Float32Array.of(0, 3, 1, 2), 2, bound, new Set([0]))]).toEqual([2, 3]);
  expect([...candidates(Float32Array.of(0, 3), 5, bound, new Set([1]))]).toEqual([0]);
  expect([...candidates(Float32Array.of(0, 3), 0, bound, none)]).toEqual([]);
  expect([...candidates(new Float32Array(0), 3, bound, none)]).toEqual([]);
});

it('takes all that may be within a limit', () => {
  const near = Float32Array.of(1, 4, 4 + 1e-5, 4.1);
  expect([...candidatesWithin(near, 4, bound, none)]).toEqual([0, 1, 2]);
  expect([...candidatesWithin(near, 4, bound, new Set([1]))]).toEqual([0, 2]);
});
