import * as Plot from '@observablehq/plot';
import { expect, it } from 'vitest';
import { tickTexts } from './figure/tick-text';
import { scorePlot, scorePoints, wholeTicks, type ScoreCurve } from './score-plot';

const curve: ScoreCurve = { ks: [2, 3, 4], values: [0.2, NaN, 0.4], errors: [0.1, 0, 0.1], k: 4, best: 2 };
const kit = { Plot, theme: 'light', tick: tickTexts('en') } as const;
const optionsOf = (of: ScoreCurve) => scorePlot(of, String, () => '')(400, kit);

it('pairs each k with its value and error', () => {
  expect(scorePoints({ ...curve, errors: null })).toEqual([
    { k: 2, value: 0.2, error: 0 },
    { k: 3, value: NaN, error: 0 },
    { k: 4, value: 0.4, error: 0 },
  ]);
});

it('labels as many k as there is room for, and only such as there are', () => {
  const ks = Array.from({ length: 26 }, (_, i) => i + 5);
  expect(wholeTicks(ks, 1000)).toEqual(ks);
  expect(wholeTicks(ks, 360)).toEqual([5, 10, 15, 20, 25, 30]);
  expect(wholeTicks([7], 10)).toEqual([7]);
});

it('has an axis also for one k, and for scores that are not defined', () => {
  expect(optionsOf({ ...curve, ks: [5], values: [NaN] }).x?.domain).toEqual([4, 6]);
  expect(optionsOf({ ...curve, ks: [5], values: [NaN] }).y?.domain).toEqual([0, 1]);
  expect(optionsOf(curve).y).not.toHaveProperty('domain');
});

it('draws a band only where there are errors', () => {
  const areas = (of: ScoreCurve): number =>
    (optionsOf(of).marks ?? []).filter((mark) => mark instanceof Plot.Area).length;
  expect([areas(curve), areas({ ...curve, errors: null })]).toEqual([1, 0]);
});
