import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clean, openGpu } from '../../test/gpu.browser';
import { golden, rowsOf } from '../../test/golden-analysis';
import real from '../../test/golden/pca.json';
import { blobs } from '../../test/rows';
import { fetchShared, hasShared } from '../../test/shared.browser';
import type { Gpu } from '../gpu/device';
import { symmetricEigen } from './eigen';
import { GpuProducts } from './gpu-products';
import { fitPca, transform } from './pca';
import { plainProducts } from '../../test/plain-products';
import { residentSource } from './row-source';
import { columnMeans, type Rows } from './rows';

let gpu: Gpu;
beforeAll(async () => void (gpu = await openGpu()));
afterAll(() => gpu.destroy());

const gpuPca = (rows: Rows, components: number) =>
  clean(gpu, () => fitPca(residentSource(rows), { components }, new GpuProducts(gpu)));

/** Sine of the largest angle between the spans of m unit rows each. */
function largestAngle(a: Float64Array, b: Float64Array, m: number, d: number): number {
  const rest = new Float64Array(m * d);
  for (let i = 0; i < m; i++) {
    rest.set(a.subarray(i * d, (i + 1) * d), i * d);
    for (let j = 0; j < m; j++) {
      let along = 0;
      for (let t = 0; t < d; t++) along += a[i * d + t] * b[j * d + t];
      for (let t = 0; t < d; t++) rest[i * d + t] -= along * b[j * d + t];
    }
  }
  const gram = new Float64Array(m * m);
  for (let i = 0; i < m; i++)
    for (let j = 0; j < m; j++)
      for (let t = 0; t < d; t++) gram[i * m + j] += rest[i * d + t] * rest[j * d + t];
  return Math.sqrt(Math.max(0, symmetricEigen(gram, m).values[0]));
}

describe('principal components from WGSL products are those of scikit-learn', () => {
  it.each(golden.cases)('$name', async ({ pca: expected, ...data }) => {
    const rows = rowsOf({ ...data, pca: expected });
    const m = expected.variances.length;
    const pca = await gpuPca(rows, m);
    expected.variances.forEach((v, c) => expect(Math.abs(pca.variances[c] / v - 1)).toBeLessThan(1e-5));
    expect(largestAngle(pca.components, Float64Array.from(expected.components), m, rows.d)).toBeLessThan(
      1e-4,
    );
    const coords = await clean(gpu, () => transform(rows, pca, new GpuProducts(gpu)));
    const scale = Math.sqrt(expected.variances[0]);
    expected.coords.forEach((x, p) => expect(Math.abs(coords.data[p] - x)).toBeLessThan(1e-4 * scale));
  });
});

describe.skipIf(!hasShared)('on real features (needs shared data/vehicles, data/golden)', () => {
  /** The n x d numbers of a file whose header has a length that is known. */
  async function features(name: keyof typeof files): Promise<Rows> {
    const { path, header } = files[name];
    const { n, d } = real[name];
    const bytes = await fetchShared(path);
    return { n, d, data: new Float32Array(bytes.slice(header, header + n * d * 4).buffer) };
  }
  const files = {
    'vehicles, ResNet-18': { path: 'data/vehicles/resnet18.pickle', header: 150 },
    'pictures, ResNet-50': { path: 'data/golden/resnet50.squash.npy', header: 128 },
  };

  it.each(['vehicles, ResNet-18', 'pictures, ResNet-50'] as const)('%s', async (name) => {
    const rows = await features(name);
    const { variances, coords } = real[name];
    const m = variances.length;
    const pca = await gpuPca(rows, m);
    variances.forEach((v, c) => expect(Math.abs(pca.variances[c] / v - 1)).toBeLessThan(1e-5));
    const exact = await fitPca(residentSource(rows), { components: m }, plainProducts);
    expect(largestAngle(pca.components, exact.components, m, rows.d)).toBeLessThan(1e-4);
    const few = {
      n: coords.length / m,
      d: rows.d,
      data: rows.data.subarray(0, (coords.length / m) * rows.d),
    };
    const found = await clean(gpu, () => transform(few, pca, new GpuProducts(gpu)));
    const scale = Math.sqrt(variances[0]);
    coords.forEach((x, p) => expect(Math.abs(found.data[p] - x)).toBeLessThan(1e-4 * scale));
  });
});

it('a mean of a million deviations costs no digits', async () => {
  const rows = blobs(300, 70, 3, 1);
  for (let p = 0; p < rows.data.length; p++) rows.data[p] = Math.fround(rows.data[p] / 1024 + 1000 + (p % 7));
  const mean = columnMeans(rows);
  const exact = await plainProducts.scatter(rows, mean);
  const found = await clean(gpu, () => new GpuProducts(gpu).scatter(rows, mean));
  for (let p = 0; p < 70; p++) {
    for (let q = 0; q < 70; q++) {
      const scale = Math.sqrt(exact[p * 70 + p] * exact[q * 70 + q]);
      expect(Math.abs(found[p * 70 + q] - exact[p * 70 + q])).toBeLessThan(1e-6 * scale);
    }
  }
});

it('constant columns and missing vectors give zeros and nothing', async () => {
  const rows = { n: 3, d: 2, data: Float32Array.of(5, 1, 5, 2, 5, 3) };
  const products = new GpuProducts(gpu);
  await clean(gpu, async () => {
    expect([...(await products.scatter(rows, Float64Array.of(5, 2)))]).toEqual([0, 0, 0, 2]);
    expect((await products.project(rows, new Float64Array(2), new Float64Array(0), 0)).length).toBe(0);
    expect(
      (await products.scatter({ n: 0, d: 2, data: new Float32Array(0) }, new Float64Array(2))).length,
    ).toBe(4);
  });
});
