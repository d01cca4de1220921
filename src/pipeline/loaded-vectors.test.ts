import { beforeEach, describe, expect, it } from 'vitest';
import { freshDatabase } from '../../test/fresh-database';
import { normalRows } from '../../test/rows';
import { plainProducts } from '../../test/plain-products';
import { columnMeans, type Rows } from '../analysis/rows';
import { RAW_PIXELS } from '../domain/spec';
import { createProject } from '../store/projects';
import { commitVectors } from '../store/vectors';
import { LoadedVectors, type Memory } from './loaded-vectors';
import { vectorSource } from './vector-source';

beforeEach(freshDatabase);

/** A project whose vectors were committed `batch` rows at a time. */
async function stored({ n, d, data }: Rows, batch: number): Promise<string> {
  const { id } = await createProject({
    name: 'vectors',
    spec: RAW_PIXELS,
    backend: 'auto',
    seed: 1,
    k: null,
    kMin: 5,
    kMax: 30,
  });
  for (let row0 = 0; row0 < n; row0 += batch) {
    const count = Math.min(batch, n - row0);
    const vectors = Array.from({ length: count }, (_, i) => data.slice((row0 + i) * d, (row0 + i + 1) * d));
    await commitVectors(id, 'spec', row0, vectors, []);
  }
  return id;
}

class Watched implements Memory {
  live = 0;
  constructor(readonly most?: number) {}
  products = async () => plainProducts;
  allocate(n: number, d: number): Rows {
    this.live += n * d * 4;
    return { n, d, data: new Float32Array(n * d) };
  }
  release({ n, d }: Rows): void {
    this.live -= n * d * 4;
  }
}

describe('the vectors of the store as blocks', () => {
  it.each([
    [1, 8],
    [4095, 1000],
    [4096, 4096],
    [4097, 300],
    [9000, 5000],
  ])('give %i rows committed by %i in order', async (n, batch) => {
    const rows = normalRows(n, 2, 3);
    const source = await vectorSource(await stored(rows, batch), 'spec', new Watched());
    expect([source.n, source.d]).toEqual([n, 2]);
    const seen: number[] = [];
    let next = 0;
    for await (const block of source.chunks()) {
      expect(block.row0).toBe(next);
      next += block.n;
      seen.push(...block.data);
    }
    expect(Float32Array.from(seen)).toEqual(rows.data);
    const picked = await source.rows(Uint32Array.of(n - 1, 0, n >> 1));
    const row = (i: number) => [...rows.data.slice(2 * i, 2 * i + 2)];
    expect([...picked.data]).toEqual([...row(n - 1), ...row(0), ...row(n >> 1)]);
  });

  it('give nothing for a descriptor without vectors', async () => {
    const source = await vectorSource(await stored(normalRows(3, 2), 8), 'other', new Watched());
    expect([source.n, source.d]).toEqual([0, 0]);
    for await (const block of source.chunks()) expect.fail(`a block of ${block.n} rows`);
  });

  it('leave out what is committed later', async () => {
    const rows = normalRows(10, 2);
    const id = await stored(rows, 4);
    const source = await vectorSource(id, 'spec', new Watched());
    await commitVectors(id, 'spec', 10, [Float32Array.of(1, 1)], []);
    let count = 0;
    for await (const block of source.chunks()) count += block.n;
    expect(count).toBe(10);
  });
});

describe('loaded vectors', () => {
  it('come centred, with what was subtracted', async () => {
    const rows = normalRows(500, 3, 4, 1, 50);
    const vectors = await LoadedVectors.open(await stored(rows, 64), 'spec', new Watched());
    const { rows: centred, mean, preparation } = await vectors.prepared({ scaling: 'none', pca: null });
    expect(mean).toEqual(columnMeans(rows));
    expect(centred.data[7]).toBe(Math.fround(rows.data[7] - mean[1]));
    expect(preparation).toMatchObject({ scaler: { scaling: 'none' }, pca: null });
  });

  it('are prepared from what is stored, and again only when asked for differently', async () => {
    const rows = normalRows(300, 4, 4, 1, 50);
    const memory = new Watched();
    const vectors = await LoadedVectors.open(await stored(rows, 64), 'spec', memory);
    const base = await vectors.prepared({ scaling: 'none', pca: null });
    const scaled = await vectors.prepared({ scaling: 'standard', pca: 2 });
    expect(scaled.rows.d).toBe(2);
    expect(scaled.preparation.scaler.offset[0]).toBeGreaterThan(40);
    expect(await vectors.prepared({ scaling: 'standard', pca: 2 })).toBe(scaled);
    const share = await vectors.prepared({ scaling: 'none', pca: 0.5 });
    expect(share.preparation.pca!.explained.reduce((a, b) => a + b)).toBeGreaterThanOrEqual(0.5);
    expect(await vectors.prepared({ scaling: 'none', pca: null })).toBe(base);
    expect(memory.live).toBe((300 * 4 + 300 * share.rows.d) * 4);
    await vectors.close();
    expect(memory.live).toBe(0);
  });

  it('are read block by block where they are too large, prepared alike', async () => {
    const rows = normalRows(300, 4, 4, 1, 50);
    const project = await stored(rows, 64);
    const how = { scaling: 'standard', pca: 3 } as const;
    const whole = await LoadedVectors.open(project, 'spec', new Watched());
    expect(await whole.streamed(how)).toBeNull();
    const expected = await whole.prepared(how);
    const vectors = await LoadedVectors.open(project, 'spec', new Watched(300 * 2 * 4));
    const { source, preparation } = (await vectors.streamed(how))!;
    expect(preparation).toEqual(expected.preparation);
    expect([source.n, source.d]).toEqual([300, 3]);
    let read = 0;
    for await (const { row0, n, data } of source.chunks()) {
      for (let p = 0; p < n * 3; p++)
        expect(Math.abs(data[p] - expected.mean[p % 3] - expected.rows.data[3 * row0 + p])).toBeLessThan(
          1e-5,
        );
      read += n;
    }
    expect(read).toBe(300);
    const picked = await source.rows(Uint32Array.of(299, 5));
    expect(Math.abs(picked.data[3] - expected.mean[0] - expected.rows.data[15])).toBeLessThan(1e-5);
    expect(await vectors.streamed({ scaling: 'standard', pca: 2 })).toBeNull();
    expect((await vectors.prepared({ scaling: 'standard', pca: 2 })).rows.d).toBe(2);
  });

  it('let go of a preparation that was cancelled', async () => {
    const memory = new Watched();
    const vectors = await LoadedVectors.open(await stored(normalRows(300, 4), 64), 'spec', memory);
    await expect(vectors.prepared({ scaling: 'l2', pca: null }, AbortSignal.abort())).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(memory.live).toBe(0);
  });
});
