import { describe, expect, it } from 'vitest';
import { blobs, normalRows } from '../../test/rows';
import { DEFAULT_SWEEP } from '../domain/clustering';
import { EngineHost } from './engine-host';
import { residentSource } from './row-source';
import type { Rows } from './rows';
import { splitRows } from './split-cluster';

const split = (rows: Rows, of: Uint32Array, kMin: number, kMax: number, signal?: AbortSignal) =>
  splitRows(
    { source: residentSource(rows), offset: new Float64Array(rows.d) },
    of,
    { ...DEFAULT_SWEEP, engine: 'cpu', kMin, kMax },
    new EngineHost(),
    signal,
    () => undefined,
  );
const every = (n: number, step = 1): Uint32Array => Uint32Array.from({ length: n }, (_, i) => i * step);

describe('splitRows', () => {
  it('finds as many parts as the silhouette says, the largest first, of the rows given only', async () => {
    const rows = blobs(300, 8, 6, 9);
    // Rows of three of the six blobs, one of them in full.
    const of = every(300).filter((i) => i % 6 === 0 || (i % 6 === 2 && i < 200) || (i % 6 === 4 && i < 90));
    const parts = await split(rows, of, 2, 8);
    expect(parts.map(({ length }) => length)).toEqual([50, 33, 15]);
    parts.forEach((part, i) => expect(new Set([...part].map((row) => row % 6))).toEqual(new Set([2 * i])));
    expect([...parts.flatMap((part) => [...part])].sort((a, b) => a - b)).toEqual([...of]);
  });

  it('makes the number of parts that was asked for, the same twice', async () => {
    const rows = normalRows(60, 4);
    const parts = await split(rows, every(30, 2), 4, 4);
    expect(parts).toHaveLength(4);
    expect(await split(rows, every(30, 2), 4, 4)).toEqual(parts);
  });

  it('splits two rows, leaves equal ones together and refuses one', async () => {
    const rows = normalRows(3, 2);
    expect(await split(rows, every(3), 3, 3)).toHaveLength(2);
    const same = { n: 9, d: 2, data: new Float32Array(18).fill(1) };
    expect(await split(same, every(9), 2, 4)).toHaveLength(1);
    await expect(split(rows, every(1), 2, 2)).rejects.toMatchObject({ code: 'too-few-images' });
  });

  it('ends when it is cancelled', async () => {
    const stop = new AbortController();
    stop.abort();
    await expect(split(normalRows(90, 4), every(90), 2, 4, stop.signal)).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});
