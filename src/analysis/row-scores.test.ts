import { describe, expect, it } from 'vitest';
import { golden as analysis, rowsOf } from '../../test/golden-analysis';
import golden from '../../test/golden/row-scores.json';
import { plainProducts } from '../../test/plain-products';
import { blobs, normalRows, vectorsOf } from '../../test/rows';
import { NO_CLUSTER } from '../domain/clustering';
import type { ScoredLabelling } from '../domain/row-scores';
import { CpuEngine } from './cpu/engine';
import { EngineHost } from './engine-host';
import { margins } from './margins';
import { medoid } from './medoid';
import { EXACT_ROWS, exactSilhouettes, rowSilhouettes, sampledSilhouettes } from './row-silhouettes';
import { gather } from './row-distances';
import { centre, type Rows } from './rows';

const silent = () => undefined;

function caseOf({ name, k, without }: (typeof golden.cases)[number]) {
  const data = analysis.cases.find((one) => one.name === name)!;
  const { labels } = data.fits.find((fit) => fit.k === k)!;
  const raw = rowsOf(data);
  const rows = rowsOf(data);
  const mean = centre(rows);
  const ours = Uint16Array.from(labels, (label, i) => (without && i % 7 === 0 ? NO_CLUSTER : label));
  return { rows, mean, labels: ours, centroids: meansOf(raw, ours, k) };
}

function meansOf({ d, data }: Rows, labels: Uint16Array, k: number): Float32Array {
  const sums = new Float64Array(k * d);
  const counts = new Uint32Array(k);
  labels.forEach((label, i) => {
    if (label >= k) return;
    counts[label]++;
    for (let t = 0; t < d; t++) sums[label * d + t] += data[i * d + t];
  });
  return Float32Array.from(sums, (sum, p) => sum / counts[Math.floor(p / d)]);
}

function expectAll(found: ArrayLike<number>, expected: (number | null)[], digits: number): void {
  expect(found.length).toBe(expected.length);
  expected.forEach((value, i) => {
    if (value === null) expect(found[i]).toBeNaN();
    else expect(found[i]).toBeCloseTo(value, digits);
  });
}

describe('scores of rows are those of scikit-learn and scipy', () => {
  it.each(golden.cases)('$name, k = $k, without some: $without', async (one) => {
    const { rows, mean, labels, centroids } = caseOf(one);
    const of = { k: one.k, labels, centroids };
    expectAll(await exactSilhouettes(new CpuEngine(rows), of, silent), one.silhouettes, 5);
    // Drawing all of every cluster, the estimate is the value itself.
    const drawn = await sampledSilhouettes(rows, of, one.k * rows.n, plainProducts, silent);
    expectAll(drawn.values, one.silhouettes, 5);
    expect(drawn.sampled).toBe(labels.filter((label) => label < one.k).length);

    const found = await margins({ rows, mean }, of, plainProducts, silent);
    expectAll(found.gaps, one.gaps, 3);
    expect([...found.second]).toEqual(one.second.map((c) => c ?? NO_CLUSTER));

    for (const [c, { row, mean: far }] of one.medoids.entries()) {
      const members = Uint32Array.from(labels.keys()).filter((i) => labels[i] === c);
      const best = await medoid(gather(rows, members), 1000, plainProducts, silent);
      expect(best.meanDistance).toBeCloseTo(far, 4);
      expect(best.sampled).toBeNull();
      expect(members[best.row]).toBe(row);
    }
  });
});

