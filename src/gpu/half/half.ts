import type { Gpu } from '../device';
import { record, type Dispatch } from '../dispatch';
import { floatBits } from '../float-bits';
import { rowRanges } from '../ranges';
import { readBack } from '../readback';
import type { KMeansRows } from '../row-norms/row-norms';
import code from './half.wgsl?raw';

/** Largest number that is stored; 16-bit floats reach 65,504. */
const LARGEST = 2 ** 15;

/** Rows in 16-bit floats: x * scale, two columns in a word, ceil(d / 2) words a row. */
export interface HalfRows {
  /** A power of two. */
  scale: number;
  /** One for each chunk. */
  buffers: GPUBuffer[];
}

/** Copies rows to 16-bit floats, on the GPU. The caller releases the buffers. Relative error 2^-11 of numbers near the largest. */
export async function halve(gpu: Gpu, { d, chunks }: KMeansRows, signal?: AbortSignal): Promise<HalfRows> {
  const parts = chunks.map(({ norms, n }) => ({ buffer: norms, bytes: n * 4 }));
  const norms = await readBack(gpu, parts, signal);
  let longest = 0;
  for (const bytes of norms) for (const norm of new Float32Array(bytes)) longest = Math.max(longest, norm);
  const scale = longest > 0 ? 2 ** Math.floor(Math.log2(LARGEST / Math.sqrt(longest))) : 1;
  const pipeline = gpu.pipeline(code, 'half');
  const scratch: GPUBuffer[] = [];
  const dispatches: Dispatch[] = [];
  const buffers = chunks.map((chunk) => {
    const buffer = gpu.storage(chunk.n * Math.ceil(d / 2) * 4, 'rows in 16 bits');
    for (const { from, count } of rowRanges(chunk.n, 1, d, gpu.dispatchWork, gpu.ceilings.workgroups)) {
      const params = gpu.uniform([d, from, from + count, floatBits(scale)], 'half params');
      scratch.push(params);
      const bindings = gpu.bind(pipeline, [params, chunk.buffer, buffer]);
      dispatches.push({ label: 'half', pipeline, bindings, groups: [count], work: count * d });
    }
    return buffer;
  });
  gpu.device.queue.submit(record(gpu, dispatches));
  gpu.release(...scratch);
  return { scale, buffers };
}
