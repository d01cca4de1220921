import type { Metric } from '../domain/search';

/** How far a distance computed in f32 may be off: `relative` of its value, and `absolute`. */
export interface ErrorBound {
  relative: number;
  absolute: number;
}

/** What both kernels keep within (their own bounds, doubled), for sums over d columns. */
export function errorBound(metric: Metric, d: number): ErrorBound {
  const sums = (d / 8 + 32) * 2 ** -23;
  return metric === 'euclidean' ? { relative: sums, absolute: 1e-30 } : { relative: 0, absolute: 4 * sums };
}

/**
 * All places that may be among the `count` smallest once distances are exact, rising; `left` are out of the question. Every
 * row whose computed distance is so close to the last one that rounding could have moved it past that is among them.
 */
export function candidates(
  distances: Float32Array,
  count: number,
  bound: ErrorBound,
  left: ReadonlySet<number>,
): Uint32Array {
  const n = distances.length;
  const last = count + left.size;
  if (count <= 0) return new Uint32Array(0);
  const cut = last >= n ? Infinity : highest(highest(smallest(distances, last), bound, -1), bound, 1);
  return upTo(distances, cut, left);
}

/** All places that may be within `limit`, rising. */
export function candidatesWithin(
  distances: Float32Array,
  limit: number,
  bound: ErrorBound,
  left: ReadonlySet<number>,
): Uint32Array {
  return upTo(distances, highest(limit, bound, 1), left);
}

/** The largest exact value (-1) for a computed one, or the largest computed value (1) for an exact one. */
function highest(value: number, { relative, absolute }: ErrorBound, way: 1 | -1): number {
  return way === 1 ? value * (1 + relative) + absolute : (value + absolute) / (1 - relative);
}

function upTo(distances: Float32Array, cut: number, left: ReadonlySet<number>): Uint32Array {
  const places: number[] = [];
  for (let i = 0; i < distances.length; i++) if (distances[i] <= cut && !left.has(i)) places.push(i);
  return Uint32Array.from(places);
}

/** The `count`-th smallest value, 1 <= count <= n (quickselect on a copy, the middle of three as pivot). */
export function smallest(values: Float32Array, count: number): number {
  const a = values.slice();
  const wanted = count - 1;
  let low = 0;
  let high = a.length - 1;
  while (low < high) {
    const pivot = middle(a[low], a[(low + high) >> 1], a[high]);
    let i = low;
    let j = high;
    while (i <= j) {
      while (a[i] < pivot) i++;
      while (a[j] > pivot) j--;
      if (i > j) break;
      [a[i], a[j]] = [a[j], a[i]];
      i++;
      j--;
    }
    if (wanted <= j) high = j;
    else if (wanted >= i) low = i;
    else break;
  }
  return a[wanted];
}

function middle(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
