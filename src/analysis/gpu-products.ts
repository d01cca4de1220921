import type { Gpu } from '../gpu/device';
import { project, releaseVectors, uploadVectors } from '../gpu/project/project';
import { addScatter } from '../gpu/scatter/scatter';
import { Pace } from './pace';
import type { Products } from './products';
import type { Rows } from './rows';

/** Bytes of rows, and of products, on the GPU at once. */
const BLOCK_BYTES = 32 * 2 ** 20;

/**
 * Products in WGSL. Rows are centred in f64 on the way to the GPU, block by block, so that a large common mean costs no
 * digits; products are f32, sums over rows f64.
 */
export class GpuProducts implements Products {
  constructor(private readonly gpu: Gpu) {}

  async scatter(rows: Rows, mean: Float64Array, signal?: AbortSignal): Promise<Float64Array> {
    const { d } = rows;
    const out = new Float64Array(d * d);
    await this.#eachBlock(rows, mean, d, signal, ({ n, buffer }) =>
      addScatter(this.gpu, { n, d, buffer }, out, signal),
    );
    for (let p = 0; p < d; p++) for (let q = 0; q < p; q++) out[p * d + q] = out[q * d + p];
    return out;
  }

  async project(
    rows: Rows,
    mean: Float64Array,
    vectors: Float64Array,
    r: number,
    signal?: AbortSignal,
  ): Promise<Float32Array> {
    const { n, d } = rows;
    const out = new Float32Array(n * r);
    const uploaded = uploadVectors(this.gpu, vectors, r, d);
    try {
      await this.#eachBlock(rows, mean, Math.max(d, r), signal, async (block) => {
        out.set(await project(this.gpu, block, uploaded, signal), block.row0 * r);
      });
    } finally {
      releaseVectors(this.gpu, uploaded);
    }
    return out;
  }

  /** Brings the rows to the GPU in blocks that have at most `BLOCK_BYTES` with this many numbers for each row. */
  async #eachBlock(
    rows: Rows,
    mean: Float64Array,
    numbers: number,
    signal: AbortSignal | undefined,
    work: (block: { row0: number; n: number; buffer: GPUBuffer }) => Promise<void>,
  ): Promise<void> {
    const { n, d, data } = rows;
    const pace = new Pace(signal);
    const bytes = Math.min(BLOCK_BYTES, this.gpu.bindingLimit);
    const most = Math.max(1, Math.min(n, Math.floor(bytes / (4 * Math.max(1, numbers)))));
    const buffer = this.gpu.storage(most * d * 4, 'rows');
    const { queue } = this.gpu.device;
    const centred = mean.every((x) => x === 0);
    try {
      for (let row0 = 0; row0 < n; row0 += most) {
        const count = Math.min(most, n - row0);
        if (centred) queue.writeBuffer(buffer, 0, data, row0 * d, count * d);
        else queue.writeBuffer(buffer, 0, withoutMean(rows, mean, row0, count));
        await work({ row0, n: count, buffer });
        await pace.turn();
      }
    } finally {
      this.gpu.release(buffer);
    }
  }
}

/** A copy of rows `row0` .. `row0 + count - 1` less the mean. */
function withoutMean({ d, data }: Rows, mean: Float64Array, row0: number, count: number) {
  const out = new Float32Array(count * d);
  for (let i = 0, p = 0, x = row0 * d; i < count; i++)
    for (let t = 0; t < d; t++) out[p++] = data[x++] - mean[t];
  return out;
}
