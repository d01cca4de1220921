import type { Gpu } from '../device';
import { readBack } from '../readback';
import { submitAll } from '../submit';
import type { NeighbourTask } from './knn.cpu';
import code from './knn.wgsl?raw';

/** Queries of a tile and rows of a block, at most. */
const SIDE = 64;

/** Whether rows and results are each within one binding. */
export function fitsKnn(gpu: Gpu, { rows, queries, k, plan }: NeighbourTask): boolean {
  const numbers = Math.max(rows.n * rows.d, queries.n * queries.d, queries.n * k);
  return 4 * numbers <= gpu.bindingLimit && plan.blocks.byteLength <= gpu.bindingLimit;
}

/**
 * The k nearest rows of each query, m x k, nearest first; of equals the first that was met. Places that were not filled are
 * 2^32 - 1 and Infinity. Throws RangeError when something exceeds one binding. Errors: `cancelled`, `device-lost`. Tolerance: distances within
 * 1e-6 relative of f64, exactly 0 between equal rows; where they differ by less than that the order may be another.
 */
export async function gpuKnn(
  gpu: Gpu,
  task: NeighbourTask,
  progress: (fraction: number) => void,
  signal?: AbortSignal,
): Promise<{ rows: Uint32Array; squared: Float32Array }> {
  const { rows, queries, self, k, plan } = task;
  const m = queries.n;
  if (m === 0 || k === 0) return { rows: new Uint32Array(0), squared: new Float32Array(0) };
  if (!fitsKnn(gpu, task)) throw new RangeError(`knn: ${rows.n} rows of ${rows.d} exceed one binding`);
  const used: GPUBuffer[] = [];
  const keep = (buffer: GPUBuffer): GPUBuffer => {
    used.push(buffer);
    return buffer;
  };
  try {
    const x = keep(uploaded(gpu, rows));
    const q = queries === rows ? x : keep(uploaded(gpu, queries));
    const own = keep(gpu.upload(Uint32Array.from(self), 'own rows'));
    const tiles = keep(gpu.upload(Uint32Array.from(plan.tiles), 'tiles of queries'));
    // A binding may not be empty.
    const some = plan.blocks.length > 0 ? Uint32Array.from(plan.blocks) : new Uint32Array(2);
    const blocks = keep(gpu.upload(some, 'blocks of rows'));
    const found = keep(gpu.upload(new Float32Array(m * k).fill(Infinity), 'neighbours'));
    const foundRows = keep(gpu.upload(new Uint32Array(m * k).fill(0xffffffff), 'rows of neighbours'));
    const pipeline = gpu.pipeline(code, 'knn');
    const commands = function* (): Generator<GPUCommandBuffer> {
      for (const { tile0, count, block0, number, done } of dispatches(gpu, task)) {
        const params = keep(gpu.uniform([rows.d, k, tile0, block0, number], 'knn params'));
        const encoder = gpu.device.createCommandEncoder({ label: 'knn' });
        const pass = encoder.beginComputePass({ label: 'knn' });
        pass.setPipeline(pipeline);
        pass.setBindGroup(0, gpu.bind(pipeline, [params, x, q, own, tiles, blocks, found, foundRows]));
        pass.dispatchWorkgroups(count);
        pass.end();
        yield encoder.finish();
        progress(done);
      }
    };
    await submitAll(gpu, commands(), signal);
    const bytes = 4 * m * k;
    const read = await readBack(
      gpu,
      [
        { buffer: found, bytes },
        { buffer: foundRows, bytes },
      ],
      signal,
    );
    return { squared: new Float32Array(read[0]), rows: new Uint32Array(read[1]) };
  } finally {
    gpu.release(...used);
  }
}

function uploaded(gpu: Gpu, { n, d, data }: NeighbourTask['rows']): GPUBuffer {
  const buffer = gpu.storage(n * d * 4, 'rows');
  gpu.device.queue.writeBuffer(buffer, 0, data as Float32Array<ArrayBuffer>, 0, n * d);
  return buffer;
}

interface KnnDispatch {
  tile0: number;
  count: number;
  block0: number;
  number: number;
  /** Share of the work that is done after it, 0..1. */
  done: number;
}

/** Tiles side by side and as many of their blocks as keep a dispatch short. */
function* dispatches(gpu: Gpu, { rows, plan }: NeighbourTask): Generator<KnnDispatch> {
  const tiles = plan.tiles.length / 4;
  const work = SIDE * SIDE * rows.d;
  const side = Math.max(1, Math.min(gpu.ceilings.workgroups, Math.floor(gpu.dispatchWork / work)));
  for (let tile0 = 0; tile0 < tiles; tile0 += side) {
    const count = Math.min(side, tiles - tile0);
    let most = 0;
    for (let t = tile0; t < tile0 + count; t++) most = Math.max(most, plan.tiles[4 * t + 3]);
    const number = Math.max(1, Math.floor(gpu.dispatchWork / work / count));
    for (let block0 = 0; block0 < most; block0 += number) {
      const within = Math.min(1, (block0 + number) / most);
      yield { tile0, count, block0, number, done: (tile0 + count * within) / tiles };
    }
  }
}
