import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundsOf, fitted, mapMargins, panned, toScreen, toWorld, zoomedAt } from './camera';

const size = { width: 920, height: 690 };
const number = fc.double({ min: -1000, max: 1000, noNaN: true });
const camera = fc.record({ x: number, y: number, zoom: fc.double({ min: -8, max: 8, noNaN: true }) });

const even = (m: number) => ({ top: m, right: m, bottom: m, left: m });

describe('camera', () => {
  it('goes from screen to world and back', () => {
    fc.assert(
      fc.property(camera, number, number, (c, sx, sy) => {
        const [x, y] = toWorld(c, size, sx, sy);
        const [bx, by] = toScreen(c, size, x, y);
        expect(bx).toBeCloseTo(sx, 5);
        expect(by).toBeCloseTo(sy, 5);
      }),
    );
  });

  it('points up: a larger y is higher on the screen', () => {
    const c = { x: 0, y: 0, zoom: 0 };
    expect(toScreen(c, size, 0, 10)[1]).toBeLessThan(toScreen(c, size, 0, 0)[1]);
  });

  it('keeps the world point under the pointer while zooming', () => {
    fc.assert(
      fc.property(camera, fc.double({ min: -3, max: 3, noNaN: true }), (c, delta) => {
        const before = toWorld(c, size, 100, 200);
        const after = toWorld(zoomedAt(c, size, 100, 200, delta, [-20, 20]), size, 100, 200);
        expect(after[0]).toBeCloseTo(before[0], 4);
        expect(after[1]).toBeCloseTo(before[1], 4);
      }),
    );
  });

  it('stops zooming at the ends of the range', () => {
    expect(zoomedAt({ x: 0, y: 0, zoom: 1 }, size, 0, 0, 9, [-2, 4]).zoom).toBe(4);
    expect(zoomedAt({ x: 0, y: 0, zoom: 1 }, size, 0, 0, -9, [-2, 4]).zoom).toBe(-2);
  });

  it('moves the content with the hand', () => {
    const c = { x: 3, y: 4, zoom: 2 };
    const before = toScreen(c, size, 1, 1);
    const after = toScreen(panned(c, 10, -7), size, 1, 1);
    expect([after[0] - before[0], after[1] - before[1]]).toEqual([10, -7]);
  });

  it('fits all points inside the margins', () => {
    const coords = new Float32Array([-3, 10, 5, 11, 1, -40]);
    const c = fitted(boundsOf(coords)!, size, { top: 56, right: 216, bottom: 32, left: 20 });
    for (let i = 0; i < coords.length; i += 2) {
      const [sx, sy] = toScreen(c, size, coords[i], coords[i + 1]);
      expect(sx).toBeGreaterThanOrEqual(19.99);
      expect(sx).toBeLessThanOrEqual(size.width - 215.99);
      expect(sy).toBeGreaterThanOrEqual(55.99);
      expect(sy).toBeLessThanOrEqual(size.height - 31.99);
    }
  });

  it('centres one image and identical images', () => {
    const c = fitted(boundsOf(new Float32Array([7, 8, 7, 8]))!, size, even(32));
    expect(c).toEqual({ x: 7, y: 8, zoom: 0 });
  });

  it('uses the one extent there is when all points lie on a line', () => {
    const c = fitted(boundsOf(new Float32Array([0, 2, 100, 2]))!, size, even(0));
    expect(2 ** c.zoom).toBeCloseTo(9.2, 5);
  });

  it('leaves room for the legend where there is room', () => {
    expect(mapMargins(900, true, 40).right).toBeGreaterThan(200);
    expect(mapMargins(900, false, 40).right).toBe(32);
    expect(mapMargins(390, true, 40).right).toBe(32);
  });

  it('leaves room for pictures at the edges, below the tools and beside the legend', () => {
    const dots = mapMargins(900, true, 40);
    expect(mapMargins(900, true, 40, 40)).toEqual({ ...dots, top: 78 });
    expect(mapMargins(900, true, 40, 112)).toEqual({
      top: 114,
      right: dots.right + 34,
      bottom: 66,
      left: 66,
    });
    // A picture around the topmost point ends below the tools, which lie 8 pixels down, with its frame of 4.
    for (const side of [40, 56, 80, 112])
      expect(mapMargins(900, false, 40, side).top - side / 2 - 4).toBeGreaterThan(8 + 40);
  });

  it('leaves out what is not finite', () => {
    expect(boundsOf(new Float32Array([NaN, 1, 2, 3, Infinity, 0]))).toEqual({
      minX: 2,
      minY: 3,
      maxX: 2,
      maxY: 3,
    });
    expect(boundsOf(new Float32Array([NaN, NaN]))).toBeNull();
    expect(boundsOf(new Float32Array())).toBeNull();
  });

  it('comes no nearer to a few points than it is told', () => {
    const point = { minX: 3, minY: 4, maxX: 3, maxY: 4 };
    expect(fitted(point, size, even(0), 5)).toEqual({ x: 3, y: 4, zoom: 5 });
    const close = { minX: 0, minY: 0, maxX: 0.001, maxY: 0.001 };
    expect(fitted(close, size, even(0), 5).zoom).toBe(5);
    expect(fitted({ ...close, maxX: 1000 }, size, even(0), 5).zoom).toBeLessThan(0);
  });
});
