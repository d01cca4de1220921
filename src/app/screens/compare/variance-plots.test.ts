import * as Plot from '@observablehq/plot';
import { expect, it } from 'vitest';
import { tickTexts } from '../../widgets/figure/tick-text';
import { components, cumulativePlot, screePlot, type VarianceWords } from './variance-plots';

const kit = { Plot, theme: 'light', tick: tickTexts('en') } as const;
const words: VarianceWords = { axis: '', percent: String, scree: () => '', cumulative: () => '' };
const many = Array.from({ length: 400 }, () => 1 / 400);

it('numbers the components from 1 and adds their shares up', () => {
  expect(components([0.5, 0.25])).toEqual([
    { component: 1, share: 0.5, sum: 0.5 },
    { component: 2, share: 0.25, sum: 0.75 },
  ]);
});

it('shows the beginning of a long tail, and always what is in use', () => {
  expect(screePlot(many, null, words)(400, kit).x?.domain).toEqual([0.5, 50.5]);
  expect(screePlot(many, 60, words)(400, kit).x?.domain).toEqual([0.5, 120.5]);
  expect(screePlot([1], null, words)(400, kit).x?.domain).toEqual([0.5, 1.5]);
  expect(cumulativePlot(many, null, [], words)(400, kit).x?.domain).toEqual([0, 400]);
});
