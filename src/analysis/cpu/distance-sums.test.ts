import { describe, expect, it } from 'vitest';
import { squaredTo } from '../../../test/kmeans-reference';
import { blobs, normalRows } from '../../../test/rows';
import type { Labelling } from '../engine';
import { Random } from '../random';
import type { Rows } from '../rows';
import { CpuEngine } from './engine';

function reference(rows: Rows, sample: Uint32Array, { k, labels }: Labelling): Float64Array {
  const { d, data } = rows;
  const sums = new Float64Array(sample.length * k);
  sample.forEach((row, s) => {
    const x = data.subarray(row * d, (row + 1) * d);
    for (let i = 0; i < rows.n; i++) sums[s * k + labels[i]] += Math.sqrt(squaredTo(rows, i, x));
  });
  return sums;
}

async function expectSums(rows: Rows, ks: number[], m: number) {
  const random = new Random(4);
  const labellings = ks.map((k) => ({
    k,
    labels: Uint16Array.from({ length: rows.n }, () => random.below(k)),
  }));
  const sample = Uint32Array.from({ length: m }, () => random.below(rows.n));
  const fractions: number[] = [];
  const found = await new CpuEngine(rows).distanceSums(sample, labellings, (f) => fractions.push(f));
  labellings.forEach((labelling, l) => {
    const expected = reference(rows, sample, labelling);
    expect(found[l].length).toBe(expected.length);
    let worst = 0;
    expected.forEach((sum, p) => (worst = Math.max(worst, Math.abs(found[l][p] - sum) / (sum || 1))));
    expect(worst).toBeLessThan(1e-6);
  });
  expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
  if (m > 0) expect(fractions.at(-1)).toBe(1);
}

describe('sums of distances agree with the f64 reference to 1e-6', () => {
  it.each([
    [1, 1, 1],
    [2, 3, 0],
    [63, 5, 7],
    [65, 37, 8],
    [257, 130, 9],
    [1100, 512, 17],
    [200, 4096, 33],
  ])('%i rows, %i columns, %i samples', (n, d, m) => expectSums(normalRows(n, d), [1, 5, 30], m));

  it('for near rows, duplicates and a common offset', async () => {
    const near = normalRows(400, 64, 2, 1e-4, 3);
    near.data.copyWithin(0, 64 * 50, 64 * 70);
    await expectSums(near, [3, 4], 40);
    await expectSums(blobs(500, 20, 5, 1000), [5], 40);
  });
});

it('is cancelled', async () => {
  const engine = new CpuEngine(normalRows(4000, 512));
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 20);
  const sums = engine.distanceSums(
    Uint32Array.from({ length: 4000 }, (_, i) => i),
    [{ k: 1, labels: new Uint16Array(4000) }],
    () => undefined,
    controller.signal,
  );
  await expect(sums).rejects.toMatchObject({ code: 'cancelled' });
});
