/**
 * Turns principal axes (dims x d, row-major) as earlier ones lie, in place: where more rows have made two axes of about equal
 * variance change places they change back, and each points the way it did. `explained` moves with them.
 */
export function alignAxes(
  axes: Float64Array,
  explained: number[],
  earlier: Float64Array,
  dims: number,
  d: number,
): void {
  const cosine = (a: number, b: number): number => {
    let sum = 0;
    for (let t = 0; t < d; t++) sum += axes[a * d + t] * earlier[b * d + t];
    return sum;
  };
  const cosines = Array.from({ length: dims }, (_, a) =>
    Array.from({ length: dims }, (_, b) => cosine(a, b)),
  );
  let best = { order: [] as number[], sum: -1 };
  for (const order of permutations(dims)) {
    const sum = order.reduce((total, a, b) => total + Math.abs(cosines[a][b]), 0);
    // A little more than nothing, so that roundings do not move what can stay.
    if (sum > best.sum + 1e-9) best = { order, sum };
  }
  const before = axes.slice();
  const shares = explained.slice();
  best.order.forEach((a, b) => {
    const sign = cosines[a][b] < 0 ? -1 : 1;
    for (let t = 0; t < d; t++) axes[b * d + t] = sign * before[a * d + t];
    explained[b] = shares[a];
  });
}

/** The orders of 0 .. n - 1, the rising one first. */
function permutations(n: number): number[][] {
  if (n === 0) return [[]];
  return permutations(n - 1)
    .flatMap((order) =>
      Array.from({ length: n }, (_, at) => [...order.slice(0, at), n - 1, ...order.slice(at)]),
    )
    .sort((a, b) => a.join().localeCompare(b.join()));
}
