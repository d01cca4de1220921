import { afterAll, beforeAll, expect, it } from 'vitest';
import { clean, openGpu } from '../../../test/gpu.browser';
import { normalRows } from '../../../test/rows';
import type { Rows } from '../../analysis/rows';
import type { Gpu } from '../device';
import { project, releaseVectors, uploadVectors } from './project';
import { projectReference } from './project.cpu';

let gpu: Gpu;
beforeAll(async () => void (gpu = await openGpu()));
afterAll(() => gpu.destroy());

function run({ n, d, data }: Rows, vectors: Float64Array, r: number, signal?: AbortSignal) {
  return clean(gpu, async () => {
    const uploaded = uploadVectors(gpu, vectors, r, d);
    return project(gpu, { n, data: new Float32Array(data) }, uploaded, signal).finally(() =>
      releaseVectors(gpu, uploaded),
    );
  });
}

async function expectLikeReference(n: number, d: number, r: number) {
  const rows = normalRows(n, d, n + d);
  const vectors = Float64Array.from(normalRows(r, d, r).data);
  const got = await run(rows, vectors, r);
  const expected = projectReference(rows, vectors, r);
  expect(got.length).toBe(n * r);
  let worst = 0;
  expected.forEach((x, p) => (worst = Math.max(worst, Math.abs(got[p] - x))));
  expect(worst).toBeLessThan(1e-6 * d);
}

it.each([0, 1, 63, 64, 65, 255, 256, 257])('%i rows', (n) => expectLikeReference(n, 5, 3));
it.each([1, 3, 15, 16, 17, 513, 4096])('in %i dimensions', (d) => expectLikeReference(20, d, 3));
it.each([0, 1, 8, 9, 63, 64, 65, 455, 1024])('with %i vectors', (r) => expectLikeReference(10, 6, r));

it('splits rows and vectors that are too many for one dispatch', async () => {
  const uploaded = uploadVectors(gpu, new Float64Array(300 * 4096), 300, 4096);
  expect(uploaded.parts.length).toBe(Math.ceil(300 / Math.floor(gpu.dispatchWork / 64 / 4096)));
  releaseVectors(gpu, uploaded);
  await expectLikeReference(70, 4096, 300);
});

it('refuses products past one binding', async () => {
  await clean(gpu, async () => {
    const uploaded = uploadVectors(gpu, new Float64Array(1024), 1024, 1);
    const rows = { n: 40_000, data: new Float32Array(40_000) };
    await expect(project(gpu, rows, uploaded)).rejects.toThrow(RangeError);
    releaseVectors(gpu, uploaded);
  });
});

it('stops when cancelled, leaving no buffer', async () => {
  const found = run(normalRows(9, 3), new Float64Array(6), 2, AbortSignal.abort());
  await expect(found).rejects.toMatchObject({ code: 'cancelled' });
});
