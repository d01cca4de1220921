import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pictureAt, pictureSide, placePictures } from './picture-layout';

const size = { width: 400, height: 300 };
const camera = { x: 0, y: 0, zoom: 0 };
const points = fc
  .array(fc.tuple(fc.integer({ min: -250, max: 250 }), fc.integer({ min: -200, max: 200 })), {
    maxLength: 200,
  })
  .map((pairs) => new Float32Array(pairs.flat()));

describe('placePictures', () => {
  it('never overlaps, and leaves a point without a picture only for want of room', () => {
    fc.assert(
      fc.property(points, fc.integer({ min: 20, max: 90 }), (coords, side) => {
        const placed = placePictures(coords, camera, size, side, 1000, []);
        const clash = (ax: number, ay: number, bx: number, by: number): boolean =>
          Math.abs(ax - bx) < side && Math.abs(ay - by) < side;
        placed.forEach((a, i) => {
          for (const b of placed.slice(i + 1)) expect(clash(a.x, a.y, b.x, b.y)).toBe(false);
        });
        const rows = new Set(placed.map((p) => p.row));
        for (let row = 0; row < coords.length / 2; row++) {
          const x = coords[2 * row] + 200;
          const y = 150 - coords[2 * row + 1];
          if (rows.has(row) || x < 0 || x >= 400 || y < 0 || y >= 300) continue;
          expect(placed.some((p) => Math.abs(p.x - x) < side && Math.abs(p.y - y) < side)).toBe(true);
        }
      }),
    );
  });

  it('keeps the pictures that were there, and stops at the cap', () => {
    const coords = new Float32Array([0, 0, 5, 0, 100, 0]);
    expect(placePictures(coords, camera, size, 40, 10, []).map((p) => p.row)).toEqual([0, 2]);
    expect(placePictures(coords, camera, size, 40, 10, [1, 99]).map((p) => p.row)).toEqual([1, 2]);
    expect(placePictures(coords, camera, size, 40, 1, [])).toHaveLength(1);
  });

  it('passes over rows that do not count', () => {
    const coords = new Float32Array([0, 0, 100, 0]);
    expect(
      placePictures(coords, camera, size, 40, 10, [0], new Uint8Array([0, 1])).map((p) => p.row),
    ).toEqual([1]);
  });

  it('is done with 416,314 points before anybody notices', () => {
    const coords = Float32Array.from({ length: 2 * 416_314 }, (_, i) => ((i * 7919) % 40_000) / 100 - 200);
    const times = Array.from({ length: 5 }, () => {
      const start = performance.now();
      placePictures(coords, camera, size, 40, 600, []);
      return performance.now() - start;
    });
    expect(Math.min(...times)).toBeLessThan(100);
  });

  it('places no point that is not finite', () => {
    expect(placePictures(new Float32Array([NaN, 0]), camera, size, 40, 10, [])).toEqual([]);
  });

  it('knows the picture under the pointer', () => {
    const placed = placePictures(new Float32Array([0, 0]), camera, size, 40, 10, []);
    expect(pictureAt(placed, 40, 215, 140)).toBe(0);
    expect(pictureAt(placed, 40, 225, 140)).toBe(-1);
    expect(pictureAt([...placed, { row: 7, x: 210, y: 150 }], 40, 215, 140)).toBe(7);
  });
});

describe('pictureSide', () => {
  it('grows as fewer images are in view, and there is none where they would cover each other', () => {
    expect(pictureSide(1, size, 'near')).toBe(112);
    expect(pictureSide(30, size, 'near')).toBe(56);
    expect(pictureSide(75, size, 'near')).toBe(40);
    expect(pictureSide(76, size, 'near')).toBeNull();
    expect(pictureSide(0, size, 'near')).toBe(112);
  });

  it('is the smallest where none has room and they are wanted always, and none where they are not wanted', () => {
    expect(pictureSide(75, size, 'always')).toBe(40);
    expect(pictureSide(76, size, 'always')).toBe(40);
    expect(pictureSide(1, size, 'never')).toBeNull();
  });
});
