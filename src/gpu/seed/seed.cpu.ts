/** The reference of the `seed` kernel for one candidate: min(closest, sum of (x - c)^2) of each row, f64. */
export function seedReference(
  { n, d, data }: { n: number; d: number; data: Float32Array },
  centre: Float32Array,
  closest: ArrayLike<number>,
): Float64Array {
  return Float64Array.from({ length: n }, (_, i) => {
    let sum = 0;
    for (let t = 0; t < d; t++) sum += (data[i * d + t] - centre[t]) ** 2;
    return Math.min(closest[i], sum);
  });
}
