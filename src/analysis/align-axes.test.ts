import { expect, it } from 'vitest';
import { alignAxes } from './align-axes';

it('gives axes the sign they had', () => {
  const axes = Float64Array.of(-1, 0, 0, 0, 1, 0);
  const explained = [0.6, 0.3];
  alignAxes(axes, explained, Float64Array.of(1, 0, 0, 0, 0.9, 0.1), 2, 3);
  expect([...axes]).toEqual([1, -0, -0, 0, 1, 0]);
  expect(explained).toEqual([0.6, 0.3]);
});

it('puts axes that have changed places back, with their share', () => {
  const axes = Float64Array.of(0, 1, 0, -1, 0, 0, 0, 0, 1);
  const explained = [0.41, 0.4, 0.1];
  alignAxes(axes, explained, Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, -1), 3, 3);
  expect([...axes].map((x) => x + 0)).toEqual([1, 0, 0, 0, 1, 0, 0, 0, -1]);
  expect(explained).toEqual([0.4, 0.41, 0.1]);
});

it('leaves axes that have nothing to do with the earlier ones as they are', () => {
  const axes = Float64Array.of(1, 0, 0, 0, 0, 1, 0, 0);
  alignAxes(axes, [0.5, 0.2], Float64Array.of(0, 0, 1, 0, 0, 0, 0, 1), 2, 4);
  expect([...axes]).toEqual([1, 0, 0, 0, 0, 1, 0, 0]);
});
