import { expect, it } from 'vitest';
import { PictureSlots } from './picture-slots';

const NONE = new Set<number>();

it('gives each row one place, and different rows different ones', () => {
  const slots = new PictureSlots(1, 3);
  expect([7, 8, 7, 9].map((row) => slots.claim(row, NONE))).toEqual([1, 2, 1, 3]);
  expect(slots.of(8)).toBe(2);
  expect(slots.of(1)).toBeUndefined();
});

it('takes the place of the row that was not asked for longest', () => {
  const slots = new PictureSlots(0, 2);
  slots.claim(1, NONE);
  slots.claim(2, NONE);
  slots.of(1);
  expect(slots.claim(3, NONE)).toBe(1);
  expect(slots.of(2)).toBeUndefined();
  expect(slots.of(1)).toBe(0);
});

it('never takes a place from a row that is shown', () => {
  const slots = new PictureSlots(0, 2);
  slots.claim(1, NONE);
  slots.claim(2, NONE);
  expect(slots.claim(3, new Set([1]))).toBe(1);
  expect(slots.claim(4, new Set([1, 3]))).toBeNull();
});

it('gives a place back', () => {
  const slots = new PictureSlots(0, 1);
  slots.claim(1, NONE);
  slots.release(1);
  slots.release(1);
  expect(slots.claim(2, new Set([1]))).toBe(0);
  expect(slots.claim(3, new Set([2]))).toBeNull();
});
