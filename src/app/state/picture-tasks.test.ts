import { expect, it } from 'vitest';
import { pictureSet, timed } from './picture-tasks';

it('makes a set of rows, whatever their order', () => {
  const table = {
    n: 3,
    paths: ['a', 'b', 'c'],
    hashes: ['x', '', 'z'],
    widths: Uint32Array.of(1, 0, 3),
    heights: Uint32Array.of(4, 0, 6),
    duplicates: new Map(),
  };
  expect(pictureSet('p', table, Uint32Array.of(2, 1), 'originals')).toEqual({
    projectId: 'p',
    rows: Uint32Array.of(2, 1),
    hashes: ['z', ''],
    widths: Uint32Array.of(3, 0),
    heights: Uint32Array.of(6, 0),
    source: 'originals',
  });
});

it('tells how long it will take once that can be told', () => {
  let now = 0;
  const told: (number | null)[] = [];
  const report = timed(
    ({ secondsLeft }) => told.push(secondsLeft),
    () => now,
  );
  for (const [at, fraction] of [
    [100, 0.5],
    [2000, 0.01],
    [2000, 0.25],
    [8000, 1],
  ]) {
    now = at;
    report(fraction);
  }
  expect(told).toEqual([null, null, 6, 0]);
});
