/** n x d numbers, row-major: one row for each image. */
export interface Rows {
  n: number;
  d: number;
  data: Float32Array;
}

/** A copy of the rows at these places, in this order. */
export function pickRows({ d, data }: Rows, indices: Uint32Array): Rows {
  const picked = new Float32Array(indices.length * d);
  indices.forEach((row, i) => picked.set(data.subarray(row * d, (row + 1) * d), i * d));
  return { n: indices.length, d, data: picked };
}

/** Mean of each column, summed in f64. */
export function columnMeans({ n, d, data }: Rows): Float64Array {
  const mean = new Float64Array(d);
  for (let i = 0, p = 0; i < n; i++) for (let j = 0; j < d; j++) mean[j] += data[p++];
  for (let j = 0; j < d; j++) mean[j] /= Math.max(1, n);
  return mean;
}

/** Population variance of each column about the given means, f64. */
export function columnVariances({ n, d, data }: Rows, mean: Float64Array): Float64Array {
  const variance = new Float64Array(d);
  for (let i = 0, p = 0; i < n; i++) {
    for (let j = 0; j < d; j++) {
      const x = data[p++] - mean[j];
      variance[j] += x * x;
    }
  }
  for (let j = 0; j < d; j++) variance[j] /= Math.max(1, n);
  return variance;
}

/**
 * Subtracts the column means in place and returns them. Distances do not change, but |x|^2 - 2 x.c + |c|^2 no longer
 * cancels catastrophically for features with a large common mean (anything after a ReLU).
 */
export function centre(rows: Rows): Float64Array {
  const mean = columnMeans(rows);
  const { n, d, data } = rows;
  for (let i = 0, p = 0; i < n; i++) for (let j = 0; j < d; j++, p++) data[p] -= mean[j];
  return mean;
}

/** Squared length of each row, f64. */
export function squaredNorms({ n, d, data }: Rows): Float64Array {
  const norms = new Float64Array(n);
  for (let i = 0, p = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < d; j++, p++) sum += data[p] * data[p];
    norms[i] = sum;
  }
  return norms;
}

/** How many different rows there are (among `of`, or all), counted up to `limit`; rows are compared exactly. */
export function distinctRows({ n, d, data }: Rows, limit: number, of?: Uint32Array): number {
  const bits = new Uint32Array(data.buffer, data.byteOffset, n * d);
  const byHash = new Map<number, number[]>();
  const count = of?.length ?? n;
  let distinct = 0;
  for (let place = 0; place < count && distinct < limit; place++) {
    const i = of ? of[place] : place;
    let hash = 0x811c9dc5;
    for (let j = i * d; j < (i + 1) * d; j++) hash = Math.imul(hash ^ bits[j], 0x01000193) ^ (hash >>> 15);
    const seen = byHash.get(hash);
    const equal = (other: number) => {
      for (let j = 0; j < d; j++) if (data[i * d + j] !== data[other * d + j]) return false;
      return true;
    };
    if (seen?.some(equal)) continue;
    if (seen) seen.push(i);
    else byHash.set(hash, [i]);
    distinct++;
  }
  return distinct;
}
