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

/** The nearest and the second nearest centre of a row: index of the first, |c|^2 - 2 x.c of both. */
export interface Nearest {
  label: Uint16Array;
  first: Float64Array;
  second: Float64Array;
}

const dots = new Float64Array(8);
const four = { label: new Uint16Array(4), first: new Float64Array(4), second: new Float64Array(4) };

/**
 * The nearest centres of up to four rows, by the least |c|^2 - 2 x.c in f64; ties go to the lowest index. The result is
 * overwritten by the next call.
 */
export function nearest(
  rows: Rows,
  centres: Centres,
  i0: number,
  i1: number,
  i2: number,
  i3: number,
): Nearest {
  const { d, data } = rows;
  const { k, norms } = centres;
  const { label, first, second } = four;
  first.fill(Infinity);
  second.fill(Infinity);
  for (let j = 0; j < k; j += 2) {
    dot4x2(data, i0 * d, i1 * d, i2 * d, i3 * d, centres.data, j * d, (j + 1) * d, d, dots);
    const sides = j + 1 < k ? 2 : 1;
    for (let side = 0; side < sides; side++) {
      for (let r = 0; r < 4; r++) {
        const score = norms[j + side] - 2 * dots[2 * r + side];
        if (score < first[r]) {
          second[r] = first[r];
          first[r] = score;
          label[r] = j + side;
        } else if (score < second[r]) {
          second[r] = score;
        }
      }
    }
  }
  return four;
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
