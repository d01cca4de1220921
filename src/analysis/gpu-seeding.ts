import type { Gpu } from '../gpu/device';
import type { GpuMatrix } from '../gpu/matrix';
import { readBack } from '../gpu/readback';
import { recordSeed } from '../gpu/seed/seed';
import { submitAll } from '../gpu/submit';
import type { Seeding } from './engine';
import type { Rows } from './rows';

/** The distances of k-means++, kept on the GPU. */
export class GpuSeeding implements Seeding {
  readonly #closest: GPUBuffer[];
  #after: GPUBuffer[] = [];
  #room = 0;

  constructor(
    private readonly gpu: Gpu,
    private readonly matrix: GpuMatrix,
    private readonly rows: Rows,
  ) {
    this.#closest = matrix.chunks.map((chunk) =>
      gpu.upload(new Float32Array(chunk.n).fill(3.4e38), 'closest'),
    );
  }

  async candidates(chosen: number[]): Promise<Float32Array[]> {
    const { gpu, matrix, rows } = this;
    const { n, d } = matrix;
    if (chosen.length > this.#room) {
      gpu.release(...this.#after);
      this.#room = chosen.length;
      this.#after = matrix.chunks.map((chunk) =>
        gpu.storage(chosen.length * chunk.n * 4, 'candidate distances'),
      );
    }
    const data = new Float32Array(chosen.length * d);
    chosen.forEach((row, place) => data.set(rows.data.subarray(row * d, (row + 1) * d), place * d));
    const centres = gpu.upload(data, 'candidates');
    const used = [centres];
    try {
      for (const [c, chunk] of matrix.chunks.entries()) {
        const recorded = recordSeed(gpu, chunk, d, centres, chosen.length, this.#closest[c], this.#after[c]);
        used.push(...recorded.scratch);
        await submitAll(gpu, recorded.commands);
      }
      const parts = matrix.chunks.map((chunk, c) => ({
        buffer: this.#after[c],
        bytes: chosen.length * chunk.n * 4,
      }));
      const read = await readBack(gpu, parts);
      return chosen.map((_, place) => {
        const all = new Float32Array(n);
        matrix.chunks.forEach((chunk, c) =>
          all.set(new Float32Array(read[c], place * chunk.n * 4, chunk.n), chunk.row0),
        );
        return all;
      });
    } finally {
      gpu.release(...used);
    }
  }

  keep(index: number): void {
    const encoder = this.gpu.device.createCommandEncoder({ label: 'keep' });
    this.matrix.chunks.forEach((chunk, c) =>
      encoder.copyBufferToBuffer(this.#after[c], index * chunk.n * 4, this.#closest[c], 0, chunk.n * 4),
    );
    this.gpu.device.queue.submit([encoder.finish()]);
  }

  close(): void {
    this.gpu.release(...this.#closest, ...this.#after);
  }
}
