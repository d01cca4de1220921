import { describe, expect, it } from 'vitest';
import { clusterCentres, placeLabels } from './cluster-centres';

const size = { width: 400, height: 300 };
const camera = { x: 0, y: 0, zoom: 0 };

describe('clusterCentres', () => {
  it('averages the finite points of each cluster that are on the map', () => {
    const coords = new Float32Array([0, 0, 2, 4, 10, 10, NaN, 0]);
    const labels = new Uint16Array([0, 0, 1, 1, 1, 1]);
    expect([...clusterCentres(coords, 2, labels, 3)]).toEqual([1, 2, 10, 10, NaN, NaN]);
  });

  it('does so in space', () => {
    const coords = new Float32Array([0, 0, 0, 2, 4, 6, 1, 1, NaN]);
    expect([...clusterCentres(coords, 3, new Uint16Array([0, 0, 1]), 2)]).toEqual([1, 2, 3, NaN, NaN, NaN]);
  });
});

describe('placeLabels', () => {
  it('shows every number in view, and names only where there is room', () => {
    const centres = new Float64Array([0, 0, 0, 24, 45, 24, 0, 100, 900, 0, NaN, NaN]);
    const labels = placeLabels(centres, [0, 80, 80, 80, 80, 80], camera, size);
    expect(labels.map((l) => [l.cluster, l.full])).toEqual([
      [0, false],
      [1, true],
      [2, false],
      [3, true],
    ]);
    expect(labels[0]).toMatchObject({ x: 200, y: 150 });
  });

  it('moves a number that would cover another', () => {
    const labels = placeLabels(new Float64Array([0, 0, 0, 0, 2, 1]), [0, 0, 0], camera, size);
    const ys = labels.map((l) => l.y).sort((a, b) => a - b);
    expect(ys[1] - ys[0]).toBeGreaterThanOrEqual(24);
    expect(ys[2] - ys[1]).toBeGreaterThanOrEqual(24);
  });

  it('finds room for many numbers at one place, none of which covers another', () => {
    const labels = placeLabels(new Float64Array(50), new Array(25).fill(0), camera, size);
    labels.forEach((a, i) => {
      for (const b of labels.slice(i + 1))
        expect(Math.abs(a.x - b.x) >= 28 || Math.abs(a.y - b.y) >= 24, `${a.cluster}, ${b.cluster}`).toBe(
          true,
        );
    });
    expect(labels).toHaveLength(25);
    // One more has no place of its own, and is shown all the same.
    expect(placeLabels(new Float64Array(52), new Array(26).fill(0), camera, size).at(-1)).toMatchObject({
      x: 200,
      y: 150,
    });
  });

  it('shows the number alone for a cluster without a name', () => {
    expect(placeLabels(new Float64Array([0, 0]), [0], camera, size)[0].full).toBe(false);
  });
});
