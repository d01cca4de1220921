/** For each output pixel the input pixels under its filter and their weights. */
export interface Coefficients {
  /** First input pixel. */
  first: Int32Array;
  /** Number of input pixels. */
  count: Int32Array;
  /** Weights with PRECISION fractional bits, `taps` per output pixel. */
  weights: Int32Array;
  taps: number;
}

/** Fractional bits of a weight: 32 minus 8 bits of a channel minus 2 to spare. */
export const PRECISION = 22;

/**
 * The weights of Pillow's antialiased triangle filter ("bilinear") from `from` pixels to `to`, for outputs start ..
 * start + length - 1: in f64, rounded to integers. Source of the method: Pillow, Resample.c.
 */
export function coefficients(from: number, to: number, start: number, length: number): Coefficients {
  const scale = from / to;
  const support = Math.max(scale, 1);
  const taps = Math.ceil(support) * 2 + 1;
  const first = new Int32Array(length);
  const count = new Int32Array(length);
  const weights = new Int32Array(length * taps);
  const exact = new Float64Array(taps);
  // The inverse is multiplied, as Pillow does: a division would round differently.
  const inverse = 1 / support;
  for (let i = 0; i < length; i++) {
    const centre = (start + i + 0.5) * scale;
    const low = Math.max(0, Math.trunc(centre - support + 0.5));
    const n = Math.min(from, Math.trunc(centre + support + 0.5)) - low;
    let total = 0;
    for (let k = 0; k < n; k++) {
      exact[k] = Math.max(0, 1 - Math.abs((k + low - centre + 0.5) * inverse));
      total += exact[k];
    }
    for (let k = 0; k < n; k++)
      weights[i * taps + k] = Math.trunc((exact[k] / total) * (1 << PRECISION) + 0.5);
    first[i] = low;
    count[i] = n;
  }
  return { first, count, weights, taps };
}
