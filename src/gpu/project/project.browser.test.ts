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

function run({ n, d, data }: Rows, vectors: Float64Array, r: number, signal?: AbortSignal, on = gpu) {
  return clean(on, async () => {
    const buffer = on.upload(new Float32Array(data), 'rows');
    const uploaded = uploadVectors(on, vectors, r, d);
    return project(on, { n, buffer }, uploaded, signal).finally(() => {
      releaseVectors(on, uploaded);
      on.release(buffer);
    });
  });
}

async function expectLikeReference(n: number, d: number, r: number, on = gpu) {
  const rows = normalRows(n, d, n + d);
  const vectors = Float64Array.from(normalRows(r, d, r).data);
  const got = await run(rows, vectors, r, undefined, on);
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

it('works past one dispatch dimension', async () => {
  const narrow = await openGpu();
  narrow.ceilings.workgroups = 2;
  await expectLikeReference(2 * 2 * 64 + 7, 3, 65, narrow).finally(() => narrow.destroy());
});

it('refuses products past one binding', async () => {
  await clean(gpu, async () => {
    const uploaded = uploadVectors(gpu, new Float64Array(1024), 1024, 1);
    const buffer = gpu.storage(4 * 40_000, 'rows');
    await expect(project(gpu, { n: 40_000, buffer }, uploaded)).rejects.toThrow(RangeError);
    releaseVectors(gpu, uploaded);
    gpu.release(buffer);
  });
});

it('stops when cancelled, leaving no buffer', async () => {
  const found = run(normalRows(9, 3), new Float64Array(6), 2, AbortSignal.abort());
  await expect(found).rejects.toMatchObject({ code: 'cancelled' });
});
