import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildGrid, countInside, nearestRow } from './grid-index';

function bruteForce(coords: Float32Array, x: number, y: number, radius: number): number {
  let best = -1;
  let bestSquared = radius * radius;
  for (let row = 0; row < coords.length / 2; row++) {
    const squared = (coords[2 * row] - x) ** 2 + (coords[2 * row + 1] - y) ** 2;
    if (squared < bestSquared || (squared === bestSquared && best < 0)) {
      best = row;
      bestSquared = squared;
    }
  }
  return best;
}

const coordinate = fc.oneof(fc.integer({ min: -5, max: 5 }), fc.float({ min: -100, max: 100, noNaN: true }));
const points = fc
  .array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 200 })
  .map((pairs) => new Float32Array(pairs.flat()));

describe('grid index', () => {
  it('finds what brute force finds', () => {
    fc.assert(
      fc.property(
        points,
        coordinate,
        coordinate,
        fc.double({ min: 0.01, max: 300, noNaN: true }),
        (coords, x, y, r) => {
          expect(nearestRow(buildGrid(coords)!, x, y, r)).toBe(bruteForce(coords, x, y, r));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('finds points from far outside the grid', () => {
    const coords = new Float32Array([0, 0, 10, 0, 10, 10]);
    expect(nearestRow(buildGrid(coords)!, 1000, 1000, 2000)).toBe(2);
    expect(nearestRow(buildGrid(coords)!, 1000, 1000, 20)).toBe(-1);
  });

  it('holds identical points and single points', () => {
    expect(nearestRow(buildGrid(new Float32Array(2000).fill(3))!, 3.1, 3, 1)).toBe(0);
    expect(nearestRow(buildGrid(new Float32Array([5, 6]))!, 5, 6.5, 1)).toBe(0);
  });

  it('leaves out points that are not finite, and knows when none is left', () => {
    expect(nearestRow(buildGrid(new Float32Array([NaN, 0, 1, 1]))!, 0, 0, 5)).toBe(1);
    expect(buildGrid(new Float32Array([NaN, 0]))).toBeNull();
    expect(buildGrid(new Float32Array())).toBeNull();
  });

  it('counts what lies in a rectangle, as brute force does', () => {
    fc.assert(
      fc.property(points, coordinate, coordinate, coordinate, coordinate, (coords, a, b, c, d) => {
        const box = {
          minX: Math.min(a, b),
          maxX: Math.max(a, b),
          minY: Math.min(c, d),
          maxY: Math.max(c, d),
        };
        let count = 0;
        for (let row = 0; row < coords.length / 2; row++) {
          const [x, y] = [coords[2 * row], coords[2 * row + 1]];
          if (x >= box.minX && x <= box.maxX && y >= box.minY && y <= box.maxY) count++;
        }
        expect(countInside(buildGrid(coords)!, box)).toBe(count);
      }),
      { numRuns: 500 },
    );
  });

  it('passes over rows that do not count', () => {
    const grid = buildGrid(new Float32Array([0, 0, 1, 0, 2, 0]))!;
    expect(nearestRow(grid, 0, 0, 5, new Uint8Array([0, 1, 1]))).toBe(1);
    expect(nearestRow(grid, 0, 0, 5, new Uint8Array(3))).toBe(-1);
  });

  it('indexes 416,314 points, and answers a thousand hovers within 50 ms each', () => {
    const coords = new Float32Array(2 * 416_314);
    let state = 1;
    for (let i = 0; i < coords.length; i++) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      coords[i] = state / 2 ** 32;
    }
    const grid = buildGrid(coords)!;
    const start = performance.now();
    for (let i = 0; i < 1000; i++) nearestRow(grid, coords[2 * i], coords[2 * i + 1] + 1e-4, 0.01);
    expect((performance.now() - start) / 1000).toBeLessThan(50);
  });
});
