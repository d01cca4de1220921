import { plainProducts } from './plain-products';
import { prepareRows, type Vectors } from '../src/analysis/prepare';
import { Random } from '../src/analysis/random';
import { residentSource } from '../src/analysis/row-source';
import type { Rows } from '../src/analysis/rows';

/** Standard normal numbers, n x d, times `spread` plus `shift`. */
export function normalRows(n: number, d: number, seed = 1, spread = 1, shift = 0): Rows {
  const random = new Random(seed);
  const data = Float32Array.from({ length: n * d }, () => shift + spread * random.normal());
  return { n, d, data };
}

/** `groups` normal blobs of unit spread whose centres lie `apart` times a standard normal from the origin. */
export function blobs(n: number, d: number, groups: number, apart = 4, seed = 1): Rows {
  const random = new Random(seed);
  const centres = Float64Array.from({ length: groups * d }, () => apart * random.normal());
  const data = new Float32Array(n * d);
  for (let i = 0; i < n; i++) {
    for (let t = 0; t < d; t++) data[i * d + t] = centres[(i % groups) * d + t] + random.normal();
  }
  return { n, d, data };
}

/** Rows as a job gets them: any preparation, in a matrix of its own. */
export function vectorsOf(rows: Rows): Vectors {
  return {
    n: rows.n,
    d: rows.d,
    prepared: (how, signal, progress) =>
      prepareRows(residentSource(rows), how, {
        products: plainProducts,
        allocate: (n, d) => ({ n, d, data: new Float32Array(n * d) }),
        signal,
        progress,
      }),
    streamed: async () => null,
  };
}
