import { expect, it } from 'vitest';
import { normalRows } from '../../test/rows';
import { columnMeans, columnVariances, distinctRows } from './rows';
import { fitScaler, scale } from './scaling';

it('standardises to mean 0 and variance 1, constant columns to 0', () => {
  const rows = normalRows(100, 3, 1, 5, 1000);
  for (let i = 0; i < 100; i++) rows.data[3 * i + 1] = 0.1;
  const scaled = scale(rows, fitScaler(rows, 'standard'));
  const mean = columnMeans(scaled);
  const variance = columnVariances(scaled, mean);
  for (const t of [0, 2]) {
    expect(Math.abs(mean[t])).toBeLessThan(1e-5);
    expect(Math.abs(variance[t] - 1)).toBeLessThan(1e-5);
  }
  expect(new Set(scaled.data.filter((_, p) => p % 3 === 1))).toEqual(new Set([0]));
});

it('stretches each column to 0..1', () => {
  const rows = { n: 3, d: 2, data: Float32Array.of(-1, 7, 1, 7, 3, 7) };
  expect([...scale(rows, fitScaler(rows, 'minmax')).data]).toEqual([0, 0, 0.5, 0, 1, 0]);
});

it('gives rows unit length, and leaves rows of zeros', () => {
  const rows = { n: 2, d: 2, data: Float32Array.of(3, 4, 0, 0) };
  expect([...scale(rows, fitScaler(rows, 'l2')).data]).toEqual([0.6, 0.8, 0, 0].map(Math.fround));
});

it('counts different rows up to a limit', () => {
  const rows = { n: 4, d: 2, data: Float32Array.of(1, 2, 2, 1, 1, 2, 0, 0) };
  expect(distinctRows(rows, 10)).toBe(3);
  expect(distinctRows(rows, 2)).toBe(2);
});
