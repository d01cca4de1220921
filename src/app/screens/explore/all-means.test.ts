import { expect, it } from 'vitest';
import type { AnalysisProgress } from '../../../domain/progress';
import { allMeans } from './all-means';

const image = (of: number) => ({ rgba: new Uint8ClampedArray(4), of });

it('makes all in order and tells the time left once it can be known', async () => {
  let clock = 0;
  const told: AnalysisProgress[] = [];
  const made = await allMeans([1, 2, 3, 4], async (of) => ((clock += 500), image(of)), {
    report: (progress) => told.push(progress),
    signal: new AbortController().signal,
    now: () => clock,
  });
  expect(made.map(({ of }) => of)).toEqual([1, 2, 3, 4]);
  expect(told.map(({ fraction, secondsLeft }) => [fraction, secondsLeft])).toEqual([
    [0.25, null],
    [0.5, 1],
    [0.75, 0.5],
    [1, 0],
  ]);
});

it('stops when it is told to', async () => {
  const stop = new AbortController();
  let made = 0;
  const get = async (of: number) => {
    if (++made === 2) stop.abort(new Error('enough'));
    return image(of);
  };
  await expect(allMeans([1, 2, 3], get, { report: () => undefined, signal: stop.signal })).rejects.toThrow(
    'enough',
  );
  expect(made).toBe(2);
  expect(await allMeans([], get, { report: () => undefined, signal: new AbortController().signal })).toEqual(
    [],
  );
});
