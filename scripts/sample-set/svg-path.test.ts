import { expect, it } from 'vitest';
import { fill } from './fill';
import { blank } from './picture';
import { polygons, type Polygon } from './svg-path';

/** Shoelace formula; positive for outlines that turn clockwise on the screen. */
function area(polygon: Polygon): number {
  let sum = 0;
  for (let i = 0; i < polygon.length; i += 2) {
    const j = (i + 2) % polygon.length;
    sum += (polygon[i] * polygon[j + 1] - polygon[j] * polygon[i + 1]) / 2;
  }
  return sum;
}

it.each([
  ['a square', 'M1 1H5V5H1Z', 16],
  ['relative lines after a move', 'm1 1 4 0 0 4-4 0z', 16],
  ['absolute lines after a move', 'M1 1 5 1 5 5 1 5z', 16],
  ['two arcs, flags touching numbers', 'M0 5a5 5 0 1110 0a5 5 0 11-10 0', Math.PI * 25],
  [
    'a circle of cubics',
    'M0 5C0 2.2386 2.2386 0 5 0S10 2.2386 10 5S7.7614 10 5 10S0 7.7614 0 5',
    Math.PI * 25,
  ],
  ['a parabola', 'M0 0Q5 10 10 0Z', -100 / 3],
  ['two smooth parabolas', 'M0 0Q5 10 10 0T20 0Z', 0],
])('flattens %s to its area', (_, d, expected) => {
  const total = polygons(d).reduce((sum, polygon) => sum + area(polygon), 0);
  expect(Math.abs(total - expected)).toBeLessThan(0.02 * Math.max(1, Math.abs(expected)));
});

it('goes on from the start of an outline after it is closed', () => {
  expect(polygons('M2 3h4v4zl-2 0v-2z').map((polygon) => polygon.slice(0, 2))).toEqual([
    [2, 3],
    [2, 3],
  ]);
});

it('refuses what is no path command', () => {
  expect(() => polygons('M0 0X5')).toThrow('no path command X');
});

it.each([
  ['nonzero', false, 64],
  ['even-odd', true, 48],
])('fills a square within a square by the %s rule', (_, evenOdd, expected) => {
  const picture = blank(10, 10, 3);
  fill(picture, polygons('M1 1H9V9H1ZM3 3H7V7H3Z'), [1, 0, 0, 1, 0, 0], [1, 1, 1], 1, evenOdd);
  expect(picture.data.reduce((sum, v) => sum + v, 0) / 3).toBeCloseTo(expected, 9);
});
