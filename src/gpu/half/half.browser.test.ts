import { afterAll, beforeAll, expect, it } from 'vitest';
import { clean, openGpu } from '../../../test/gpu.browser';
import { normalRows } from '../../../test/rows';
import type { Gpu } from '../device';
import { GpuMatrix } from '../matrix';
import { readBack } from '../readback';
import { releaseNorms, withNorms } from '../row-norms/row-norms';
import { halfReference } from './half.cpu';
import { halve } from './half';

let gpu: Gpu;
beforeAll(async () => void (gpu = await openGpu()));
afterAll(() => gpu.destroy());

const shapes = [0, 1, 63, 64, 65, 257].flatMap((n) => [1, 2, 5, 130].map((d) => ({ n, d })));
it.each(shapes)('keeps $n x $d numbers in 16 bits', async ({ n, d }) => {
  const rows = normalRows(n, d, n + d, 1000);
  await clean(gpu, async () => {
    const matrix = GpuMatrix.upload(gpu, rows, 100);
    const kmeansRows = withNorms(gpu, matrix);
    const { scale, buffers } = await halve(gpu, kmeansRows);
    const words = Math.ceil(d / 2);
    const read = await readBack(
      gpu,
      matrix.chunks.map((chunk, c) => ({ buffer: buffers[c], bytes: chunk.n * words * 4 })),
    );
    expect(Math.log2(scale) % 1).toBe(0);
    const wrong: number[] = [];
    matrix.chunks.forEach((chunk, c) => {
      const bits = new Uint16Array(read[c]);
      for (let i = 0; i < chunk.n; i++)
        for (let t = 0; t < d; t++) {
          const x = rows.data[(chunk.row0 + i) * d + t];
          const kept = halfReference(bits[i * words * 2 + t]) / scale;
          if (!(Math.abs(kept - x) <= 2 ** -10 * Math.abs(x) + 1e-3)) wrong.push(kept - x);
        }
    });
    expect(wrong).toEqual([]);
    gpu.release(...buffers);
    releaseNorms(gpu, kmeansRows);
    matrix.release();
  });
});
