import type { Gpu } from './device';

/** Centres a thread of the assignment compares at once; each fit is padded to whole quads. */
export const QUAD = 4;
/** |c|^2 of a padding row: larger than any score. */
export const FAR = 3e38;

/** Where the centres of one fit lie in a `CentreStore`, and the place of its labels and state. */
export interface CentreSet {
  slot: number;
  first: number;
  k: number;
}

/**
 * The centres of several fits on the GPU, f32: `rows` x d, row-major, each fit from row `sets[slot].first` on and padded to
 * a multiple of four rows; behind them, from number `normsAt`, |c|^2 of each row.
 */
export class CentreStore {
  readonly sets: CentreSet[];
  readonly rows: number;
  readonly normsAt: number;
  readonly buffer: GPUBuffer;

  /** Room for `ks[slot]` centres in each slot. Throws RangeError when they exceed one binding. `release` it. */
  constructor(
    private readonly gpu: Gpu,
    ks: number[],
    readonly d: number,
  ) {
    let first = 0;
    this.sets = ks.map((k, slot) => {
      const set = { slot, first, k };
      first += Math.ceil(k / QUAD) * QUAD;
      return set;
    });
    this.rows = first;
    this.normsAt = first * d;
    const bytes = first * (d + 1) * 4;
    if (bytes > gpu.bindingLimit) throw new RangeError(`centres: ${first} x ${d} exceed one binding`);
    this.buffer = gpu.storage(bytes, 'centres');
  }

  /** Puts centres (k x d) into a slot, rounded to f32. Throws RangeError when their number is not that of the slot. */
  write(slot: number, centres: ArrayLike<number>): void {
    const { d } = this;
    const { first, k } = this.sets[slot];
    if (k < 1 || centres.length !== k * d)
      throw new RangeError(`centres: ${centres.length} numbers for ${k} x ${d}`);
    const data = Float32Array.from(centres);
    const norms = new Float32Array(Math.ceil(k / QUAD) * QUAD).fill(FAR);
    for (let c = 0; c < k; c++) {
      let sum = 0;
      for (let t = c * d; t < (c + 1) * d; t++) sum += data[t] * data[t];
      norms[c] = sum;
    }
    const { queue } = this.gpu.device;
    queue.writeBuffer(this.buffer, first * d * 4, data);
    queue.writeBuffer(this.buffer, (this.normsAt + first) * 4, norms);
  }

  release(): void {
    this.gpu.release(this.buffer);
  }
}
