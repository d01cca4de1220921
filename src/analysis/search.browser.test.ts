import { afterAll, beforeAll, expect, it } from 'vitest';
import { goldenRows, searchCases } from '../../test/golden-search';
import { clean, openGpu } from '../../test/gpu.browser';
import { normalRows } from '../../test/rows';
import type { Gpu } from '../gpu/device';
import { DEFAULT_SEARCH } from '../domain/search';
import { residentSource } from './row-source';
import type { Rows } from './rows';
import { search } from './search';
import { CpuSearchRows, GpuSearchRows } from './search-rows';
import { Searcher } from './searcher';

let gpu: Gpu;
beforeAll(async () => void (gpu = await openGpu()));
afterAll(() => gpu.destroy());

const rowOf = ({ d, data }: Rows, i: number): Rows => ({ n: 1, d, data: data.slice(i * d, (i + 1) * d) });
const memory = {
  allocate: (n: number, d: number): Rows => ({ n, d, data: new Float32Array(n * d) }),
  release: () => undefined,
  gpu: async () => gpu,
};

it.each(searchCases)('ranks like NumPy: $metric of $n rows of $d to row $query', async (golden) => {
  const { n, d, query, metric } = golden;
  const rows = goldenRows(n, d);
  const without = Uint32Array.of(query);
  const asked = { metric, from: 0, count: golden.rows.length, within: golden.radius, without };
  await clean(gpu, async () => {
    const placed = await GpuSearchRows.upload(gpu, residentSource(rows));
    const [found] = await search(placed, rowOf(rows, query), asked);
    expect([...found.rows]).toEqual(golden.rows);
    expect([...found.within!]).toEqual(golden.within);
    placed.close();
  });
});

it('ranks alike in several chunks, and as the CPU does', async () => {
  const rows = normalRows(9000, 24, 3);
  const asked = { metric: 'cosine', from: 990, count: 40, within: 0.4, without: new Uint32Array(0) } as const;
  const query = rowOf(rows, 4567);
  const [expected] = await search(CpuSearchRows.streamed(residentSource(rows)), query, asked);
  await clean(gpu, async () => {
    gpu.ceilings.binding = 24 * 4 * 2500;
    const placed = await GpuSearchRows.upload(gpu, residentSource(rows));
    expect((await search(placed, query, asked))[0]).toEqual(expected);
    placed.close();
    gpu.ceilings.binding = Infinity;
  });
});

it('keeps the rows for the next search until closed', async () => {
  await clean(gpu, async () => {
    const rows = normalRows(300, 6, 3);
    let readings = 0;
    const source = residentSource(rows);
    const counted = { ...source, chunks: () => (readings++, source.chunks()) };
    const searcher = new Searcher(counted, memory);
    const [first] = await searcher.search(Uint32Array.of(9), DEFAULT_SEARCH, () => undefined);
    const [second] = await searcher.search(Uint32Array.of(9), DEFAULT_SEARCH, () => undefined);
    expect(second).toEqual(first);
    expect(first.engine).toBe('webgpu');
    expect([...first.rows]).not.toContain(9);
    expect(readings).toBe(1);
    await searcher.close();
  });
});

it('goes on with the CPU when the device is lost', async () => {
  const own = await openGpu();
  const rows = normalRows(300, 6, 3);
  const searcher = new Searcher(residentSource(rows), { ...memory, gpu: async () => own });
  const [first] = await searcher.search(Uint32Array.of(9), DEFAULT_SEARCH, () => undefined);
  own.destroy();
  const [second] = await searcher.search(Uint32Array.of(9), DEFAULT_SEARCH, () => undefined);
  expect(second).toEqual({ ...first, engine: 'cpu' });
  await searcher.close();
});

it('leaves no buffer when the upload is cancelled', async () => {
  await clean(gpu, async () => {
    const upload = GpuSearchRows.upload(gpu, residentSource(normalRows(300, 6)), AbortSignal.abort());
    await expect(upload).rejects.toMatchObject({ code: 'cancelled' });
  });
});
