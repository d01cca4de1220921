import fc from 'fast-check';
import { expect, it } from 'vitest';
import { binEdges, binOf, quantileEdges, spanOf } from './bins';

it('cuts at round numbers that are written as they are meant', () => {
  expect(binEdges([0, 1])).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]);
  expect(binEdges([-3, 47])).toEqual([-5, 0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50]);
  expect(binEdges([NaN, Infinity])).toEqual([]);
  expect(binEdges([7, 7, NaN])).toEqual([7, 7]);
});

it('cuts at quantiles as numpy has them', () => {
  // np.quantile([1, 2, 3, 4, 10], [0, .25, .5, .75, 1])
  expect(quantileEdges(Float64Array.of(10, 2, 3, NaN, 4, 1), 4)).toEqual([1, 2, 3, 4, 10]);
  expect(quantileEdges(Float64Array.of(0, 10), 4)).toEqual([0, 2.5, 5, 7.5, 10]);
  expect(quantileEdges(Float64Array.of(0, 0, 0, 0, 5), 4)).toEqual([0, 5]);
  expect(quantileEdges(Float64Array.of(3, 3))).toEqual([3, 3]);
  expect(quantileEdges(new Float64Array(0))).toEqual([]);
});

it('puts every finite value into the one range it is in, infinities at the ends', () => {
  const values = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }), {
    minLength: 1,
  });
  fc.assert(
    fc.property(values, (all) => {
      for (const edges of [binEdges(all), quantileEdges(Float64Array.from(all))])
        for (const value of all) {
          const bin = binOf(value, edges);
          const last = bin === edges.length - 2;
          expect(edges[bin] <= value && (value < edges[bin + 1] || (last && value <= edges[bin + 1]))).toBe(
            true,
          );
        }
    }),
  );
  expect(binOf(-Infinity, [0, 1, 2])).toBe(0);
  expect(binOf(Infinity, [0, 1, 2])).toBe(1);
});

it('spans finite values only', () => {
  expect(spanOf([3, NaN, -1, Infinity])).toEqual({ low: -1, high: 3 });
  expect(spanOf([]).low).toBeGreaterThan(spanOf([]).high);
});
