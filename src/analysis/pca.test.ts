import { describe, expect, it } from 'vitest';
import { normalRows } from '../../test/rows';
import { symmetricEigen } from './eigen';
import { fitPca, transform } from './pca';
import { plainProducts } from '../../test/plain-products';
import { residentSource } from './row-source';
import type { Rows } from './rows';

/** Rows with a decaying spectrum: the column t has standard deviation 1 / (1 + t / 4), then mixed by rotations. */
function decaying(n: number, d: number): Rows {
  const rows = normalRows(n, d, 5);
  for (let i = 0; i < n; i++) {
    const row = rows.data.subarray(i * d, (i + 1) * d);
    for (let t = 0; t < d; t++) row[t] *= 4 / (1 + t / 4);
    for (let t = 0; t + 1 < d; t++) {
      const x = row[t];
      row[t] = 0.8 * x + 0.6 * row[t + 1];
      row[t + 1] = 0.8 * row[t + 1] - 0.6 * x;
    }
  }
  return rows;
}

describe('symmetricEigen', () => {
  it.each([1, 2, 3, 10, 65])('decomposes a random matrix of order %i', (n) => {
    const { data } = normalRows(n, n, n);
    const matrix = Float64Array.from(
      { length: n * n },
      (_, p) => data[p] + data[(p % n) * n + Math.floor(p / n)],
    );
    const { values, vectors } = symmetricEigen(matrix, n);
    for (let i = 0; i < n; i++) {
      if (i > 0) expect(values[i]).toBeLessThanOrEqual(values[i - 1]);
      for (let r = 0; r < n; r++) {
        let sum = 0;
        for (let c = 0; c < n; c++) sum += matrix[r * n + c] * vectors[i * n + c];
        expect(Math.abs(sum - values[i] * vectors[i * n + r])).toBeLessThan(1e-11);
      }
    }
  });

  it('takes zero and diagonal matrices', () => {
    expect([...symmetricEigen(new Float64Array(9), 3).values]).toEqual([0, 0, 0]);
    expect([...symmetricEigen(Float64Array.of(1, 0, 0, 2), 2).values]).toEqual([2, 1]);
    expect(symmetricEigen(new Float64Array(0), 0).values.length).toBe(0);
  });
});

describe('fitPca', () => {
  it('finds leading components by iteration that solve the eigen equation', async () => {
    const rows = decaying(700, 600);
    const leading = await fitPca(residentSource(rows), { components: 5 }, plainProducts);
    const { n, d } = rows;
    for (let c = 0; c < 5; c++) {
      const v = leading.components.subarray(c * d, (c + 1) * d);
      const image = new Float64Array(d);
      for (let i = 0; i < n; i++) {
        let score = 0;
        for (let t = 0; t < d; t++) score += (rows.data[i * d + t] - leading.mean[t]) * v[t];
        for (let t = 0; t < d; t++) image[t] += (score * (rows.data[i * d + t] - leading.mean[t])) / (n - 1);
      }
      let residual = 0;
      for (let t = 0; t < d; t++) residual += (image[t] - leading.variances[c] * v[t]) ** 2;
      expect(Math.sqrt(residual) / leading.variances[0]).toBeLessThan(1e-5);
    }
  });

  it('keeps as many components as an explained variance needs', async () => {
    const rows = decaying(200, 30);
    const all = await fitPca(residentSource(rows), { explained: 1 }, plainProducts);
    const some = await fitPca(residentSource(rows), { explained: 0.8 }, plainProducts);
    const share = (m: number) => all.explained.slice(0, m).reduce((a, b) => a + b, 0);
    const m = some.variances.length;
    expect(share(m)).toBeGreaterThanOrEqual(0.8);
    expect(share(m - 1)).toBeLessThan(0.8);
    expect(share(all.variances.length)).toBeCloseTo(1, 9);
  });

  it('makes the largest loading of each component positive', async () => {
    const { components, variances } = await fitPca(
      residentSource(decaying(50, 12)),
      { components: 12 },
      plainProducts,
    );
    for (let c = 0; c < variances.length; c++) {
      const row = [...components.subarray(c * 12, (c + 1) * 12)];
      const largest = row.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a));
      expect(largest).toBeGreaterThan(0);
    }
  });

  it.each([
    ['no rows', { n: 0, d: 3, data: new Float32Array(0) }],
    ['one row', { n: 1, d: 3, data: Float32Array.of(1, 2, 3) }],
    ['equal rows', { n: 4, d: 2, data: Float32Array.of(1, 2, 1, 2, 1, 2, 1, 2) }],
  ])('has no component for %s', async (_, rows) => {
    const pca = await fitPca(residentSource(rows), { components: 2 }, plainProducts);
    expect(pca.variances.length).toBe(0);
    expect((await transform(rows, pca, plainProducts)).data.length).toBe(0);
  });

  it('stops when cancelled', async () => {
    await expect(
      fitPca(residentSource(decaying(700, 600)), { components: 5 }, plainProducts, AbortSignal.abort()),
    ).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});
