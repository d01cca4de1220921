import * as Plot from '@observablehq/plot';
import { expect, it } from 'vitest';
import { tickTexts } from '../../widgets/figure/tick-text';
import { sizeBars, sizePlot, sizesByK, sizesPlot } from './size-plots';

const kit = { Plot, theme: 'light', tick: tickTexts('en') } as const;
const of = (...sizes: number[]) => ({ k: sizes.length, sizes: Uint32Array.from(sizes) });

it('has a bar for each cluster, also for an empty one', () => {
  expect(sizeBars(of(5, 3, 0))).toEqual([
    { cluster: 0, images: 5 },
    { cluster: 1, images: 3 },
    { cluster: 2, images: 0 },
  ]);
  const words = { axis: 'cluster', bar: () => '', colour: () => '#000000' };
  expect(sizePlot(of(5, 3, 0), words)(400, kit).x?.domain).toEqual([0, 1, 2]);
});

it('lists all sizes of every k, which a logarithm can take', () => {
  expect(sizesByK([of(9), of(6, 3), of(5, 4, 0)])).toEqual([
    { k: 1, images: 9 },
    { k: 2, images: 6 },
    { k: 2, images: 3 },
    { k: 3, images: 5 },
    { k: 3, images: 4 },
  ]);
});

it('counts linearly, unless the sizes are too far apart', () => {
  const scale = (...clusterings: ReturnType<typeof of>[]) =>
    sizesPlot(clusterings, 2, String)(400, kit).y?.type;
  expect(scale(of(60, 40), of(50, 30, 20))).toBe('linear');
  expect(scale(of(990, 10))).toBe('log');
});
