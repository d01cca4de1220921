/** What the nearest neighbours are sought in; see `KnnTask` in analysis. Plain f64. */
export interface NeighbourTask {
  rows: { n: number; d: number; data: Float32Array };
  queries: { n: number; d: number; data: Float32Array };
  /** For each query the row that is left out; 2^32 - 1: none. */
  self: Uint32Array;
  k: number;
  plan: {
    /** First query, queries (at most 64), first block, blocks. */
    tiles: Uint32Array;
    /** First row, rows (at most 64). */
    blocks: Uint32Array;
  };
}

/** The k nearest rows of each query by squared distance, of equals the first that was met: m x k. */
export function neighboursReference({ rows, queries, self, k, plan }: NeighbourTask): {
  rows: Uint32Array;
  squared: Float64Array;
} {
  const out = {
    rows: new Uint32Array(queries.n * k).fill(0xffffffff),
    squared: new Float64Array(queries.n * k).fill(Infinity),
  };
  const { d } = rows;
  for (let tile = 0; tile < plan.tiles.length; tile += 4) {
    const [first, count, block0, blocks] = plan.tiles.subarray(tile, tile + 4);
    for (let q = first; q < first + count; q++) {
      const all: { row: number; squared: number }[] = [];
      for (let b = block0; b < block0 + blocks; b++)
        for (let row = plan.blocks[2 * b]; row < plan.blocks[2 * b] + plan.blocks[2 * b + 1]; row++) {
          let squared = 0;
          for (let t = 0; t < d; t++) squared += (queries.data[q * d + t] - rows.data[row * d + t]) ** 2;
          if (row !== self[q]) all.push({ row, squared });
        }
      all.sort((a, b) => a.squared - b.squared);
      all.slice(0, k).forEach((near, p) => {
        out.rows[q * k + p] = near.row;
        out.squared[q * k + p] = near.squared;
      });
    }
  }
  return out;
}
