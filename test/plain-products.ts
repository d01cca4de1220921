import type { Products } from '../src/analysis/products';

/** Products in plain f64, the reference for those of the engines. */
export const plainProducts: Products = {
  async scatter({ n, d, data }, mean) {
    const out = new Float64Array(d * d);
    const row = new Float64Array(d);
    for (let i = 0; i < n; i++) {
      for (let t = 0; t < d; t++) row[t] = data[i * d + t] - mean[t];
      for (let p = 0; p < d; p++) for (let q = 0; q < d; q++) out[p * d + q] += row[p] * row[q];
    }
    return out;
  },
  async project({ n, d, data }, mean, vectors, r) {
    const out = new Float64Array(n * r);
    for (let i = 0; i < n; i++) {
      for (let q = 0; q < r; q++) {
        for (let t = 0; t < d; t++) out[i * r + q] += (data[i * d + t] - mean[t]) * vectors[q * d + t];
      }
    }
    return out;
  },
};
