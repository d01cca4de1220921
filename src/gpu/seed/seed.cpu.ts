/**
 * The reference of the `seed` kernel for one candidate: min(closest, sum of (x - c)^2) of these rows, in this order, and the
 * sum of them; f64.
 */
export function seedReference(
  { d, data }: { n: number; d: number; data: Float32Array },
  rows: ArrayLike<number>,
  centre: ArrayLike<number>,
  closest: (row: number) => number,
): { after: Float64Array; sum: number } {
  const after = Float64Array.from(rows, (i) => {
    let sum = 0;
    for (let t = 0; t < d; t++) sum += (data[i * d + t] - centre[t]) ** 2;
    return Math.min(closest(i), sum);
  });
  return { after, sum: after.reduce((total, value) => total + value, 0) };
}
