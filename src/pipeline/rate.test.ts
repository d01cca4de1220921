import { expect, it } from 'vitest';
import { Rate } from './rate';

it('needs a second, follows the last while, and forgets a pause', () => {
  const rate = new Rate();
  expect(rate.perSecond).toBeNull();
  rate.mark(0, 0);
  rate.mark(0.5, 10);
  expect(rate.perSecond).toBeNull();
  rate.mark(2, 40);
  expect(rate.perSecond).toBe(20);
  expect(rate.secondsFor(100)).toBe(5);
  for (let second = 3; second <= 60; second++) rate.mark(second, 40 + (second - 2) * 5);
  expect(rate.perSecond).toBe(5);
  rate.reset();
  expect(rate.secondsFor(100)).toBeNull();
});
