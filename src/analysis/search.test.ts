import { describe, expect, it } from 'vitest';
import { goldenRows, searchCases } from '../../test/golden-search';
import { normalRows } from '../../test/rows';
import { cpuQueryDistances } from './cpu/query-distances';
import { residentSource } from './row-source';
import type { Rows } from './rows';
import { meanQuery, search, type Asked } from './search';
import { CpuSearchRows } from './search-rows';

const all: Asked = { metric: 'euclidean', from: 0, count: 10, within: null, without: new Uint32Array(0) };
const memory = {
  allocate: (n: number, d: number): Rows => ({ n, d, data: new Float32Array(n * d) }),
  release: () => undefined,
};
const rowOf = ({ d, data }: Rows, i: number): Rows => ({ n: 1, d, data: data.slice(i * d, (i + 1) * d) });

describe('the order of NumPy and scikit-learn, exactly', () => {
  it.each(searchCases)('$metric of $n rows of $d to row $query', async (golden) => {
    const { n, d, query, metric } = golden;
    const rows = goldenRows(n, d);
    const asked = { ...all, metric, count: golden.rows.length, within: golden.radius };
    const sources = [
      await CpuSearchRows.keep(residentSource(rows), memory),
      CpuSearchRows.streamed(residentSource(rows)),
    ];
    for (const source of sources) {
      const [found] = await search(source, rowOf(rows, query), { ...asked, without: Uint32Array.of(query) });
      expect([...found.rows]).toEqual(golden.rows);
      found.distances.forEach((value, i) => expect(value).toBeCloseTo(golden.distances[i], 9));
      expect([...found.within!]).toEqual(golden.within);
      source.close();
    }
  });
});

it('goes on where the page before ended', async () => {
  const rows = goldenRows(300, 7);
  const source = CpuSearchRows.streamed(residentSource(rows));
  const [whole] = await search(source, rowOf(rows, 5), { ...all, count: 300 });
  expect(whole.rows).toHaveLength(300);
  const [page] = await search(source, rowOf(rows, 5), { ...all, from: 120, count: 60 });
  expect(page.rows).toEqual(whole.rows.slice(120, 180));
  const [end] = await search(source, rowOf(rows, 5), { ...all, from: 290, count: 60 });
  expect(end.rows).toEqual(whole.rows.slice(290));
  const [past] = await search(source, rowOf(rows, 5), { ...all, from: 400, count: 60 });
  expect(past.rows).toHaveLength(0);
});

it('ranks equal rows by their number, however many there are', async () => {
  const rows: Rows = { n: 500, d: 3, data: new Float32Array(1500).fill(2) };
  rows.data.fill(1, 0, 3);
  const source = CpuSearchRows.streamed(residentSource(rows));
  const [found] = await search(source, rowOf(rows, 7), { ...all, without: Uint32Array.of(7), within: 0 });
  expect([...found.rows]).toEqual([1, 2, 3, 4, 5, 6, 8, 9, 10, 11]);
  expect(found.within).toHaveLength(498);
});

it('answers several queries at once', async () => {
  const rows = normalRows(400, 12, 3);
  const source = CpuSearchRows.streamed(residentSource(rows));
  const queries = { n: 16, d: 12, data: rows.data.slice(0, 16 * 12) };
  const found = await search(source, queries, { ...all, count: 3 });
  expect(found.map((one) => one.rows[0])).toEqual(Array.from({ length: 16 }, (_, q) => q));
  expect(found.every((one) => one.distances[0] === 0)).toBe(true);
});

it('takes the mean of rows as a query', () => {
  const query = meanQuery({ n: 2, d: 2, data: Float32Array.of(1, 2, 3, 5) });
  expect([...query.data]).toEqual([2, 3.5]);
  expect(() => meanQuery({ n: 0, d: 2, data: new Float32Array(0) })).toThrow(RangeError);
});

it('finds nothing among no rows, and refuses a query of other dimensions', async () => {
  const empty = CpuSearchRows.streamed(residentSource({ n: 0, d: 4, data: new Float32Array(0) }));
  const [found] = await search(empty, { n: 1, d: 4, data: new Float32Array(4) }, { ...all, within: 1 });
  expect(found.rows).toHaveLength(0);
  expect(found.within).toHaveLength(0);
  const query = { n: 1, d: 3, data: new Float32Array(3) };
  await expect(search(empty, query, all)).rejects.toMatchObject({ code: 'model-mismatch' });
});

it('stops when cancelled', async () => {
  const source = CpuSearchRows.streamed(residentSource(normalRows(100, 4)));
  const query = { n: 1, d: 4, data: new Float32Array(4) };
  await expect(search(source, query, all, AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
});

describe('the kernel', () => {
  it.each([0, 1, 63, 64, 65, 255, 256, 257, 5000])('measures %i rows', async (n) => {
    const rows = normalRows(n, 11, 2);
    const queries = normalRows(3, 11, 9);
    const got = await cpuQueryDistances(rows, queries, 'euclidean');
    expect(got).toHaveLength(3 * n);
    for (const i of [0, n - 1].filter((place) => place >= 0 && n > 0)) {
      const gaps = Array.from({ length: 11 }, (_, t) => rows.data[i * 11 + t] - queries.data[11 + t]);
      const expected = gaps.reduce((sum, gap) => sum + gap * gap, 0);
      expect(Math.abs(got[n + i] / expected - 1)).toBeLessThan(1e-5);
    }
  });

  it('gives 1 for the cosine of zeros', async () => {
    const zeros = { n: 2, d: 9, data: new Float32Array(18) };
    expect([...(await cpuQueryDistances(zeros, normalRows(1, 9), 'cosine'))]).toEqual([1, 1]);
    expect([...(await cpuQueryDistances(normalRows(1, 9), zeros, 'cosine'))]).toEqual([1, 1]);
  });
});
