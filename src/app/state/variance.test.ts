import { expect, it } from 'vitest';
import { cumulative, dimensionsFor, isQuick } from './variance.svelte';

it('adds up shares', () => {
  expect(cumulative([0.5, 0.25, 0.125])).toEqual([0.5, 0.75, 0.875]);
  expect(cumulative([])).toEqual([]);
});

it('finds how many components hold a share of the variance', () => {
  const explained = [0.5, 0.25, 0.125, 0.125];
  expect([0.4, 0.5, 0.6, 0.9, 1].map((share) => dimensionsFor(explained, share))).toEqual([1, 1, 2, 4, 4]);
  // Only the leading ones are known, or there is nothing to explain.
  expect(dimensionsFor([0.5, 0.2], 0.9)).toBeNull();
  expect(dimensionsFor([], 0.5)).toBeNull();
  expect(
    dimensionsFor(
      Array.from({ length: 10 }, () => 0.1),
      1,
    ),
  ).toBe(10);
});

it('asks first where it takes long', () => {
  expect([isQuick({ n: 10_000, d: 512 }), isQuick({ n: 416_314, d: 512 })]).toEqual([true, false]);
});
