import { expect, it } from 'vitest';
import { panelsOf, tickStep } from './panels';

// Three clusters, the second without an image; two places.
const counts = Uint32Array.of(1, 3, 0, 0, 4, 0);

it('makes a chart for each value, clusters as bars', () => {
  const { panels, bars } = panelsOf(counts, { clusters: [2, 0], places: 2, by: 'values', perRow: 1 });
  expect(panels).toEqual([
    { of: 0, total: 5, row: 0, column: 0 },
    { of: 1, total: 3, row: 1, column: 0 },
  ]);
  expect(bars.map(({ cluster, place, count, share }) => [cluster, place, count, share])).toEqual([
    [2, 0, 4, 0.8],
    [0, 0, 1, 0.2],
    [0, 1, 3, 1],
  ]);
});

it('makes a chart for each cluster, values as bars', () => {
  const { panels, bars } = panelsOf(counts, { clusters: [0, 2], places: 2, by: 'clusters', perRow: 2 });
  expect(panels.map(({ of, total, row, column }) => [of, total, row, column])).toEqual([
    [0, 4, 0, 0],
    [2, 4, 0, 1],
  ]);
  expect(bars.map(({ panel, place, share }) => [panel.of, place, share])).toEqual([
    [0, 0, 0.25],
    [0, 1, 0.75],
    [2, 0, 1],
  ]);
});

it('makes nothing of nothing', () => {
  expect(panelsOf(new Uint32Array(0), { clusters: [], places: 0, by: 'values', perRow: 3 })).toEqual({
    panels: [],
    bars: [],
  });
});

it('leaves room for the texts of ticks', () => {
  expect(tickStep(9, 180, 16)).toBe(1);
  expect(tickStep(30, 180, 16)).toBe(5);
  expect(tickStep(3, 0, 16)).toBe(50);
});
