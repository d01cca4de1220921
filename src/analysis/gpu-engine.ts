import { makeLabels, recordAssign, releaseLabels, type Labels } from '../gpu/assign/assign';
import { releaseSets, stackSets } from '../gpu/centre-sets';
import type { Gpu } from '../gpu/device';
import { GpuMatrix } from '../gpu/matrix';
import { readBack } from '../gpu/readback';
import { submitAll } from '../gpu/submit';
import { recordUpdate } from '../gpu/update/update';
import type {
  Assignment,
  BlockSeeding,
  Fits,
  Groups,
  KMeansEngine,
  Labelling,
  LloydStep,
  Task,
} from './engine';
import { GpuSeeding } from './gpu-seeding';
import { gpuDistanceSums } from './gpu-silhouette';
import type { Rows } from './rows';

/** Bytes for the labels and distances of all slots together. */
const LABEL_BYTES = 256 * 2 ** 20;
const MOST_SLOTS = 128;

/** k-means arithmetic in WGSL: f32 on the GPU, centres and all decisions in f64 here. Rows stay on the GPU until closed. */
export class GpuEngine implements KMeansEngine {
  readonly kind = 'webgpu';
  readonly adapter: string;
  readonly n: number;
  readonly d: number;
  readonly #matrix: GpuMatrix;

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
      LABEL_BYTES / (Math.max(1, this.n) * 8),
    );
    const bySums = this.gpu.bindingLimit / (k * this.d * 4);
    return Math.max(1, Math.min(MOST_SLOTS, Math.floor(byLabels), Math.floor(bySums)));
  }

  open(ks: number[]): Fits {
    return new GpuFits(this.gpu, this.#matrix, ks);
  }

  seedBlocks(groups: Groups, restarts: number): BlockSeeding {
    return new GpuSeeding(this.gpu, this.#matrix, this.rows, groups, restarts);
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

  close(): void {
    this.#matrix.release();
  }
}

class GpuFits implements Fits {
  /** One for each chunk. */
  readonly #labels: Labels[];

  constructor(
    private readonly gpu: Gpu,
    private readonly matrix: GpuMatrix,
    private readonly ks: number[],
  ) {
    this.#labels = matrix.chunks.map((chunk) => makeLabels(gpu, ks.length, chunk.n));
  }

  async step(tasks: Task[], signal?: AbortSignal): Promise<LloydStep[]> {
    const { gpu, matrix } = this;
    const { d } = matrix;
    const sets = stackSets(gpu, this.#sets(tasks), d);
    const totals = gpu.storage(sets.total * d * 4, 'sums');
    const counts = gpu.storage(sets.total * 4, 'counts');
    const changed = gpu.storage(tasks.length * 4, 'changed');
    const used = [totals, counts, changed];
    try {
      for (const [c, chunk] of matrix.chunks.entries()) {
        const assign = recordAssign(gpu, chunk, sets, this.#labels[c], changed);
        const update = recordUpdate(gpu, chunk, sets, this.#labels[c], totals, counts);
        used.push(...assign.scratch, ...update.scratch);
        await submitAll(gpu, [...assign.commands, ...update.commands], signal);
      }
      const [sums, sizes, moved] = await readBack(gpu, [
        { buffer: totals, bytes: sets.total * d * 4 },
        { buffer: counts, bytes: sets.total * 4 },
        { buffer: changed, bytes: tasks.length * 4 },
      ]);
      let first = 0;
      return sets.sets.map(({ k }, s) => {
        const from = first;
        first += k;
        return {
          sums: Float64Array.from(new Float32Array(sums, from * d * 4, k * d)),
          counts: new Uint32Array(sizes, from * 4, k),
          changed: new Uint32Array(moved)[s],
        };
      });
    } finally {
      gpu.release(...used);
      releaseSets(gpu, sets);
    }
  }

  async assign(task: Task, signal?: AbortSignal): Promise<Assignment> {
    const { gpu, matrix } = this;
    const labels = new Uint16Array(matrix.n);
    const squared = new Float32Array(matrix.n);
    // Labels of their own: the next step counts changes against those of the step before.
    const [set] = this.#sets([task]);
    const sets = stackSets(gpu, [{ ...set, slot: 0 }], matrix.d);
    const changed = gpu.storage(4, 'changed');
    try {
      for (const chunk of matrix.chunks) {
        const out = makeLabels(gpu, 1, chunk.n);
        const { commands, scratch } = recordAssign(gpu, chunk, sets, out, changed);
        try {
          await submitAll(gpu, commands, signal);
          const [found, distances] = await readBack(gpu, [
            { buffer: out.labels, bytes: chunk.n * 4 },
            { buffer: out.squared, bytes: chunk.n * 4 },
          ]);
          labels.set(new Uint32Array(found), chunk.row0);
          squared.set(new Float32Array(distances), chunk.row0);
        } finally {
          gpu.release(...scratch);
          releaseLabels(gpu, out);
        }
      }
      return { labels, squared };
    } finally {
      gpu.release(changed);
      releaseSets(gpu, sets);
    }
  }

  close(): void {
    for (const labels of this.#labels) releaseLabels(this.gpu, labels);
    this.#labels.length = 0;
  }

  #sets(tasks: Task[]) {
    return tasks.map(({ slot, centres }) => ({ slot, centres, k: this.ks[slot] }));
  }
}
