import type { Gpu } from './device';

/** Centres of one fit: k x d in f64, and the slot its labels are kept in. */
export interface CentreSet {
  slot: number;
  k: number;
  centres: Float64Array;
}

/** Several sets of centres on the GPU, stacked. */
export interface StackedSets {
  sets: CentreSet[];
  d: number;
  /** All k together. */
  total: number;
  /** total x d, f32. */
  centres: GPUBuffer;
  /** total, |c|^2 of the f32 centres. */
  norms: GPUBuffer;
  /** 4 u32 a set: first centre, k, slot, 0. */
  table: GPUBuffer;
}

/** Uploads sets of centres one after the other. Throws RangeError when a length is not k x d. `releaseSets` it. */
export function stackSets(gpu: Gpu, sets: CentreSet[], d: number): StackedSets {
  const total = sets.reduce((sum, { k }) => sum + k, 0);
  const centres = new Float32Array(total * d);
  const norms = new Float32Array(total);
  const table = new Uint32Array(sets.length * 4);
  let first = 0;
  sets.forEach((set, s) => {
    if (set.k < 1 || set.centres.length !== set.k * d)
      throw new RangeError(`centres: ${set.centres.length} numbers for ${set.k} x ${d}`);
    table.set([first, set.k, set.slot], s * 4);
    centres.set(set.centres, first * d);
    for (let c = first; c < first + set.k; c++) {
      let sum = 0;
      for (let t = c * d; t < (c + 1) * d; t++) sum += centres[t] * centres[t];
      norms[c] = sum;
    }
    first += set.k;
  });
  return {
    sets,
    d,
    total,
    centres: gpu.upload(centres, 'centres'),
    norms: gpu.upload(norms, 'centre norms'),
    table: gpu.upload(table, 'centre sets'),
  };
}

export function releaseSets(gpu: Gpu, { centres, norms, table }: StackedSets): void {
  gpu.release(centres, norms, table);
}
