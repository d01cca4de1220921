import type { RowBlock, RowSource } from '../analysis/row-source';
import type { Rows } from '../analysis/rows';
import type { VectorChunk } from '../store/schema';
import { countVectors, readVectorChunk, readVectors } from '../store/vectors';

/** Rows of a block: batches are committed by the handful, and arithmetic wants more at once. */
const BLOCK = 4096;

/** Where matrices lie. */
export interface RowMemory {
  allocate(n: number, d: number): Rows;
  release(rows: Rows): void;
}

/** The committed vectors of a descriptor as they are now; rows that are committed later stay out. */
export async function vectorSource(
  projectId: string,
  specKey: string,
  memory: RowMemory,
): Promise<RowSource> {
  const n = await countVectors(projectId, specKey);
  const d = n > 0 ? ((await readVectorChunk(projectId, specKey, 0))?.d ?? 0) : 0;
  return {
    n,
    d,
    copies: true,
    async *chunks() {
      if (n === 0) return;
      const block = memory.allocate(Math.min(BLOCK, n), d);
      try {
        yield* regrouped(readVectors(projectId, specKey), n, block);
      } finally {
        memory.release(block);
      }
    },
    async rows(indices): Promise<Rows> {
      const data = new Float32Array(indices.length * d);
      const places = Array.from(indices.keys()).sort((a, b) => indices[a] - indices[b]);
      let chunk: VectorChunk | null = null;
      for (const place of places) {
        const row = indices[place];
        if (!chunk || row >= chunk.row0 + chunk.n) chunk = await readVectorChunk(projectId, specKey, row);
        if (!chunk) throw new RangeError(`There is no vector ${row}.`);
        data.set(chunk.data.subarray((row - chunk.row0) * d, (row - chunk.row0 + 1) * d), place * d);
      }
      return { n: indices.length, d, data };
    },
  };
}

/** The first `n` rows of the chunks, as many at a time as `block` holds. */
async function* regrouped(
  chunks: AsyncIterable<VectorChunk>,
  n: number,
  { n: most, d, data }: Rows,
): AsyncGenerator<RowBlock> {
  let row0 = 0;
  let filled = 0;
  for await (const chunk of chunks) {
    for (let from = 0; from < chunk.n && row0 + filled < n;) {
      const count = Math.min(chunk.n - from, most - filled, n - row0 - filled);
      data.set(chunk.data.subarray(from * d, (from + count) * d), filled * d);
      filled += count;
      from += count;
      if (filled < most && row0 + filled < n) continue;
      yield { row0, n: filled, data: data.subarray(0, filled * d) };
      row0 += filled;
      filled = 0;
    }
    if (row0 >= n) return;
  }
}
