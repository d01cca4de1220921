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
    const { n, d } = rows;
    const out = new Float64Array(d * d);
    const pace = new Pace(signal);
    const block = this.#blockRows(d);
    for (let from = 0; from < n; from += block) {
      await addScatter(this.gpu, centredBlock(rows, mean, from, Math.min(block, n - from)), out, signal);
      await pace.turn();
    }
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
    const pace = new Pace(signal);
    const block = this.#blockRows(Math.max(d, r));
    const uploaded = uploadVectors(this.gpu, vectors, r, d);
    try {
      for (let from = 0; from < n; from += block) {
        const some = centredBlock(rows, mean, from, Math.min(block, n - from));
        out.set(await project(this.gpu, some, uploaded, signal), from * r);
        await pace.turn();
      }
    } finally {
      releaseVectors(this.gpu, uploaded);
    }
    return out;
  }

  #blockRows(numbers: number): number {
    const bytes = Math.min(BLOCK_BYTES, this.gpu.bindingLimit);
    return Math.max(1, Math.floor(bytes / (4 * Math.max(1, numbers))));
  }
}

/** A copy of rows `from` .. `from + n - 1` less the mean. */
function centredBlock({ d, data }: Rows, mean: Float64Array, from: number, n: number) {
  const out = new Float32Array(n * d);
  for (let i = 0, p = 0, x = from * d; i < n; i++) for (let t = 0; t < d; t++) out[p++] = data[x++] - mean[t];
  return { n, d, data: out };
}
