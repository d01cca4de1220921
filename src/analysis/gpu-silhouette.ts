import type { Gpu } from '../gpu/device';
import { distanceSums, type DistanceSums } from '../gpu/distance-sums/distance-sums';
import type { GpuMatrix } from '../gpu/matrix';
import { readBack } from '../gpu/readback';
import { submitAll } from '../gpu/submit';
import type { Labelling } from './engine';

/** Bytes on the GPU for the sampled rows, and for their sums, of one reading of the matrix. */
const PIECE_BYTES = 64 * 2 ** 20;

/** `KMeansEngine.distanceSums` in WGSL; `row` gives the rows as they are on the GPU. */
export async function gpuDistanceSums(
  gpu: Gpu,
  matrix: GpuMatrix,
  row: (i: number) => Float32Array,
  sample: Uint32Array,
  labellings: Labelling[],
  progress: (fraction: number) => void,
  signal?: AbortSignal,
): Promise<Float64Array[]> {
  const { d } = matrix;
  const out = labellings.map(({ k }) => new Float64Array(sample.length * k));
  const total = labellings.reduce((sum, { k }) => sum + k, 0);
  const bytes = Math.min(PIECE_BYTES, gpu.bindingLimit);
  const piece = Math.max(4, Math.floor(bytes / 16 / Math.max(total, d)) * 4);
  for (let from = 0; from < sample.length; from += piece) {
    const part = sample.subarray(from, from + piece);
    const sampled = new Float32Array(part.length * d);
    part.forEach((i, s) => sampled.set(row(i), s * d));
    const advance = (done: number) => progress((from + done * part.length) / sample.length);
    const sums = distanceSums(gpu, matrix, sampled, labellings, advance);
    try {
      await submitAll(gpu, sums.commands, signal);
      const parts = [{ buffer: sums.totals, bytes: total * sums.stride * 4 }];
      const [totals] = await readBack(gpu, parts, signal);
      spread(new Float32Array(totals), sums, labellings, from, out);
    } finally {
      gpu.release(...sums.buffers);
    }
  }
  progress(1);
  return out;
}

/** Totals (cluster by sampled row) into sampled row by cluster for each labelling, at their places among all. */
function spread(
  totals: Float32Array,
  { m, stride }: DistanceSums,
  labellings: Labelling[],
  from: number,
  out: Float64Array[],
): void {
  let total = 0;
  labellings.forEach(({ k }, l) => {
    for (let c = 0; c < k; c++) {
      const sums = totals.subarray((total + c) * stride, (total + c) * stride + m);
      sums.forEach((sum, s) => (out[l][(from + s) * k + c] = sum));
    }
    total += k;
  });
}
