import { describe, expect, it } from 'vitest';
import { misplacedRows, silhouetteBands } from './silhouette-bands';

describe('silhouettes by cluster', () => {
  const values = Float32Array.of(0.5, -0.25, 0.75, NaN, 0.25, -0.5);
  const labels = Uint16Array.of(0, 1, 0, 0xffff, 0, 1);

  it('sorts each cluster from high to low, and counts what is below 0', () => {
    const { bands, mean, n } = silhouetteBands(values, labels, 3);
    expect(n).toBe(5);
    expect(mean).toBeCloseTo(0.15);
    expect(bands.map(({ cluster, size, mean: m, negative }) => [cluster, size, m, negative])).toEqual([
      [0, 3, 0.5, 0],
      [1, 2, -0.375, 2],
    ]);
    expect(bands[0].points).toEqual([
      { at: 0, value: 0.75 },
      { at: 1, value: 0.5 },
      { at: 2, value: 0.25 },
      { at: 3, value: 0.25 },
    ]);
  });

  it('thins out what is too much to draw, and keeps the ends and the means', () => {
    const n = 100_000;
    const many = Float32Array.from({ length: n }, (_, i) => (i % 1000) / 1000 - 0.1);
    const { bands } = silhouetteBands(many, new Uint16Array(n), 1, 200);
    expect(bands[0].points).toHaveLength(201);
    expect(bands[0].points[0].value).toBeCloseTo(0.899);
    expect(bands[0].points.at(-1)).toEqual({ at: n, value: Math.fround(-0.1) });
    expect(bands[0].mean).toBeCloseTo(0.3995);
    expect(bands[0].negative).toBe(n / 10);
    const places = bands[0].points.map(({ at }) => at);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  it('takes a cluster of one, and none at all', () => {
    expect(silhouetteBands(Float32Array.of(0), Uint16Array.of(0), 1).bands[0].points).toEqual([
      { at: 0, value: 0 },
      { at: 1, value: 0 },
    ]);
    expect(silhouetteBands(new Float32Array(), new Uint16Array(), 4)).toEqual({ bands: [], mean: 0, n: 0 });
  });
});

it('finds the rows that are nearer to another cluster', () => {
  expect([...misplacedRows(Float32Array.of(0.1, -0.1, NaN, 0, -1))]).toEqual([1, 4]);
});
