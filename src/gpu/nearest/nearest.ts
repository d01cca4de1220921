import type { Metric } from '../../domain/search';
import type { Gpu } from '../device';
import type { Chunk } from '../matrix';
import { rowRanges } from '../ranges';
import { readBack } from '../readback';
import { submitAll } from '../submit';
import code from './nearest.wgsl?raw';

const ROWS_PER_GROUP = 64;
export const MOST_QUERIES = 16;

/** Queries (q x d, row-major) as the kernel reads them. `releaseQueries` them. */
export interface Queries {
  q: number;
  d: number;
  metric: Metric;
  quads: number;
  packed: GPUBuffer;
  squares: GPUBuffer;
}

/** Throws RangeError unless there are 1 to 16. */
export function uploadQueries(gpu: Gpu, data: Float32Array, q: number, metric: Metric): Queries {
  if (q < 1 || q > MOST_QUERIES || data.length % q !== 0)
    throw new RangeError(`nearest: ${q} queries in ${data.length} numbers`);
  const d = data.length / q;
  const quads = Math.ceil(q / 4);
  const packed = new Float32Array(d * quads * 4);
  const squares = new Float32Array(q);
  for (let i = 0; i < q; i++) {
    let sum = 0;
    for (let t = 0; t < d; t++) {
      const value = data[i * d + t];
      packed[t * quads * 4 + i] = value;
      sum += value * value;
    }
    squares[i] = sum;
  }
  return {
    q,
    d,
    metric,
    quads,
    packed: gpu.upload(packed, 'queries'),
    squares: gpu.upload(squares, 'query squares'),
  };
}

export function releaseQueries(gpu: Gpu, { packed, squares }: Queries): void {
  gpu.release(packed, squares);
}

/**
 * Distances of the rows of a chunk to the queries, q x rows, f32: squared Euclidean ones, within (d / 16 + 20) 2^-24 relative
 * of f64, or cosine ones, within four times that in absolute terms. Errors: `cancelled`, `device-lost`.
 */
export async function queryDistances(
  gpu: Gpu,
  chunk: Chunk,
  queries: Queries,
  signal?: AbortSignal,
): Promise<Float32Array> {
  const { q, d, quads, metric } = queries;
  if (chunk.n === 0) return new Float32Array(0);
  const out = gpu.storage(q * chunk.n * 4, 'query distances');
  const used = [out];
  const COSINE = metric === 'cosine' ? 1 : 0;
  const pipeline = gpu.pipeline(code, 'nearest', 'main', { QUADS: quads, COSINE });
  try {
    const ranges = rowRanges(chunk.n, ROWS_PER_GROUP, q * d, gpu.dispatchWork, gpu.ceilings.workgroups);
    const commands = ranges.map(({ from, count }) => {
      const params = gpu.uniform([d, from, chunk.n, from + count, q], 'nearest params');
      used.push(params);
      const encoder = gpu.device.createCommandEncoder({ label: 'nearest' });
      const pass = encoder.beginComputePass({ label: 'nearest' });
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, gpu.bind(pipeline, [params, chunk.buffer, queries.packed, queries.squares, out]));
      pass.dispatchWorkgroups(Math.ceil(count / ROWS_PER_GROUP));
      pass.end();
      return encoder.finish();
    });
    await submitAll(gpu, commands, signal);
    const [read] = await readBack(gpu, [{ buffer: out, bytes: q * chunk.n * 4 }], signal);
    return new Float32Array(read);
  } finally {
    gpu.release(...used);
  }
}
