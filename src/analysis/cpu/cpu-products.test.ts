import { describe, expect, it } from 'vitest';
import { normalRows } from '../../../test/rows';
import { columnMeans, type Rows } from '../rows';
import { CpuProducts } from './cpu-products';

function centred({ n, d, data }: Rows, mean: Float64Array): Float64Array {
  return Float64Array.from({ length: n * d }, (_, p) => data[p] - mean[p % d]);
}

function scatterReference(rows: Rows, mean: Float64Array): Float64Array {
  const { n, d } = rows;
  const x = centred(rows, mean);
  const out = new Float64Array(d * d);
  for (let i = 0; i < n; i++)
    for (let p = 0; p < d; p++) for (let q = 0; q < d; q++) out[p * d + q] += x[i * d + p] * x[i * d + q];
  return out;
}

function projectReference(rows: Rows, mean: Float64Array, vectors: Float64Array, r: number): Float64Array {
  const { n, d } = rows;
  const x = centred(rows, mean);
  const out = new Float64Array(n * r);
  for (let i = 0; i < n; i++)
    for (let v = 0; v < r; v++)
      for (let t = 0; t < d; t++) out[i * r + v] += x[i * d + t] * vectors[v * d + t];
  return out;
}

function expectClose(found: ArrayLike<number>, expected: Float64Array, tolerance: number) {
  expect(found.length).toBe(expected.length);
  const largest = expected.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  let worst = 0;
  expected.forEach((x, p) => (worst = Math.max(worst, Math.abs(found[p] - x))));
  expect(worst).toBeLessThanOrEqual(tolerance * largest);
}

const SHAPES = [
  [0, 3],
  [1, 1],
  [63, 5],
  [255, 8],
  [257, 17],
  [1000, 64],
];

describe('scatter agrees with the f64 reference', () => {
  it.each(SHAPES)('%i rows, %i columns', async (n, d) => {
    const rows = normalRows(n, d, 3, 2, 5);
    const mean = columnMeans(rows);
    const found = await new CpuProducts().scatter(rows, mean);
    expectClose(found, scatterReference(rows, mean), 1e-6);
    for (let p = 0; p < d; p++) for (let q = 0; q < p; q++) expect(found[p * d + q]).toBe(found[q * d + p]);
  });
});

describe('projection agrees with the f64 reference', () => {
  it.each(SHAPES.flatMap(([n, d]) => [1, 8, 19].map((r) => [n, d, r])))(
    '%i rows, %i columns, %i vectors',
    async (n, d, r) => {
      const rows = normalRows(n, d, 3, 2, 5);
      const mean = columnMeans(rows);
      const vectors = Float64Array.from(normalRows(r, d, 8).data);
      const found = await new CpuProducts().project(rows, mean, vectors, r);
      expectClose(found, projectReference(rows, mean, vectors, r), 1e-6);
    },
  );
});
