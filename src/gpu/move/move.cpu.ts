/**
 * The reference of the `move` and `settle` kernels, f64: centres (k x d) moved to sum / count, and what becomes of the fit.
 * With an empty cluster nothing moves.
 */
export function moveReference(
  centres: Float64Array,
  sums: ArrayLike<number>,
  counts: ArrayLike<number>,
  changed: number,
  shift: number,
): { centres: Float64Array; state: 'going' | 'converged' | 'empty' } {
  if (Array.from(counts).includes(0)) return { centres, state: 'empty' };
  const d = centres.length / counts.length;
  const moved = centres.map((_, e) => sums[e] / counts[Math.floor(e / d)]);
  const squared = moved.reduce((sum, value, e) => sum + (value - centres[e]) ** 2, 0);
  return { centres: moved, state: changed === 0 || squared <= shift ? 'converged' : 'going' };
}
