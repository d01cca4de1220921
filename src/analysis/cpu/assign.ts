import type { Rows } from '../rows';
import { dot4x2 } from './tile';

/** Centres laid out for `nearest`: an even number of rows (the last repeated) and their squared lengths. */
export interface Centres {
  k: number;
  d: number;
  data: Float64Array;
  norms: Float64Array;
}

export function layOutCentres(centres: Float64Array, k: number, d: number): Centres {
  const padded = k + (k & 1);
  const data = new Float64Array(padded * d);
  data.set(centres);
  if (padded > k) data.copyWithin(k * d, (k - 1) * d, k * d);
  const norms = new Float64Array(padded);
  for (let j = 0; j < padded; j++) {
    let sum = 0;
    for (let t = j * d; t < (j + 1) * d; t++) sum += data[t] * data[t];
    norms[j] = sum;
  }
  return { k, d, data, norms };
}

const dots = new Float64Array(8);

/**
 * Labels of rows `from` .. `to` - 1: the centre with the least |c|^2 - 2 x.c in f64; ties go to the lowest index.
 * Returns how many labels changed.
 */
export function nearest(rows: Rows, centres: Centres, from: number, to: number, labels: Uint16Array): number {
  const { d, data } = rows;
  const { norms } = centres;
  const last = to - 1;
  let changed = 0;
  for (let i = from; i < to; i += 4) {
    const i1 = Math.min(i + 1, last);
    const i2 = Math.min(i + 2, last);
    const i3 = Math.min(i + 3, last);
    let best0 = Infinity;
    let best1 = Infinity;
    let best2 = Infinity;
    let best3 = Infinity;
    let label0 = 0;
    let label1 = 0;
    let label2 = 0;
    let label3 = 0;
    for (let j = 0; j < norms.length; j += 2) {
      dot4x2(data, i * d, i1 * d, i2 * d, i3 * d, centres.data, j * d, (j + 1) * d, d, dots);
      for (let side = 0; side < 2; side++) {
        const norm = norms[j + side];
        const s0 = norm - 2 * dots[side];
        const s1 = norm - 2 * dots[2 + side];
        const s2 = norm - 2 * dots[4 + side];
        const s3 = norm - 2 * dots[6 + side];
        if (s0 < best0) {
          best0 = s0;
          label0 = j + side;
        }
        if (s1 < best1) {
          best1 = s1;
          label1 = j + side;
        }
        if (s2 < best2) {
          best2 = s2;
          label2 = j + side;
        }
        if (s3 < best3) {
          best3 = s3;
          label3 = j + side;
        }
      }
    }
    if (labels[i] !== label0) changed++;
    labels[i] = label0;
    if (i + 1 <= last) {
      if (labels[i1] !== label1) changed++;
      labels[i1] = label1;
    }
    if (i + 2 <= last) {
      if (labels[i2] !== label2) changed++;
      labels[i2] = label2;
    }
    if (i + 3 <= last) {
      if (labels[i3] !== label3) changed++;
      labels[i3] = label3;
    }
  }
  return changed;
}

/** Squared distance of each row to the centre of its label, as the sum of (x - c)^2 in f64. */
export function squaredDistances(
  rows: Rows,
  centres: Float64Array,
  labels: Uint16Array,
  from: number,
  to: number,
  out: Float64Array,
): void {
  const { d, data } = rows;
  for (let i = from; i < to; i++) {
    const c = labels[i] * d;
    const x = i * d;
    let sum = 0;
    for (let t = 0; t < d; t++) {
      const gap = data[x + t] - centres[c + t];
      sum += gap * gap;
    }
    out[i] = sum;
  }
}

/** Adds rows `from` .. `to` - 1 to the sums (k x d) and counts of their clusters. */
export function addToSums(
  rows: Rows,
  labels: Uint16Array,
  from: number,
  to: number,
  sums: Float64Array,
  counts: Uint32Array,
): void {
  const { d, data } = rows;
  for (let i = from; i < to; i++) {
    const c = labels[i] * d;
    const x = i * d;
    for (let t = 0; t < d; t++) sums[c + t] += data[x + t];
    counts[labels[i]]++;
  }
}
