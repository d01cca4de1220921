import { expect, it } from 'vitest';
import { NO_CLUSTER } from '../../../domain/clustering';
import { borderFirst, borderlineRows, evenly, silhouetteFacts } from './member-scores';

it('sums up the silhouettes of members, those that have one', () => {
  const values = Float32Array.of(0.5, -0.25, NaN, 0.75, 1);
  expect(silhouetteFacts({ values }, Uint32Array.of(0, 1, 2, 3, 99))).toEqual({
    mean: 1 / 3,
    of: 3,
    negative: 1,
    sorted: Float32Array.of(0.75, 0.5, -0.25),
  });
  expect(silhouetteFacts({ values }, Uint32Array.of(2))).toBeNull();
  expect(silhouetteFacts({ values }, new Uint32Array())).toBeNull();
});

it('draws evenly from the first to the last', () => {
  const values = Float32Array.from({ length: 101 }, (_, i) => i);
  expect([...evenly(values, 5)]).toEqual([0, 25, 50, 75, 100]);
  expect(evenly(values, 101)).toBe(values);
});

const gaps = Float32Array.of(3, 0.5, NaN, -1, 0.5);
const margins = { gaps, second: new Uint16Array(5).fill(NO_CLUSTER) };

it('puts the members nearest to another cluster first', () => {
  expect([...borderFirst(Uint32Array.of(0, 4, 2, 1, 3), margins)]).toEqual([3, 1, 4, 0, 2]);
});

it('calls borderline what is near to another cluster, and not clearly in its own', () => {
  const members = Uint32Array.of(0, 1, 2, 3, 4);
  expect([...borderlineRows(members, margins, null, 3)]).toEqual([3, 1, 4]);
  const values = Float32Array.of(0.1, 0.9, 0, -0.2, 0.2);
  expect([...borderlineRows(members, margins, { values }, 3)]).toEqual([3, 4, 0]);
  // All clearly in their own: the nearest to the border are still told.
  expect([...borderlineRows(members, margins, { values: values.map(() => 0.9) }, 2)]).toEqual([3, 1]);
  expect(borderlineRows(new Uint32Array(), margins, null, 3)).toHaveLength(0);
});
