import { expect, it } from 'vitest';
import { blobs } from '../../test/rows';
import { CpuEngine } from '../analysis/cpu/engine';
import { kmeans } from '../analysis/kmeans';
import { Arena } from './arena';
import { allocateRows, releaseRows } from './matrix';

const options = { k: 7, seed: 2, nInit: 3, maxIterations: 50, shift: 0 };

it('allocates rows that an engine uses where they lie', async () => {
  const source = blobs(700, 13, 7, 2);
  const rows = allocateRows(700, 13);
  rows.data.set(source.data);
  const engine = new CpuEngine(rows);
  expect(engine.row(0).buffer).toBe(rows.data.buffer);
  const found = await kmeans(engine, options);
  engine.close();
  expect(rows.data).toEqual(source.data);
  expect(found).toEqual(await kmeans(new CpuEngine(source), options));
  releaseRows(rows);
});

it('says what is wrong when memory does not suffice', () => {
  expect(() => allocateRows(2 ** 20, 2 ** 11)).toThrow(/more than this browser gives/);
  const arena = new Arena(1000, false, true);
  expect(() => arena.alloc(2 ** 20)).toThrow(/more than this browser gives/);
});

it('grows when it must, and keeps what it holds', () => {
  const arena = new Arena(1000, false);
  const at = arena.alloc(400);
  arena.f32(at, 100).fill(7);
  const more = arena.alloc(10 * 2 ** 20);
  expect(more).toBeGreaterThanOrEqual(at + 400);
  expect([...arena.f32(at, 100)].every((x) => x === 7)).toBe(true);
});
