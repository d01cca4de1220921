import { expect, it } from 'vitest';
import { nearestRows } from './knn';
import { residentSource } from './row-source';

const rows = residentSource({ n: 5, d: 2, data: Float32Array.of(0, 0, 3, 4, 0, 1, 0, -1, 0, 0) });

it('gives the nearest rows first, ties by row, without the row itself', async () => {
  const { rows: found, distances } = await nearestRows(rows, 0, 10);
  expect([...found]).toEqual([4, 2, 3, 1]);
  expect([...distances]).toEqual([0, 1, 1, 5]);
});

it('gives no more than asked for', async () => {
  expect([...(await nearestRows(rows, 1, 2)).rows]).toEqual([2, 0]);
});
