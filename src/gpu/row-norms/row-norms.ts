import type { Gpu } from '../device';
import { record, type Dispatch } from '../dispatch';
import type { HalfRows } from '../half/half';
import type { Chunk, GpuMatrix } from '../matrix';
import { rowRanges } from '../ranges';
import code from './row-norms.wgsl?raw';

const ROWS_PER_GROUP = 4;

/** The rows of a matrix as k-means iterations read them. */
export interface KMeansRows {
  n: number;
  d: number;
  chunks: (Chunk & {
    /** |x|^2 of each row, f32. */
    norms: GPUBuffer;
  })[];
  /** The same rows in 16 bits, if the assignment is to read these; doubtful rows are still compared in f32. */
  half?: HalfRows;
}

/** Computes |x|^2 of all rows, within 1e-5 relative of f64. The chunks stay whose they are; `releaseNorms` the rest. */
export function withNorms(gpu: Gpu, { n, d, chunks }: GpuMatrix): KMeansRows {
  const pipeline = gpu.pipeline(code, 'row norms');
  const scratch: GPUBuffer[] = [];
  const dispatches: Dispatch[] = [];
  const all = chunks.map((chunk) => {
    const norms = gpu.storage(chunk.n * 4, 'row norms');
    for (const { from, count } of rowRanges(
      chunk.n,
      ROWS_PER_GROUP,
      d,
      gpu.dispatchWork,
      gpu.ceilings.workgroups,
    )) {
      const params = gpu.uniform([d, from, from + count], 'row norms params');
      scratch.push(params);
      const bindings = gpu.bind(pipeline, [params, chunk.buffer, norms]);
      const groups: [number] = [Math.ceil(count / ROWS_PER_GROUP)];
      dispatches.push({ label: 'row norms', pipeline, bindings, groups, work: count * d });
    }
    return { ...chunk, norms };
  });
  gpu.device.queue.submit(record(gpu, dispatches));
  gpu.release(...scratch);
  return { n, d, chunks: all };
}

export function releaseNorms(gpu: Gpu, rows: KMeansRows): void {
  gpu.release(...rows.chunks.map(({ norms }) => norms), ...(rows.half?.buffers ?? []));
}
