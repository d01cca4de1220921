import type { RowSource } from '../analysis/row-source';
import type { Rows } from '../analysis/rows';
import { countVectors, readVectorChunk, readVectors } from '../store/vectors';

/** Rows of a block: batches are committed by the handful, and arithmetic wants more at once. */
const BLOCK = 4096;

/** The committed vectors of a descriptor as they are now; rows that are committed later stay out. */
export async function vectorSource(projectId: string, specKey: string): Promise<RowSource> {
  const n = await countVectors(projectId, specKey);
  const d = n > 0 ? ((await readVectorChunk(projectId, specKey, 0))?.d ?? 0) : 0;
  return {
    n,
    d,
    async *chunks() {
      if (n === 0) return;
      const data = new Float32Array(Math.min(BLOCK, n) * d);
      let row0 = 0;
      let filled = 0;
      for await (const chunk of readVectors(projectId, specKey)) {
        for (let from = 0; from < chunk.n && row0 + filled < n;) {
          const count = Math.min(chunk.n - from, BLOCK - filled, n - row0 - filled);
          data.set(chunk.data.subarray(from * d, (from + count) * d), filled * d);
          filled += count;
          from += count;
          if (filled < BLOCK && row0 + filled < n) continue;
          yield { row0, n: filled, data: data.subarray(0, filled * d) };
          row0 += filled;
          filled = 0;
        }
        if (row0 >= n) return;
      }
    },
    async rows(indices): Promise<Rows> {
      const data = new Float32Array(indices.length * d);
      const places = Array.from(indices.keys()).sort((a, b) => indices[a] - indices[b]);
      let chunk: Awaited<ReturnType<typeof readVectorChunk>> = null;
      for (const place of places) {
        const row = indices[place];
        if (!chunk || row < chunk.row0 || row >= chunk.row0 + chunk.n)
          chunk = await readVectorChunk(projectId, specKey, row);
        if (!chunk) throw new RangeError(`There is no vector ${row}.`);
        data.set(chunk.data.subarray((row - chunk.row0) * d, (row - chunk.row0 + 1) * d), place * d);
      }
      return { n: indices.length, d, data };
    },
  };
}
