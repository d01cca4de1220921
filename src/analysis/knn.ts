import type { RowSource } from './row-source';

export interface Neighbours {
  rows: Uint32Array;
  /** Euclidean. */
  distances: Float32Array;
}

/** The `count` rows nearest to `row` (Euclidean, itself excluded), nearest first; ties: lowest row. Exact, f64. */
export async function nearestRows(source: RowSource, row: number, count: number): Promise<Neighbours> {
  const { d } = source;
  const query = (await source.rows(Uint32Array.of(row))).data;
  const best: { row: number; squared: number }[] = [];
  for await (const { row0, n, data } of source.chunks()) {
    for (let i = 0, p = 0; i < n; i++, p += d) {
      if (row0 + i === row) continue;
      const squared = squaredDistance(data, p, query, d);
      if (best.length === count && squared >= best[count - 1].squared) continue;
      let place = best.length;
      while (place > 0 && best[place - 1].squared > squared) place--;
      best.splice(place, 0, { row: row0 + i, squared });
      if (best.length > count) best.pop();
    }
  }
  return {
    rows: Uint32Array.from(best, (near) => near.row),
    distances: Float32Array.from(best, (near) => Math.sqrt(near.squared)),
  };
}

function squaredDistance(data: Float32Array, from: number, query: Float32Array, d: number): number {
  let sum = 0;
  for (let t = 0; t < d; t++) sum += (data[from + t] - query[t]) ** 2;
  return sum;
}
