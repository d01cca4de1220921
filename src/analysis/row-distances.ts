import { Pace } from './pace';
import type { Products } from './products';
import { squaredNorms, type Rows } from './rows';

/** Numbers (f32) of distances that are held at once: 32 MiB. */
const MOST_DISTANCES = 2 ** 23;

/** Distances from rows `row0` .. `row0 + n - 1` to r points: n x r, row-major. */
export interface DistanceBlock {
  row0: number;
  n: number;
  distances: Float32Array | Float64Array;
}

/**
 * Euclidean distances from all rows (centred) to r points (r x d, centred alike), block by block, as
 * |x|^2 - 2 x.p + |p|^2: products in f32, so that a distance is good to about a thousandth of the length of a row where it is 0,
 * and to 1e-6 where it is as long. A block is used up before the next is asked for. Errors: `cancelled`.
 */
export async function* distanceBlocks(
  rows: Rows,
  points: Rows,
  products: Products,
  signal?: AbortSignal,
): AsyncGenerator<DistanceBlock> {
  const { n, d, data } = rows;
  const r = points.n;
  const zero = new Float64Array(d);
  const vectors = Float64Array.from(points.data.subarray(0, r * d));
  const pointNorms = squaredNorms(points);
  const most = Math.max(1, Math.floor(MOST_DISTANCES / Math.max(1, r)));
  const pace = new Pace(signal);
  for (let row0 = 0; row0 < n; row0 += most) {
    const block = { n: Math.min(most, n - row0), d, data: data.subarray(row0 * d, (row0 + most) * d) };
    const distances = await products.project(block, zero, vectors, r, signal);
    const norms = squaredNorms(block);
    for (let i = 0, p = 0; i < block.n; i++)
      for (let j = 0; j < r; j++, p++)
        distances[p] = Math.sqrt(Math.max(0, norms[i] + pointNorms[j] - 2 * distances[p]));
    yield { row0, n: block.n, distances };
    await pace.turn();
  }
}

/** The rows at these places, copied. */
export function gather({ d, data }: Rows, places: ArrayLike<number>): Rows {
  const out = new Float32Array(places.length * d);
  for (let i = 0; i < places.length; i++) out.set(data.subarray(places[i] * d, (places[i] + 1) * d), i * d);
  return { n: places.length, d, data: out };
}
