import { OrbitView } from '@deck.gl/core';
import { describe, expect, it } from 'vitest';
import {
  ballOf,
  farthestFirst,
  fittedOrbit,
  flattened,
  nearer,
  pixelOf,
  shifted,
  turned,
  type Orbit,
} from './orbit';

const size = { width: 900, height: 600 };
const margins = { top: 0, right: 0, bottom: 0, left: 0 };
const coords = new Float32Array([0, 0, 0, 1, 2, 3, -2, 0.5, -1, 4, -3, 2]);

const views: Orbit[] = [
  { target: [0, 0, 0], rotationX: 0, rotationOrbit: 0, zoom: 5 },
  { target: [1, -1, 0.5], rotationX: 35, rotationOrbit: -70, zoom: 6.3 },
  { target: [0, 2, 1], rotationX: -80, rotationOrbit: 200, zoom: 4 },
];

describe('flattened', () => {
  it.each(views)('puts points where deck.gl draws them: %o', (orbit) => {
    const viewport = new OrbitView({ id: 'map', orbitAxis: 'Y' }).makeViewport({
      ...size,
      viewState: { ...orbit, target: [...orbit.target] },
    })!;
    for (let row = 0; row < 4; row++) {
      const expected = viewport.project([...coords.subarray(3 * row, 3 * row + 3)]);
      const [x, y] = pixelOf(coords, row, orbit, size);
      expect(x).toBeCloseTo(expected[0], 2);
      expect(y).toBeCloseTo(expected[1], 2);
    }
  });
  it('shows nothing that is behind the eye or nowhere', () => {
    const orbit = { ...views[0], zoom: 12 };
    const flat = flattened(new Float32Array([0, 0, 5, NaN, 0, 0]), orbit, size);
    expect([...flat].every(Number.isNaN)).toBe(true);
    expect(flattened(new Float32Array(), orbit, size)).toHaveLength(0);
  });
});

describe('farthestFirst', () => {
  it.each(views)('paints by the depth at which deck.gl sees the points: %o', (orbit) => {
    const viewport = new OrbitView({ id: 'map', orbitAxis: 'Y' }).makeViewport({
      ...size,
      viewState: { ...orbit, target: [...orbit.target] },
    })!;
    const depths = [0, 1, 2, 3].map((row) => viewport.project([...coords.subarray(3 * row, 3 * row + 3)])[2]);
    const order = farthestFirst([0, 1, 2, 3], coords, orbit);
    expect(order.map((row) => depths[row])).toEqual([...depths].sort((a, b) => b - a));
  });
  it('turns round with the cloud, and leaves alone what it was given', () => {
    const rows = [0, 1];
    const row = new Float32Array([0, 0, 1, 0, 0, -1]);
    expect(farthestFirst(rows, row, views[0])).toEqual([1, 0]);
    expect(farthestFirst(rows, row, { ...views[0], rotationOrbit: 180 })).toEqual([0, 1]);
    expect(rows).toEqual([0, 1]);
    expect(farthestFirst([], row, views[0])).toEqual([]);
  });
});

describe('the view', () => {
  const ball = ballOf(coords)!;
  it('shows everything at first', () => {
    const orbit = fittedOrbit(ball, size, margins);
    for (let row = 0; row < 4; row++) {
      const [x, y] = pixelOf(coords, row, orbit, size);
      expect(x > 0 && x < size.width && y > 0 && y < size.height).toBe(true);
    }
    expect(ballOf(new Float32Array([NaN, 0, 0]))).toBeNull();
    expect(fittedOrbit(null, size, margins).zoom).toBe(0);
    expect(fittedOrbit(ballOf(new Float32Array([1, 1, 1])), size, margins)).toMatchObject({
      target: [1, 1, 1],
      zoom: 0,
    });
  });
  it('turns, and stops at the poles', () => {
    const orbit = fittedOrbit(ball, size, margins);
    expect(turned(orbit, 0, 1e6).rotationX).toBe(90);
    expect(turned(orbit, 0, -1e6).rotationX).toBe(-90);
    const once = turned(orbit, 100, 0);
    // What is near the eye follows the hand.
    expect(once.rotationOrbit).toBeGreaterThan(orbit.rotationOrbit);
  });
  it.each(views)(
    'moves the target with the hand and keeps what is under the pointer when it comes nearer: %o',
    (orbit) => {
      const target = new Float32Array(orbit.target);
      const moved = shifted(orbit, 40, -25);
      expect(pixelOf(target, 0, moved, size)[0]).toBeCloseTo(size.width / 2 + 40, 1);
      expect(pixelOf(target, 0, moved, size)[1]).toBeCloseTo(size.height / 2 - 25, 1);
      const [x, y] = pixelOf(target, 0, moved, size);
      const near = nearer(moved, size, x, y, 1.5, [-20, 20]);
      expect(near.zoom).toBe(orbit.zoom + 1.5);
      expect(pixelOf(target, 0, near, size)[0]).toBeCloseTo(x, 1);
      expect(pixelOf(target, 0, near, size)[1]).toBeCloseTo(y, 1);
      expect(nearer(moved, size, x, y, 99, [-20, 7]).zoom).toBe(7);
    },
  );
  it('turns the side that faces the eye with the hand', () => {
    const orbit = { ...views[0], zoom: 5 };
    const front = new Float32Array([0, 0, 2]);
    const [x0, y0] = pixelOf(front, 0, orbit, size);
    const [x1] = pixelOf(front, 0, turned(orbit, 30, 0), size);
    const [, y1] = pixelOf(front, 0, turned(orbit, 0, 30), size);
    expect(x1).toBeGreaterThan(x0);
    expect(y1).toBeGreaterThan(y0);
  });
});
