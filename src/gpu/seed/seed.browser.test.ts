import { afterAll, beforeAll, expect, it } from 'vitest';
import { clean, openGpu } from '../../../test/gpu.browser';
import { normalRows } from '../../../test/rows';
import type { Rows } from '../../analysis/rows';
import type { Gpu } from '../device';
import { GpuMatrix } from '../matrix';
import { readBack } from '../readback';
import { submitAll } from '../submit';
import { recordSeed } from './seed';
import { seedReference } from './seed.cpu';

let gpu: Gpu;
beforeAll(async () => void (gpu = await openGpu()));
afterAll(() => gpu.destroy());

/** Candidate distances of every candidate, count x n. */
async function seed(rows: Rows, centres: Rows, closest: Float32Array<ArrayBuffer>): Promise<Float32Array> {
  return clean(gpu, async () => {
    const matrix = GpuMatrix.upload(gpu, rows, Math.max(1, rows.n));
    if (matrix.chunks.length === 0) return new Float32Array(0);
    const buffers = {
      centres: gpu.upload(new Float32Array(centres.data), 'candidates'),
      closest: gpu.upload(closest, 'closest'),
      after: gpu.storage(centres.n * rows.n * 4, 'after'),
    };
    const { commands, scratch } = recordSeed(
      gpu,
      matrix.chunks[0],
      rows.d,
      buffers.centres,
      centres.n,
      buffers.closest,
      buffers.after,
    );
    await submitAll(gpu, commands);
    const [after] = await readBack(gpu, [{ buffer: buffers.after, bytes: centres.n * rows.n * 4 }]);
    gpu.release(...Object.values(buffers), ...scratch);
    matrix.release();
    return new Float32Array(after);
  });
}

function expectLikeReference(rows: Rows, centres: Rows, closest: Float32Array, got: Float32Array) {
  const { n, d } = rows;
  for (let c = 0; c < centres.n; c++) {
    const expected = seedReference(rows, centres.data.slice(c * d, (c + 1) * d), closest);
    let worst = 0;
    expected.forEach(
      (value, i) => (worst = Math.max(worst, Math.abs(got[c * n + i] - value) / (value + 1e-10))),
    );
    expect(worst).toBeLessThan(1e-5);
  }
}

const cases = [
  ...[0, 1, 63, 64, 65, 255, 256, 257].map((n) => ({ n, d: 5, count: 3 })),
  ...[1, 3, 64, 513, 4096].map((d) => ({ n: 100, d, count: 8 })),
];
it.each(cases)('$n rows, $d columns, $count candidates', async ({ n, d, count }) => {
  const rows = normalRows(n, d, 1);
  const centres = normalRows(count, d, 2);
  const closest = normalRows(n, 1, 3).data.map((x) => x * x * 2 * d) as Float32Array<ArrayBuffer>;
  expectLikeReference(rows, centres, closest, await seed(rows, centres, closest));
});

it('works past one dispatch dimension', async () => {
  const n = 65_535 * 64 + 70;
  const data = Float32Array.from({ length: n * 2 }, (_, p) => p % 5);
  const closest = new Float32Array(n).fill(20);
  const after = await seed({ n, d: 2, data }, { n: 1, d: 2, data: Float32Array.of(0, 1) }, closest);
  let wrong = 0;
  for (let i = 0; i < n; i++) {
    if (after[i] !== Math.min(20, data[2 * i] ** 2 + (data[2 * i + 1] - 1) ** 2)) wrong++;
  }
  expect(wrong).toBe(0);
});

it('refuses more candidates than it has room for', async () => {
  await clean(gpu, async () => {
    const matrix = GpuMatrix.upload(gpu, normalRows(3, 2));
    const buffer = gpu.storage(4, 'unused');
    expect(() => recordSeed(gpu, matrix.chunks[0], 2, buffer, 9, buffer, buffer)).toThrow(RangeError);
    gpu.release(buffer);
    matrix.release();
  });
});
