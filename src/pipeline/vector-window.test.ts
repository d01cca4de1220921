import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VectorWindow } from './vector-window';

/** Passes over `order` until all chunks are out; the vectors of the rows, null for those without, and the passes. */
function fill(order: readonly number[], n: number, bytes: { chunk: number; window: number }, unsound = -1) {
  const wanted = new Uint8Array(n);
  for (const row of order) wanted[row] = 1;
  const window = new VectorWindow(n, 1, wanted, bytes);
  const rows: (number | null)[] = [];
  let passes = 0;
  while (window.done < window.chunks) {
    if (++passes > n + 1) throw new Error('no end');
    for (const row of order) {
      window.put(row, row === unsound ? null : Float32Array.of(row));
      for (let chunk = window.take(); chunk; chunk = window.take()) {
        expect(chunk.row0).toBe(rows.length);
        for (let i = 0; i < chunk.n; i++)
          rows.push(chunk.bad?.includes(chunk.row0 + i) ? null : chunk.data[i]);
      }
    }
  }
  return { rows, passes };
}

const orders = fc.integer({ min: 1, max: 60 }).chain((n) =>
  fc.record({
    n: fc.constant(n),
    order: fc.shuffledSubarray(
      Array.from({ length: n }, (_, i) => i),
      { minLength: 1 },
    ),
    chunk: fc.integer({ min: 4, max: 40 }),
    window: fc.integer({ min: 4, max: 100 }),
  }),
);

describe('a window over the rows', () => {
  it('gives every row its vector, in whatever order they come', () => {
    fc.assert(
      fc.property(orders, ({ n, order, chunk, window }) => {
        const last = Math.max(...order) + 1;
        const { rows } = fill(order, Math.min(n, last), { chunk, window });
        expect(rows).toEqual(Array.from({ length: last }, (_, row) => (order.includes(row) ? row : null)));
      }),
    );
  });

  it('needs one pass when the file has the order of the rows', () => {
    const inOrder = Array.from({ length: 100 }, (_, i) => i);
    expect(fill(inOrder, 100, { chunk: 16, window: 16 }).passes).toBe(1);
    expect(fill(inOrder.toReversed(), 100, { chunk: 16, window: 16 }).passes).toBeGreaterThan(1);
    expect(fill(inOrder.toReversed(), 100, { chunk: 16, window: 400 }).passes).toBe(1);
  });

  it('leaves out a row whose numbers are unsound', () => {
    expect(fill([2, 0, 1], 3, { chunk: 8, window: 8 }, 0).rows).toEqual([null, 1, 2]);
  });
});
