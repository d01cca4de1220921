import type { Gpu } from '../device';
import type { Chunk, GpuMatrix } from '../matrix';
import { MOST_WORKGROUPS } from '../ranges';
import { clusterOrder } from './cluster-order';
import { SubmissionPace } from './submission-pace';
import distancesCode from './distances.wgsl?raw';
import sumsCode from './sums.wgsl?raw';

const TILE_SIDE = 64;
/** Rows and sampled rows of one tile of distances: 8 MiB, read in stripes of 256 sampled rows (2 MiB) that stay in a cache. */
const TILE = { rows: 2048, samples: 1024 };

/** Distance sums under way: m sampled rows against the rows of a matrix, for several labellings of these. */
export interface DistanceSums {
  m: number;
  /** Clusters of all labellings together. */
  total: number;
  /** total x `stride`, f32: the sum for sampled row s and cluster c of all is at c * stride + s. */
  totals: GPUBuffer;
  stride: number;
  /** Submissions in order; buffers are refilled between them, so each has to be submitted before the next one is taken. */
  commands: Iterable<GPUCommandBuffer>;
  buffers: GPUBuffer[];
}

/**
 * The sums of the Euclidean distances from each sampled row (m x d) to the rows of each cluster of each labelling, tile by
 * tile: the distances of a tile are computed once and added up for all labellings. The caller submits `commands`, of which
 * `progress` (0..1) tells how many are done, reads `totals` and releases `buffers`. Throws RangeError when the totals or the samples exceed one binding.
 * Tolerance: 1e-5 relative to f64; a row equal to the sampled one adds exactly 0.
 */
export function distanceSums(
  gpu: Gpu,
  matrix: GpuMatrix,
  sampled: Float32Array<ArrayBuffer>,
  labellings: { k: number; labels: Uint16Array }[],
  progress: (fraction: number) => void,
): DistanceSums {
  const { d } = matrix;
  const m = sampled.length / d;
  const total = labellings.reduce((sum, { k }) => sum + k, 0);
  const stride = Math.ceil(m / 4) * 4;
  if (Math.max(total * stride, sampled.length) * 4 > gpu.bindingLimit || total > MOST_WORKGROUPS)
    throw new RangeError(`distance sums: ${m} rows of ${d} by ${total} clusters exceed one binding`);
  const { rows, samples } = tileSize(gpu, d);
  const blocks = matrix.chunks.flatMap((chunk) =>
    Array.from({ length: Math.ceil(chunk.n / rows) }, (_, b) => ({
      chunk,
      from: b * rows,
      count: Math.min(rows, chunk.n - b * rows),
    })),
  );
  const distances = gpu.pipeline(distancesCode, 'distances');
  const sums = gpu.pipeline(sumsCode, 'distance sums');
  const buffers = {
    sampled: gpu.upload(sampled, 'sampled rows'),
    tile: gpu.storage(rows * samples * 4, 'distances'),
    block: gpu.uniform([0, 0], 'block of rows'),
    order: gpu.storage(labellings.length * rows * 4, 'rows by cluster'),
    starts: gpu.storage((total + 1) * 4, 'clusters'),
    totals: gpu.storage(total * stride * 4, 'distance sums'),
  };
  const tiles = Array.from({ length: Math.ceil(m / samples) }, (_, s) => {
    const first = s * samples;
    const width = Math.min(samples, m - first);
    const quads = Math.ceil(width / 4);
    return {
      width,
      quads,
      distanceParams: gpu.uniform([d, first, m, samples / 4], 'distance params'),
      sumParams: gpu.uniform([samples / 4, quads, first / 4, stride / 4], 'distance sum params'),
    };
  });

  function* commands(): Generator<GPUCommandBuffer> {
    const { queue } = gpu.device;
    const pace = new SubmissionPace();
    for (const [b, { chunk, from, count }] of blocks.entries()) {
      const row0 = chunk.row0 + from;
      const { order, starts } = clusterOrder(labellings, row0, row0 + count);
      queue.writeBuffer(buffers.order, 0, order);
      queue.writeBuffer(buffers.starts, 0, starts);
      queue.writeBuffer(buffers.block, 0, Uint32Array.of(from, count));
      for (let s = 0; s < tiles.length;) {
        const some = tiles.slice(s, s + pace.next());
        s += some.length;
        yield record(chunk, count, some);
        progress((b + s / tiles.length) / blocks.length);
      }
    }
  }

  function record(chunk: Chunk, count: number, some: typeof tiles): GPUCommandBuffer {
    const encoder = gpu.device.createCommandEncoder({ label: 'distance sums' });
    const pass = encoder.beginComputePass({ label: 'distance sums' });
    const { block, sampled, tile, order, starts, totals } = buffers;
    for (const { width, quads, distanceParams, sumParams } of some) {
      pass.setPipeline(distances);
      pass.setBindGroup(0, gpu.bind(distances, [distanceParams, block, chunk.buffer, sampled, tile]));
      pass.dispatchWorkgroups(Math.ceil(width / TILE_SIDE), Math.ceil(count / TILE_SIDE));
      pass.setPipeline(sums);
      pass.setBindGroup(0, gpu.bind(sums, [sumParams, tile, order, starts, totals]));
      pass.dispatchWorkgroups(total, Math.ceil(quads / 64));
    }
    pass.end();
    return encoder.finish();
  }

  return {
    m,
    total,
    totals: buffers.totals,
    stride,
    commands: { [Symbol.iterator]: commands },
    buffers: [
      ...Object.values(buffers),
      ...tiles.flatMap(({ distanceParams, sumParams }) => [distanceParams, sumParams]),
    ],
  };
}

/** Multiples of 64 within the work of one dispatch. The rows do not depend on m, so that sums do not either. */
function tileSize(gpu: Gpu, d: number): { rows: number; samples: number } {
  const pairs = gpu.dispatchWork / d / TILE_SIDE ** 2;
  const rows = Math.max(1, Math.min(TILE.rows / TILE_SIDE, Math.floor(Math.sqrt(2 * pairs))));
  const samples = Math.max(1, Math.min(TILE.samples / TILE_SIDE, Math.floor(pairs / rows)));
  return { rows: rows * TILE_SIDE, samples: samples * TILE_SIDE };
}
