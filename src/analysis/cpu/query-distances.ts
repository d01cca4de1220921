import type { Metric } from '../../domain/search';
import type { Rows } from '../rows';
import { ArenaRows, rowsPerPart } from './rows-in-arena';
import { Scratch } from './scratch';

/**
 * Distances of rows to queries, q x n, f32, in WebAssembly SIMD on all threads: squared Euclidean ones, within
 * (d / 8 + 16) 2^-24 relative of f64, or cosine ones, within four times that in absolute terms. Errors: `cancelled`.
 */
export async function cpuQueryDistances(
  rows: Rows,
  queries: Rows,
  metric: Metric,
  signal?: AbortSignal,
): Promise<Float32Array> {
  const { n, d } = rows;
  if (n === 0 || queries.n === 0) return new Float32Array(0);
  const placed = new ArenaRows(rows);
  const { arena } = placed;
  const memory = new Scratch(arena);
  try {
    const numbers = memory.take(4 * queries.n * d);
    const squares = memory.take(4 * queries.n);
    const out = memory.take(4 * queries.n * n);
    arena.f32(numbers, queries.n * d).set(queries.data);
    arena.f32(squares, queries.n).set(squaresOf(queries));
    const perPart = rowsPerPart(n, queries.n * d);
    await placed.run('nearest', Math.ceil(n / perPart), signal, (scratch) =>
      scratch.struct([
        placed.x,
        d,
        n,
        perPart,
        numbers,
        squares,
        queries.n,
        metric === 'cosine' ? 1 : 0,
        out,
      ]),
    );
    return arena.f32(out, queries.n * n).slice();
  } finally {
    memory.close();
    placed.close();
  }
}

function squaresOf({ n, d, data }: Rows): Float32Array {
  return Float32Array.from({ length: n }, (_, q) =>
    data.subarray(q * d, (q + 1) * d).reduce((sum, value) => sum + value * value, 0),
  );
}
