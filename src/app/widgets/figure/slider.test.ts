import { expect, it } from 'vitest';
import { nearestValue, sliderStep } from './slider';

const KS = [5, 6, 8, 9, 10, 11, 12];

it('moves among the values there are, and not beyond', () => {
  expect(
    ['ArrowRight', 'ArrowLeft', 'PageUp', 'PageDown', 'Home', 'End'].map((key) => sliderStep(key, KS, 6)),
  ).toEqual([8, 5, 12, 5, 5, 12]);
  expect(sliderStep('ArrowRight', KS, 12)).toBe(12);
  expect(sliderStep('ArrowLeft', KS, 5)).toBe(5);
  expect(sliderStep('a', KS, 5)).toBeNull();
});

it('starts at the first value when it has none of them', () => {
  expect(sliderStep('ArrowRight', KS, 7)).toBe(5);
});

it('takes the value that is drawn nearest', () => {
  const place = (k: number): number => 10 * k;
  expect(nearestValue(KS, place, 71)).toBe(8);
  expect(nearestValue(KS, place, 69)).toBe(6);
  expect(nearestValue(KS, place, -100)).toBe(5);
  expect(nearestValue([], place, 0)).toBeNull();
});
