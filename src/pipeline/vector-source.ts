import type { RowBlock, RowSource } from '../analysis/row-source';
import type { Rows } from '../analysis/rows';
import type { VectorChunk } from '../store/schema';
import { readVectorChunk, readVectors, vectorExtent } from '../store/vectors';

/** Rows of a block: batches are committed by the handful, and arithmetic wants more at once. */
const BLOCK = 4096;

/** Where matrices lie. */
export interface RowMemory {
  allocate(n: number, d: number): Rows;
  release(rows: Rows): void;
}

/** The vectors of a descriptor, packed: row i of the source is row `present[i]` of the project. */
export interface VectorSource extends RowSource {
  /** Rows of the project it is about, those without a vector among them. */
  readonly total: number;
  /** Rows that have a vector, rising; null: all. */
  readonly present: Uint32Array | null;
}

/** The committed vectors of a descriptor as they are now; rows that are committed later stay out. */
export async function vectorSource(
  projectId: string,
  specKey: string,
  memory: RowMemory,
): Promise<VectorSource> {
  const { rows: total, covered, without } = await vectorExtent(projectId, specKey);
  const d = covered > 0 ? ((await readVectorChunk(projectId, specKey, 0))?.d ?? 0) : 0;
  const present =
    without === 0 && covered === total ? null : await rowsWith(projectId, specKey, covered, total);
  const n = present?.length ?? total;
  return {
    n,
    d,
    total,
    present,
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
        const row = present ? present[indices[place]] : indices[place];
        if (!chunk || row >= chunk.row0 + chunk.n) chunk = await readVectorChunk(projectId, specKey, row);
        if (!chunk) throw new RangeError(`There is no vector ${row}.`);
        data.set(chunk.data.subarray((row - chunk.row0) * d, (row - chunk.row0 + 1) * d), place * d);
      }
      return { n: indices.length, d, data };
    },
  };
}

/** The rows that have a vector; null when that are all. */
async function rowsWith(
  projectId: string,
  specKey: string,
  covered: number,
  total: number,
): Promise<Uint32Array | null> {
  const present = new Uint32Array(covered);
  let n = 0;
  for await (const { row0, n: count, bad } of readVectors(projectId, specKey)) {
    const missing = new Set(bad);
    for (let row = row0; row < Math.min(row0 + count, covered); row++)
      if (!missing.has(row)) present[n++] = row;
    if (row0 + count >= covered) break;
  }
  return n === total ? null : present.slice(0, n);
}

/** The first `n` rows of the chunks that have a vector, as many at a time as `block` holds. */
async function* regrouped(
  chunks: AsyncIterable<VectorChunk>,
  n: number,
  { n: most, d, data }: Rows,
): AsyncGenerator<RowBlock> {
  let row0 = 0;
  let filled = 0;
  for await (const chunk of chunks) {
    for (const span of spansWith(chunk)) {
      for (let { from } = span; from < span.to && row0 + filled < n;) {
        const count = Math.min(span.to - from, most - filled, n - row0 - filled);
        data.set(chunk.data.subarray(from * d, (from + count) * d), filled * d);
        filled += count;
        from += count;
        if (filled < most && row0 + filled < n) continue;
        yield { row0, n: filled, data: data.subarray(0, filled * d) };
        row0 += filled;
        filled = 0;
      }
    }
    if (row0 >= n) return;
  }
}

/** Runs of places within a chunk whose rows have a vector. */
function spansWith({ row0, n, bad = [] }: VectorChunk): { from: number; to: number }[] {
  const spans: { from: number; to: number }[] = [];
  let from = 0;
  for (const row of [...bad].sort((a, b) => a - b)) {
    if (row - row0 > from) spans.push({ from, to: row - row0 });
    from = row - row0 + 1;
  }
  if (from < n) spans.push({ from, to: n });
  return spans;
}
