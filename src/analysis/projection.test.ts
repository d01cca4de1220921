import { expect, it } from 'vitest';
import { plainProducts } from '../../test/plain-products';
import { normalRows } from '../../test/rows';
import { DEFAULT_PROJECTION } from '../domain/projection';
import { pcaLayout } from './projection';
import { residentSource } from './row-source';

const rows = normalRows(200, 6, 3);
for (let i = 0; i < rows.n; i++) for (let t = 0; t < 6; t++) rows.data[i * 6 + t] *= 6 - t;
const source = residentSource(rows);

it.each([2, 3] as const)('lays rows out on %i axes of falling variance', async (dims) => {
  const found = await pcaLayout(source, plainProducts, { ...DEFAULT_PROJECTION, dims });
  expect(found.coords).toHaveLength(200 * dims);
  expect(found.axes).toHaveLength(6 * dims);
  expect(found).toMatchObject({ n: 200, method: 'pca', dims, quality: null, laid: 200 });
  const spread = Array.from({ length: dims }, (_, c) => {
    let sum = 0;
    for (let i = 0; i < 200; i++) sum += found.coords[i * dims + c] ** 2;
    return sum;
  });
  expect(spread).toEqual([...spread].sort((a, b) => b - a));
  expect(found.explained).toEqual([...found.explained].sort((a, b) => b - a));
});

it('keeps the way it was turned when rows are added', async () => {
  const options = { ...DEFAULT_PROJECTION, dims: 3 as const };
  const first = await pcaLayout(source, plainProducts, options);
  const turned = first.axes.map((x) => -x);
  const again = await pcaLayout(source, plainProducts, options, turned);
  const worst = Math.max(...again.coords.map((x, p) => Math.abs(x + first.coords[p])));
  expect(worst).toBeLessThan(1e-4);
});

it('has a place for everything when there is nothing to tell rows apart, or no row', async () => {
  const same = { n: 3, d: 4, data: new Float32Array(12).fill(2) };
  const found = await pcaLayout(residentSource(same), plainProducts, DEFAULT_PROJECTION);
  expect([...found.coords]).toEqual([0, 0, 0, 0, 0, 0]);
  expect(found.explained).toEqual([0, 0]);
  const none = { n: 0, d: 0, data: new Float32Array(0) };
  expect((await pcaLayout(residentSource(none), plainProducts, DEFAULT_PROJECTION)).coords).toHaveLength(0);
});
