import type { Gpu } from './device';

/** Rows row0 .. row0 + n - 1 of a matrix, in one buffer. */
export interface Chunk {
  row0: number;
  n: number;
  buffer: GPUBuffer;
}

/** Rows of a chunk are also limited so that per-row results of many fits (4 bytes each) stay within a binding. */
const MOST_ROWS = 2 ** 20;
/** Sent at once: what the browser keeps of it on the way to the GPU is free again after each. */
const UPLOAD_BYTES = 16 * 2 ** 20;

/**
 * An n x d matrix of f32, row-major, in buffers that are each within one storage binding: 65,536 x 512 is exactly the
 * 128 MiB that every WebGPU device has.
 */
export class GpuMatrix {
  private constructor(
    private readonly gpu: Gpu,
    readonly n: number,
    readonly d: number,
    readonly chunks: Chunk[],
  ) {}

  /** Copies the rows, which may be shared memory, to the GPU without another copy of them in between. `release` it. */
  static upload(
    gpu: Gpu,
    { n, d, data }: { n: number; d: number; data: Float32Array },
    mostRows = MOST_ROWS,
  ): GpuMatrix {
    const perChunk = Math.min(mostRows, Math.floor(gpu.bindingLimit / (d * 4)));
    const chunks: Chunk[] = [];
    for (let row0 = 0; row0 < n; row0 += perChunk) {
      const rows = Math.min(perChunk, n - row0);
      const buffer = gpu.storage(rows * d * 4, 'rows');
      chunks.push({ row0, n: rows, buffer });
      const step = Math.max(1, Math.floor(UPLOAD_BYTES / (d * 4)));
      for (let r = 0; r < rows; r += step) {
        const count = Math.min(step, rows - r);
        const from = (row0 + r) * d;
        gpu.device.queue.writeBuffer(buffer, r * d * 4, data, from, count * d);
        gpu.device.queue.submit([]);
      }
    }
    return new GpuMatrix(gpu, n, d, chunks);
  }

  release(): void {
    this.gpu.release(...this.chunks.map((chunk) => chunk.buffer));
    this.chunks.length = 0;
  }
}