describe('of many rows', () => {
  const K = 4;
  const rows = blobs(3000, 6, K, 1.5, 5);
  const labels = Uint16Array.from({ length: 3000 }, (_, i) => i % K);

  it('silhouettes are estimated from some rows of each cluster, close to what they are', async () => {
    const exact = await exactSilhouettes(new CpuEngine(rows), { k: K, labels }, silent);
    const { values, sampled } = await sampledSilhouettes(rows, { k: K, labels }, 800, plainProducts, silent);
    expect(sampled).toBe(800);
    const errors = values.map((value, i) => Math.abs(value - exact[i]));
    expect(Math.max(...errors)).toBeLessThan(0.1);
    expect(errors.reduce((sum, error) => sum + error, 0) / errors.length).toBeLessThan(0.015);
    const again = await sampledSilhouettes(rows, { k: K, labels }, 800, plainProducts, silent);
    expect(again.values).toEqual(values);
  });

  it('the medoid is found by some of the members, among the best', async () => {
    const members = normalRows(2000, 5, 9);
    const exact = await medoid(members, 2000, plainProducts, silent);
    const found = await medoid(members, 300, plainProducts, silent);
    expect(found.sampled).toBe(300);
    expect(found.meanDistance).toBeLessThan(exact.meanDistance * 1.01);
  });
});

describe('edges', () => {
  it('one row, one cluster, no row', async () => {
    const one = { n: 1, d: 2, data: Float32Array.of(1, 2) };
    const alone = { k: 1, labels: Uint16Array.of(0), centroids: Float32Array.of(1, 2) };
    expect([...(await exactSilhouettes(new CpuEngine(one), alone, silent))]).toEqual([0]);
    expect([...(await sampledSilhouettes(one, alone, 8, plainProducts, silent)).values]).toEqual([0]);
    const { second, gaps } = await margins(
      { rows: one, mean: new Float64Array(2) },
      alone,
      plainProducts,
      silent,
    );
    expect([...second, ...gaps]).toEqual([NO_CLUSTER, NaN]);
    expect(await medoid(one, 8, plainProducts, silent)).toEqual({ row: 0, meanDistance: 0, sampled: null });
    const none = { n: 0, d: 2, data: new Float32Array() };
    const empty = { k: 0, labels: new Uint16Array(), centroids: new Float32Array() };
    expect(await exactSilhouettes(new CpuEngine(none), empty, silent)).toHaveLength(0);
    expect((await sampledSilhouettes(none, empty, 8, plainProducts, silent)).values).toHaveLength(0);
  });

  it('a cluster without rows is next to nothing', async () => {
    const rows = { n: 3, d: 1, data: Float32Array.of(-1, 0, 5) };
    const of = { k: 3, labels: Uint16Array.of(0, 0, 2), centroids: Float32Array.of(-0.5, 0.1, 5) };
    const found = await margins({ rows, mean: new Float64Array(1) }, of, plainProducts, silent);
    expect([...found.second]).toEqual([2, 2, 0]);
    expect([...found.gaps]).toEqual([5.5, 4.5, 5.5]);
    const { values } = await sampledSilhouettes(rows, of, 9, plainProducts, silent);
    expect(values).toEqual(await exactSilhouettes(new CpuEngine(rows), of, silent));
  });

  it('rows that are equal have the first of them as medoid', async () => {
    const same = { n: 40, d: 3, data: new Float32Array(120).fill(5) };
    expect(await medoid(same, 100, plainProducts, silent)).toMatchObject({ row: 0, meanDistance: 0 });
  });

  it('a job estimates past some thousand rows, unless it is to be exact, and can be cancelled', async () => {
    const n = EXACT_ROWS + 1;
    const many = normalRows(n, 2, 3);
    const of: ScoredLabelling = {
      specKey: 's',
      scaling: 'none',
      pca: null,
      engine: 'cpu',
      k: 2,
      labels: Uint16Array.from({ length: n }, (_, i) => Number(many.data[2 * i] > 0)),
      centroids: new Float32Array(4),
    };
    const host = new EngineHost(async () => null);
    const job = { vectors: vectorsOf(many), specKey: 's', host, report: silent };
    const about = await rowSilhouettes(job, of, false);
    expect(about.sampled).toBe(4096);
    const exact = await rowSilhouettes(job, of, true);
    expect(exact.sampled).toBeNull();
    about.values.forEach((value, i) => expect(Math.abs(value - exact.values[i])).toBeLessThan(0.1));
    const signal = AbortSignal.abort();
    await expect(rowSilhouettes({ ...job, signal }, of, false)).rejects.toMatchObject({ code: 'cancelled' });
  });
});
