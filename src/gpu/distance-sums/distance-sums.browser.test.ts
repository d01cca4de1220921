import { afterAll, beforeAll, expect, it } from 'vitest';
import { clean, openGpu } from '../../../test/gpu.browser';
import { normalRows } from '../../../test/rows';
import { gpuDistanceSums } from '../../analysis/gpu-silhouette';
import { Random } from '../../analysis/random';
import { centre, type Rows } from '../../analysis/rows';
import type { Gpu } from '../device';
import { GpuMatrix } from '../matrix';
import { distanceSums } from './distance-sums';
import { distanceSumsReference } from './distance-sums.cpu';

let gpu: Gpu;
beforeAll(async () => void (gpu = await openGpu()));
afterAll(() => gpu.destroy());

interface Labelled {
  k: number;
  labels: Uint16Array;
}

function randomLabels(n: number, k: number, seed = 1): Labelled {
  const random = new Random(seed);
  return { k, labels: Uint16Array.from({ length: n }, () => random.below(k)) };
}

const first = (m: number) => Uint32Array.from({ length: m }, (_, i) => i);

function run(rows: Rows, sample: Uint32Array, labellings: Labelled[], mostRows?: number) {
  return clean(gpu, async () => {
    const matrix = GpuMatrix.upload(gpu, rows, mostRows);
    const row = (i: number) => rows.data.subarray(i * rows.d, (i + 1) * rows.d);
    return gpuDistanceSums(gpu, matrix, row, sample, labellings, () => undefined).finally(() =>
      matrix.release(),
    );
  });
}

async function expectLikeReference(
  rows: Rows,
  sample: Uint32Array,
  labellings: Labelled[],
  mostRows?: number,
) {
  const got = await run(rows, sample, labellings, mostRows);
  labellings.forEach((labelling, l) => {
    const expected = distanceSumsReference(rows, sample, labelling);
    expect(got[l].length).toBe(expected.length);
    let worst = 0;
    expected.forEach((sum, p) => {
      if (sum === 0) expect(got[l][p]).toBe(0);
      else worst = Math.max(worst, Math.abs(got[l][p] / sum - 1));
    });
    expect(worst).toBeLessThan(1e-5);
  });
}

it.each([0, 1, 63, 64, 65, 255, 256, 257])('sums over %i rows', async (n) => {
  const sample = first(n).filter((i) => i % 3 === 0);
  await expectLikeReference(normalRows(n, 5, 2), sample, [randomLabels(n, 4)]);
});

it.each([0, 1, 63, 64, 65, 255, 256, 257])('sums for %i sampled rows', async (m) => {
  await expectLikeReference(normalRows(300, 3, 2), first(m), [randomLabels(300, 3)]);
});

it.each([1, 3, 16, 17, 512, 4096])('sums in %i dimensions', async (d) => {
  await expectLikeReference(normalRows(90, d, d), first(9), [randomLabels(90, 5)]);
});

it('adds for 26 labellings and for one of 1,024 clusters at once', async () => {
  const labellings = Array.from({ length: 26 }, (_, l) => randomLabels(200, 5 + l, l));
  labellings.push(randomLabels(200, 1024));
  await expectLikeReference(normalRows(200, 20, 3), first(70), labellings);
});

it('goes over many blocks, chunks and tiles, the same bits every time', async () => {
  const n = 2300;
  const rows = normalRows(n, 130, 4);
  const labellings = [randomLabels(n, 6), randomLabels(n, 31)];
  const sample = Uint32Array.from({ length: 400 }, (_, i) => (i * 7 + 3) % n).sort();
  await expectLikeReference(rows, sample, labellings, 1000);
  const whole = await run(rows, sample, labellings);
  expect(await run(rows, sample, labellings)).toEqual(whole);
  const part = await run(rows, sample.subarray(100, 117), labellings);
  part.forEach((sums, l) => {
    const { k } = labellings[l];
    expect(sums).toEqual(whole[l].slice(100 * k, 117 * k));
  });
});

it('gives exactly 0 for equal rows and keeps small distances beside large ones', async () => {
  const rows = normalRows(64, 40, 5, 1e-3, 1000);
  for (let i = 0; i < 64; i += 2) {
    rows.data.copyWithin((i + 1) * 40, i * 40, (i + 1) * 40);
    if (i >= 32) for (let t = i * 40; t < (i + 2) * 40; t++) rows.data[t] += 5000;
  }
  centre(rows);
  const pairs = { k: 32, labels: Uint16Array.from({ length: 64 }, (_, i) => i >> 1) };
  const [sums] = await run(rows, first(64), [pairs]);
  for (let i = 0; i < 64; i++) expect(sums[i * 32 + (i >> 1)]).toBe(0);
  await expectLikeReference(rows, first(64), [pairs, { k: 1, labels: new Uint16Array(64) }]);
});

it('refuses sums past one binding', async () => {
  await clean(gpu, async () => {
    const matrix = GpuMatrix.upload(gpu, normalRows(3, 2));
    const labellings = Array.from({ length: 9 }, () => randomLabels(3, 65_535));
    expect(() => distanceSums(gpu, matrix, new Float32Array(2 * 100), labellings, () => undefined)).toThrow(
      RangeError,
    );
    matrix.release();
  });
});

it('reports progress and stops when cancelled, leaving no buffer', async () => {
  await clean(gpu, async () => {
    const rows = normalRows(2000, 300, 6);
    const matrix = GpuMatrix.upload(gpu, rows);
    const row = (i: number) => rows.data.subarray(i * 300, (i + 1) * 300);
    const stop = new AbortController();
    const fractions: number[] = [];
    const progress = (fraction: number) => {
      fractions.push(fraction);
      if (fraction > 0.1) stop.abort();
    };
    const sums = gpuDistanceSums(
      gpu,
      matrix,
      row,
      first(2000),
      [randomLabels(2000, 5)],
      progress,
      stop.signal,
    );
    await expect(sums).rejects.toMatchObject({ code: 'cancelled' });
    expect(fractions.length).toBeGreaterThan(1);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(fractions[fractions.length - 1]).toBeLessThan(0.5);
    matrix.release();
  });
});
