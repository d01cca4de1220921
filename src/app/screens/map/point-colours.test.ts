import { describe, expect, it } from 'vitest';
import { clusterRgba } from '../../state/palette';
import { categoryRgb, gathered, pointColours, pointRadius } from './point-colours';

const categories = { codes: new Uint16Array([0, 1, 7]), count: 2 };
const pixel = (rgba: Uint8Array, row: number): number[] => [...rgba.subarray(4 * row, 4 * row + 4)];

describe('pointColours', () => {
  it('takes the palette for categories, grey for others and for rows without one', () => {
    const rgba = pointColours(4, categories, null, 'light');
    expect(pixel(rgba, 0).slice(0, 3)).toEqual(clusterRgba(0, 'light').slice(0, 3));
    expect(pixel(rgba, 1).slice(0, 3)).toEqual(clusterRgba(1, 'light').slice(0, 3));
    expect(pixel(rgba, 2)).toEqual(pixel(rgba, 3));
    expect(new Set(pixel(rgba, 2).slice(0, 3)).size).toBe(1);
  });

  it('greys out what is not selected and never hides it', () => {
    const rgba = pointColours(3, categories, new Uint8Array([1, 0, 0]), 'dark');
    expect(pixel(rgba, 0)).toEqual(pixel(pointColours(3, categories, null, 'dark'), 0));
    expect(pixel(rgba, 1)[3]).toBeGreaterThan(0);
    expect(pixel(rgba, 1)[3]).toBeLessThan(pixel(rgba, 0)[3]);
  });

  it('colours 416,314 points within the 100 ms a drag of k has', () => {
    const codes = Uint16Array.from({ length: 416_314 }, (_, i) => i % 30);
    // The best of a few: another process may take the core.
    const times = Array.from({ length: 7 }, () => {
      const start = performance.now();
      pointColours(codes.length, { codes, count: 30 }, null, 'light');
      return performance.now() - start;
    });
    expect(Math.min(...times)).toBeLessThan(100);
  });
});

describe('gathered', () => {
  it('packs the rows that are on the map', () => {
    const coords = new Float32Array([0, 1, 2, 3, 4, 5]);
    const rgba = pointColours(3, categories, null, 'light');
    const packed = gathered(coords, 2, rgba, new Uint32Array([1, 2, 3]));
    expect([...packed.coords]).toEqual([2, 3, 4, 5]);
    expect(pixel(packed.rgba, 0).slice(0, 3)).toEqual(clusterRgba(1, 'light').slice(0, 3));
  });
});

it('packs points in space, and leaves out those without a place', () => {
  const coords = new Float32Array([0, 1, 2, 3, 4, NaN, 6, 7, 8]);
  const rgba = pointColours(3, categories, null, 'dark');
  const packed = gathered(coords, 3, rgba, new Uint32Array([0, 1, 2]));
  expect([...packed.coords]).toEqual([0, 1, 2, 6, 7, 8]);
  expect(packed.dims).toBe(3);
});

it('has one colour for a row as dot and as frame', () => {
  for (const row of [0, 1, 2, 3])
    expect(categoryRgb(categories, row, 'light')).toEqual(
      pixel(pointColours(4, categories, null, 'light'), row).slice(0, 3),
    );
});

describe('pointRadius', () => {
  it('falls with the number of points and stays visible', () => {
    expect(pointRadius(1)).toBe(6);
    expect(pointRadius(2000)).toBeGreaterThan(pointRadius(400_000));
    expect(pointRadius(416_314)).toBe(1.5);
  });
});
