import * as Plot from '@observablehq/plot';
import { expect, it } from 'vitest';
import { tickTexts } from '../../widgets/figure/tick-text';
import { silhouetteBands } from './silhouette-bands';
import { placedSteps, silhouetteHeight, silhouettePlot } from './silhouette-plot';

const bands = silhouetteBands(Float32Array.of(0.5, -0.25, 0.75, 0.25), Uint16Array.of(0, 1, 0, 0), 2);

it('gives each cluster the height of its images, one below the other', () => {
  const { labels, steps, room } = placedSteps(bands);
  expect(labels.map(({ cluster }) => cluster)).toEqual([0, 1]);
  expect(labels[0].height).toBeCloseTo(3 * labels[1].height);
  expect(labels[0].height + labels[1].height).toBeCloseTo(room - 4);
  expect(steps.at(-1)!.y).toBeCloseTo(room);
  const downwards = steps.map(({ y }) => y);
  expect(downwards).toEqual(downwards.toSorted((a, b) => a - b));
});

it('reaches from the lowest silhouette, or 0, to 1', () => {
  const kit = { Plot, theme: 'light', tick: tickTexts('en') } as const;
  const words = { axis: '', band: () => '', colour: () => '#000000' };
  expect(silhouettePlot(bands, words)(400, kit).x?.domain).toEqual([-0.25, 1]);
  const good = silhouetteBands(Float32Array.of(0.5, 0.75), Uint16Array.of(0, 0), 1);
  expect(silhouettePlot(good, words)(400, kit).x?.domain).toEqual([0, 1]);
});

it('grows with the clusters, within reason', () => {
  const of = (k: number) =>
    silhouetteHeight(
      silhouetteBands(
        new Float32Array(k).fill(0.5),
        Uint16Array.from({ length: k }, (_, c) => c),
        k,
      ),
    );
  expect([2, 20, 300].map(of)).toEqual([280, 500, 720]);
});
