import { describe, expect, it } from 'vitest';
import { normalRows } from '../../test/rows';
import type { Scaling } from '../domain/clustering';
import { columnStats } from './column-stats';
import { residentSource } from './row-source';
import { columnMeans, columnVariances, distinctRows, type Rows } from './rows';
import { fitScaler, scaledSource, scaleInto } from './scaling';

async function scaled(rows: Rows, scaling: Scaling): Promise<Rows> {
  const scaler = fitScaler(await columnStats(residentSource(rows)), scaling);
  const data = new Float32Array(rows.data.length);
  scaleInto(rows.data, rows.d, scaler, data);
  return { ...rows, data };
}

describe('column statistics', () => {
  it.each([0, 1, 2, 4095, 4096, 4097, 8193])('are those of the whole for %i rows', async (n) => {
    const rows = normalRows(n, 3, 7, 2, 10_000);
    const stats = await columnStats(residentSource(rows));
    const mean = columnMeans(rows);
    const variance = columnVariances(rows, mean);
    for (let j = 0; j < 3; j++) {
      const column = rows.data.filter((_, p) => p % 3 === j);
      expect(Math.abs(stats.mean[j] - mean[j])).toBeLessThan(1e-8);
      expect(Math.abs(stats.variance[j] - variance[j])).toBeLessThan(1e-8 * (1 + variance[j]));
      expect(stats.low[j]).toBe(column.reduce((a, b) => Math.min(a, b), Infinity));
      expect(stats.high[j]).toBe(column.reduce((a, b) => Math.max(a, b), -Infinity));
    }
  });

  it('stop when cancelled', async () => {
    const source = residentSource(normalRows(10, 2, 1));
    await expect(columnStats(source, AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('scaling', () => {
  it('standardises to mean 0 and variance 1, constant columns to 0', async () => {
    const rows = normalRows(100, 3, 1, 5, 1000);
    for (let i = 0; i < 100; i++) rows.data[3 * i + 1] = 0.1;
    const standard = await scaled(rows, 'standard');
    const mean = columnMeans(standard);
    const variance = columnVariances(standard, mean);
    for (const t of [0, 2]) {
      expect(Math.abs(mean[t])).toBeLessThan(1e-5);
      expect(Math.abs(variance[t] - 1)).toBeLessThan(1e-5);
    }
    expect(new Set(standard.data.filter((_, p) => p % 3 === 1))).toEqual(new Set([0]));
  });

  it('stretches each column to 0..1', async () => {
    const rows = { n: 3, d: 2, data: Float32Array.of(-1, 7, 1, 7, 3, 7) };
    expect([...(await scaled(rows, 'minmax')).data]).toEqual([0, 0, 0.5, 0, 1, 0]);
  });

  it('gives rows unit length, and leaves rows of zeros', async () => {
    const rows = { n: 2, d: 2, data: Float32Array.of(3, 4, 0, 0) };
    expect([...(await scaled(rows, 'l2')).data]).toEqual([0.6, 0.8, 0, 0].map(Math.fround));
  });

  it.each(['none', 'l2', 'standard', 'minmax'] as const)('%s is the same block by block', async (scaling) => {
    const rows = normalRows(5000, 3, 2, 3, 5);
    const source = residentSource(rows);
    const scaler = fitScaler(await columnStats(source), scaling);
    const whole = await scaled(rows, scaling);
    for await (const { row0, n, data } of scaledSource(source, scaler).chunks())
      expect(data.slice(0, n * 3)).toEqual(whole.data.slice(row0 * 3, (row0 + n) * 3));
    const picked = await scaledSource(source, scaler).rows(Uint32Array.of(4999, 0));
    expect(picked.data).toEqual(Float32Array.of(...whole.data.slice(-3), ...whole.data.slice(0, 3)));
  });
});

it('counts different rows up to a limit', () => {
  const rows = { n: 4, d: 2, data: Float32Array.of(1, 2, 2, 1, 1, 2, 0, 0) };
  expect(distinctRows(rows, 10)).toBe(3);
  expect(distinctRows(rows, 2)).toBe(2);
});
