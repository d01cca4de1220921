/** The reference of the `scatter` kernel: X^T X of n x d rows, d x d in f64. */
export function scatterReference({ n, d, data }: { n: number; d: number; data: Float32Array }): Float64Array {
  const out = new Float64Array(d * d);
  for (let i = 0; i < n; i++)
    for (let p = 0; p < d; p++)
      for (let q = 0; q < d; q++) out[p * d + q] += data[i * d + p] * data[i * d + q];
  return out;
}
