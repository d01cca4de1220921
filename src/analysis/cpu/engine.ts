import { cpuDistanceSums } from '../cpu-silhouette';
import type { Assignment, Fits, KMeansEngine, Labelling, LloydStep, Seeding, Task } from '../engine';
import { Pace } from '../pace';
import { squaredNorms, type Rows } from '../rows';
import { addToSums, layOutCentres, squaredDistances } from './assign';
import { BoundedLabels } from './bounds';

/** Multiply-adds between two looks at the clock, about 10 ms. */
const BLOCK_WORK = 2 ** 24;

/** k-means arithmetic in plain TypeScript with f64 sums; the reference for the GPU and the path without one. */
export class CpuEngine implements KMeansEngine {
  readonly kind = 'cpu';
  readonly adapter = 'CPU';
  readonly n: number;
  readonly d: number;

  readonly #norms: Float64Array;

  constructor(private readonly rows: Rows) {
    this.n = rows.n;
    this.d = rows.d;
    this.#norms = squaredNorms(rows);
  }

  slots(): number {
    return Math.max(1, Math.floor(2 ** 24 / Math.max(1, this.n)));
  }

  open(ks: number[]): Fits {
    return new CpuFits(this.rows, this.#norms, ks);
  }

  seeding(): Seeding {
    return new CpuSeeding(this.rows);
  }

  distanceSums(
    sample: Uint32Array,
    labellings: Labelling[],
    progress: (fraction: number) => void,
    signal?: AbortSignal,
  ): Promise<Float64Array[]> {
    return cpuDistanceSums(this.rows, sample, labellings, progress, signal);
  }

  row(i: number): Float32Array {
    return this.rows.data.subarray(i * this.d, (i + 1) * this.d);
  }

  close(): void {
    // Holds nothing but a reference to the rows.
  }
}

class CpuFits implements Fits {
  readonly #labels: BoundedLabels[];

  constructor(
    private readonly rows: Rows,
    private readonly norms: Float64Array,
    private readonly ks: number[],
  ) {
    this.#labels = ks.map(() => new BoundedLabels(rows, norms));
  }

  async step(tasks: Task[], signal?: AbortSignal): Promise<LloydStep[]> {
    const pace = new Pace(signal);
    const steps: LloydStep[] = [];
    for (const { slot, centres } of tasks) {
      const k = this.ks[slot];
      const { n, d } = this.rows;
      const bounded = this.#labels[slot];
      bounded.moveTo(layOutCentres(centres, k, d));
      const step = { sums: new Float64Array(k * d), counts: new Uint32Array(k), changed: 0 };
      for (const [from, to] of blocks(n, k * d)) {
        step.changed += bounded.assign(from, to);
        addToSums(this.rows, bounded.labels, from, to, step.sums, step.counts);
        await pace.turn();
      }
      steps.push(step);
    }
    return steps;
  }

  async assign({ slot, centres }: Task, signal?: AbortSignal): Promise<Assignment> {
    const pace = new Pace(signal);
    const { n, d } = this.rows;
    const fresh = new BoundedLabels(this.rows, this.norms);
    fresh.moveTo(layOutCentres(centres, this.ks[slot], d));
    const { labels } = fresh;
    const squared = new Float64Array(n);
    for (const [from, to] of blocks(n, this.ks[slot] * d)) {
      fresh.assign(from, to);
      squaredDistances(this.rows, centres, labels, from, to, squared);
      await pace.turn();
    }
    return { labels, squared };
  }

  close(): void {
    this.#labels.length = 0;
  }
}

class CpuSeeding implements Seeding {
  #closest: Float64Array;
  #candidates: Float64Array[] = [];

  constructor(private readonly rows: Rows) {
    this.#closest = new Float64Array(rows.n).fill(Infinity);
  }

  async candidates(chosen: number[]): Promise<Float64Array[]> {
    const { n, d, data } = this.rows;
    while (this.#candidates.length < chosen.length) this.#candidates.push(new Float64Array(n));
    chosen.forEach((row, place) => {
      const out = this.#candidates[place];
      const centre = Float64Array.from(data.subarray(row * d, (row + 1) * d));
      for (let i = 0; i < n; i++) out[i] = Math.min(this.#closest[i], squaredTo(data, i * d, centre));
    });
    return this.#candidates.slice(0, chosen.length);
  }

  keep(index: number): void {
    [this.#closest, this.#candidates[index]] = [this.#candidates[index], this.#closest];
  }

  close(): void {
    this.#candidates = [];
  }
}

/** Sum of (x - c)^2 of the row that starts at `from`, over four running sums. */
function squaredTo(data: Float32Array, from: number, centre: Float64Array): number {
  const d = centre.length;
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let t = 0;
  for (; t + 3 < d; t += 4) {
    const g0 = data[from + t] - centre[t];
    const g1 = data[from + t + 1] - centre[t + 1];
    const g2 = data[from + t + 2] - centre[t + 2];
    const g3 = data[from + t + 3] - centre[t + 3];
    s0 += g0 * g0;
    s1 += g1 * g1;
    s2 += g2 * g2;
    s3 += g3 * g3;
  }
  for (; t < d; t++) s0 += (data[from + t] - centre[t]) ** 2;
  return s0 + s1 + (s2 + s3);
}

function* blocks(n: number, workPerRow: number): Generator<[number, number]> {
  const size = Math.max(64, Math.floor(BLOCK_WORK / workPerRow)) & ~3;
  for (let from = 0; from < n; from += size) yield [from, Math.min(n, from + size)];
}
