import type { VectorChunk } from '../store/schema';
import { countVectors, readVectorChunk, readVectors } from '../store/vectors';

/** The vectors of one descriptor as they were when asked for; rows committed later stay out. */
export interface StoredVectors {
  n: number;
  d: number;
  /** Runs of whole vectors, row-major, read from the store as they are taken: all, or those of the given rows (rising). */
  blocks(rows?: Uint32Array): AsyncGenerator<Float32Array>;
}

/** Of the first rows, at most so many; n and d are 0 where there are none. Errors: `store`. */
export async function storedVectors(
  projectId: string,
  specKey: string,
  most = Infinity,
): Promise<StoredVectors> {
  const n = Math.min(most, await countVectors(projectId, specKey));
  const d = n > 0 ? ((await readVectorChunk(projectId, specKey, 0))?.d ?? 0) : 0;
  return {
    n,
    d,
    blocks: (rows) => (rows ? chosenRows(projectId, specKey, rows) : firstRows(projectId, specKey, n)),
  };
}

async function* firstRows(projectId: string, specKey: string, n: number): AsyncGenerator<Float32Array> {
  for await (const { row0, d, data } of readVectors(projectId, specKey)) {
    if (row0 >= n) return;
    yield data.subarray(0, (n - row0) * d);
  }
}

async function* chosenRows(
  projectId: string,
  specKey: string,
  rows: Uint32Array,
): AsyncGenerator<Float32Array> {
  for (let at = 0; at < rows.length;) {
    const chunk = await readVectorChunk(projectId, specKey, rows[at]);
    if (!chunk) throw new RangeError(`There is no vector ${rows[at]}.`);
    let end = at;
    while (end < rows.length && rows[end] < chunk.row0 + chunk.n) end++;
    yield gathered(chunk, rows.subarray(at, end));
    at = end;
  }
}

function gathered({ row0, d, data }: VectorChunk, rows: Uint32Array): Float32Array {
  const found = new Float32Array(rows.length * d);
  rows.forEach((row, i) => found.set(data.subarray((row - row0) * d, (row - row0 + 1) * d), i * d));
  return found;
}
