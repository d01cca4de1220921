/** Ranges that a column of numbers is cut into, about this many. */
const WANTED = 10;

/**
 * Edges of ranges of equal width over all finite values, at round numbers (1, 2 or 5 times a power of ten), ascending;
 * none without a value.
 */
export function binEdges(values: ArrayLike<number>, wanted = WANTED): number[] {
  const { low, high } = spanOf(values);
  if (low > high) return [];
  if (low === high) return [low, high];
  const step = roundStep((high - low) / wanted);
  if (!(step > 0)) return [low, high];
  const first = Math.floor(low / step);
  const last = Math.max(Math.ceil(high / step), first + 1);
  // Multiples of 0.1 and the like are not exact in binary: 15 digits write what was meant.
  const edges = Array.from({ length: last - first + 1 }, (_, i) =>
    Number(((first + i) * step).toPrecision(15)),
  );
  edges[0] = Math.min(edges[0], low);
  edges[edges.length - 1] = Math.max(edges[edges.length - 1], high);
  return rising(edges);
}

/** Edges of ranges that hold about equally many of the finite values each (quantiles, linear interpolation); equal ones once. */
export function quantileEdges(values: Float64Array, wanted = WANTED): number[] {
  const sorted = values.filter(Number.isFinite).sort();
  if (sorted.length === 0) return [];
  const at = (q: number): number => {
    const place = (sorted.length - 1) * q;
    const low = Math.floor(place);
    const rest = place - low;
    return rest === 0 ? sorted[low] : sorted[low] + (sorted[low + 1] - sorted[low]) * rest;
  };
  const edges = Array.from({ length: wanted + 1 }, (_, i) => at(i / wanted));
  const different = rising(edges);
  return different.length === 1 ? [different[0], different[0]] : different;
}

/** The range that a value is in; values below and above all edges (infinities) are in the first and the last. */
export function binOf(value: number, edges: readonly number[]): number {
  let low = 0;
  let high = edges.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (edges[middle] <= value) low = middle;
    else high = middle - 1;
  }
  return Math.max(low, 0);
}

/** Lowest and highest finite value; low > high when there is none. */
export function spanOf(values: ArrayLike<number>): { low: number; high: number } {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return { low, high };
}

/** Without those that are no higher than the one before. */
const rising = (edges: readonly number[]): number[] =>
  edges.filter((edge, i) => i === 0 || edge > edges[i - 1]);

function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = [1, 2, 5].find((f) => f * power >= least * (1 - 1e-9)) ?? 10;
  return factor * power;
}
