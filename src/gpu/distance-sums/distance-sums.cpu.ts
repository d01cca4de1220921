/**
 * The reference of the `distance-sums` kernels for one labelling: the sum of the Euclidean distances from each sampled row
 * to the rows of each cluster, m x k in f64, each distance as the root of the sum of (x - y)^2.
 */
export function distanceSumsReference(
  { n, d, data }: { n: number; d: number; data: Float32Array },
  sample: Uint32Array,
  { k, labels }: { k: number; labels: Uint16Array },
): Float64Array {
  const sums = new Float64Array(sample.length * k);
  sample.forEach((row, s) => {
    for (let i = 0; i < n; i++) {
      let squared = 0;
      for (let t = 0; t < d; t++) squared += (data[row * d + t] - data[i * d + t]) ** 2;
      sums[s * k + labels[i]] += Math.sqrt(squared);
    }
  });
  return sums;
}
