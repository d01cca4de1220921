/** The reference of the `update` kernel: sums (k x d) in f64 and counts of the rows of each cluster. */
export function updateReference(
  { n, d, data }: { n: number; d: number; data: Float32Array },
  labels: ArrayLike<number>,
  k: number,
): { sums: Float64Array; counts: Uint32Array } {
  const sums = new Float64Array(k * d);
  const counts = new Uint32Array(k);
  for (let i = 0; i < n; i++) {
    counts[labels[i]]++;
    for (let t = 0; t < d; t++) sums[labels[i] * d + t] += data[i * d + t];
  }
  return { sums, counts };
}
