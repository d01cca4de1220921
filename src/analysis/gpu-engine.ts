import type { Gpu } from '../gpu/device';
import { GpuMatrix } from '../gpu/matrix';
import { releaseNorms, withNorms, type KMeansRows } from '../gpu/row-norms/row-norms';
import type { BlockSeeding, Fits, GroupFits, Groups, KMeansEngine, Labelling } from './engine';
import { GpuFits } from './gpu-fits';
import { GpuGroupFits } from './gpu-groups';
import { GpuSeeding } from './gpu-seeding';
import { gpuDistanceSums } from './gpu-silhouette';
import { storeHalf } from './half-rows';
import type { Rows } from './rows';

/** Bytes for the labels of all slots together. */
const LABEL_BYTES = 256 * 2 ** 20;
const MOST_SLOTS = 128;

/** k-means arithmetic in WGSL: f32, sums in a fixed order. Rows stay on the GPU until closed. */
export class GpuEngine implements KMeansEngine {
  readonly kind = 'webgpu';
  readonly adapter: string;
  readonly n: number;
  readonly d: number;
  readonly #matrix: GpuMatrix;
  #kmeansRows: KMeansRows | null = null;

  constructor(
    private readonly gpu: Gpu,
    private readonly rows: Rows,
  ) {
    this.adapter = gpu.adapter.name;
    this.n = rows.n;
    this.d = rows.d;
    this.#matrix = GpuMatrix.upload(gpu, rows);
  }

  slots(k: number): number {
    const chunkRows = Math.max(1, ...this.#matrix.chunks.map((chunk) => chunk.n));
    const byLabels = Math.min(
      this.gpu.bindingLimit / (chunkRows * 4),
      LABEL_BYTES / (Math.max(1, this.n) * 4),
    );
    const bySums = this.gpu.bindingLimit / ((k + 3) * (this.d + 1) * 4);
    return Math.max(1, Math.min(MOST_SLOTS, Math.floor(byLabels), Math.floor(bySums)));
  }

  open(ks: number[]): Fits {
    return new GpuFits(this.gpu, this.#withNorms(), ks);
  }

  /** Keeps the rows in 16 bits too, for the assignments of k-means, if that changes no label of a sample; whether it does. */
  storeHalf(): Promise<boolean> {
    return storeHalf(this.gpu, this.rows, this.#withNorms());
  }

  seedBlocks(groups: Groups, restarts: number): BlockSeeding {
    return new GpuSeeding(this.gpu, this.#matrix, this.rows, groups, restarts);
  }

  openGroups(groups: Groups, ks: number[]): GroupFits {
    return new GpuGroupFits(this.gpu, this.#matrix, groups, ks);
  }

  distanceSums(
    sample: Uint32Array,
    labellings: Labelling[],
    progress: (fraction: number) => void,
    signal?: AbortSignal,
  ): Promise<Float64Array[]> {
    const row = (i: number) => this.row(i);
    return gpuDistanceSums(this.gpu, this.#matrix, row, sample, labellings, progress, signal);
  }

  row(i: number): Float32Array {
    return this.rows.data.subarray(i * this.d, (i + 1) * this.d);
  }

  #withNorms(): KMeansRows {
    this.#kmeansRows ??= withNorms(this.gpu, this.#matrix);
    return this.#kmeansRows;
  }

  close(): void {
    if (this.#kmeansRows) releaseNorms(this.gpu, this.#kmeansRows);
    this.#kmeansRows = null;
    this.#matrix.release();
  }
}
