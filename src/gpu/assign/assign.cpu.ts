/**
 * The reference of the `assign` kernel: for each row the centre (k x d) with the least sum of (x - c)^2 in f64, the lowest
 * index of equals, and that distance.
 */
export function assignReference(
  { n, d, data }: { n: number; d: number; data: Float32Array },
  centres: Float64Array,
): { labels: Uint32Array; squared: Float64Array } {
  const labels = new Uint32Array(n);
  const squared = new Float64Array(n).fill(Infinity);
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < centres.length / d; c++) {
      let sum = 0;
      for (let t = 0; t < d; t++) sum += (data[i * d + t] - centres[c * d + t]) ** 2;
      if (sum < squared[i]) {
        squared[i] = sum;
        labels[i] = c;
      }
    }
  }
  return { labels, squared };
}
