import { expect, it } from 'vitest';
import { fitted } from './camera';
import { overviewFrame, overviewPixels } from './overview';

const size = { width: 120, height: 90 };
const view = { width: 800, height: 600 };
const bounds = { minX: -10, minY: 0, maxX: 10, maxY: 10 };
const none = { top: 0, right: 0, bottom: 0, left: 0 };

const lit = (pixels: Uint8ClampedArray): number[][] => {
  const found: number[][] = [];
  for (let i = 0; i < size.width * size.height; i++)
    if (pixels[4 * i + 3]) found.push([i % size.width, Math.floor(i / size.width), pixels[4 * i + 3]]);
  return found;
};

it('shows the corners of the map inside its edges, up being up', () => {
  const [first, last, ...more] = lit(
    overviewPixels(new Float32Array([-10, 10, 10, 0]), bounds, size, [1, 2, 3]),
  );
  expect(more).toEqual([]);
  expect(first[0]).toBe(6);
  expect(last[0]).toBe(114);
  expect(first[1]).toBeLessThan(last[1]);
});

it('is denser where more points are, and leaves out those without a place', () => {
  const one = lit(overviewPixels(new Float32Array([0, 5, NaN, 5]), bounds, size, [1, 2, 3]));
  const two = lit(overviewPixels(new Float32Array([0, 5, 0, 5]), bounds, size, [1, 2, 3]));
  expect(one).toHaveLength(1);
  expect(two[0][2]).toBeGreaterThan(one[0][2]);
});

it('draws one image in the middle', () => {
  const at = lit(
    overviewPixels(new Float32Array([3, 3]), { minX: 3, minY: 3, maxX: 3, maxY: 3 }, size, [1, 2, 3]),
  );
  expect(at[0].slice(0, 2)).toEqual([60, 45]);
});

it('frames what is in view, and no more than there is', () => {
  const home = fitted(bounds, view, none);
  const all = overviewFrame(home, view, bounds, size);
  expect(all.width).toBeCloseTo(108, 5);
  expect(all.left).toBeCloseTo(6, 5);
  const near = overviewFrame({ ...home, x: 5, zoom: home.zoom + 2 }, view, bounds, size);
  expect(near.width).toBeCloseTo(27, 5);
  expect(near.left + near.width / 2).toBeCloseTo(60 + 5 * (108 / 20), 5);
  const gone = overviewFrame({ ...home, x: 1000 }, view, bounds, size);
  expect(gone.width).toBe(0);
  expect(gone.left).toBe(120);
});
