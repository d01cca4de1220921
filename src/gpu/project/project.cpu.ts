/** The reference of the `project` kernel: X V^T of n x d rows and r x d vectors, n x r in f64. */
export function projectReference(
  { n, d, data }: { n: number; d: number; data: Float32Array },
  vectors: ArrayLike<number>,
  r: number,
): Float64Array {
  return Float64Array.from({ length: n * r }, (_, place) => {
    const i = Math.floor(place / r);
    let sum = 0;
    for (let t = 0; t < d; t++) sum += data[i * d + t] * vectors[(place % r) * d + t];
    return sum;
  });
}
