import type { VectorChunk } from '../store/schema';
import { readVectorChunk, readVectors, vectorExtent } from '../store/vectors';

/** The vectors of one descriptor as they were when asked for; rows committed later stay out. */
export interface StoredVectors {
  n: number;
  d: number;
  /** Runs of whole vectors, row-major, read from the store as they are taken: all, or those of the given rows (rising). */
  blocks(rows?: Uint32Array): AsyncGenerator<Float32Array>;
}

/** Of the first rows, at most so many, NaN for those without one; n and d are 0 where there are none. Errors: `store`. */
export async function storedVectors(
  projectId: string,
  specKey: string,
  most = Infinity,
): Promise<StoredVectors> {
  const { rows, covered } = await vectorExtent(projectId, specKey);
  const d = covered > 0 ? ((await readVectorChunk(projectId, specKey, 0))?.d ?? 0) : 0;
  const n = d > 0 ? Math.min(most, rows) : 0;
  return {
    n,
    d,
    blocks: (chosen) =>
      chosen ? chosenRows(projectId, specKey, chosen, d) : firstRows(projectId, specKey, n, d),
  };
}

/** Vectors of nothing in one run, at most. */
const RUN = 1024;

async function* firstRows(
  projectId: string,
  specKey: string,
  n: number,
  d: number,
): AsyncGenerator<Float32Array> {
  let next = 0;
  for await (const chunk of readVectors(projectId, specKey)) {
    if (chunk.row0 >= n) break;
    yield withGaps(chunk).subarray(0, (n - chunk.row0) * d);
    next = chunk.row0 + chunk.n;
  }
  for (; next < n; next += RUN) yield new Float32Array(Math.min(RUN, n - next) * d).fill(NaN);
}

async function* chosenRows(
  projectId: string,
  specKey: string,
  rows: Uint32Array,
  d: number,
): AsyncGenerator<Float32Array> {
  for (let at = 0; at < rows.length;) {
    const chunk = await readVectorChunk(projectId, specKey, rows[at]);
    // Past the last chunk there are no vectors.
    let end = chunk ? at : Math.min(at + RUN, rows.length);
    while (chunk && end < rows.length && rows[end] < chunk.row0 + chunk.n) end++;
    yield chunk ? gathered(chunk, rows.subarray(at, end)) : new Float32Array((end - at) * d).fill(NaN);
    at = end;
  }
}

function gathered(chunk: VectorChunk, rows: Uint32Array): Float32Array {
  const { row0, d } = chunk;
  const data = withGaps(chunk);
  const found = new Float32Array(rows.length * d);
  rows.forEach((row, i) => found.set(data.subarray((row - row0) * d, (row - row0 + 1) * d), i * d));
  return found;
}

/** The numbers of a chunk, NaN for rows without a vector. */
function withGaps({ row0, d, data, bad = [] }: VectorChunk): Float32Array {
  for (const row of bad) data.fill(NaN, (row - row0) * d, (row - row0 + 1) * d);
  return data;
}

/** The vector of a row, or null where it has none. Errors: `store`. */
export async function vectorOf(
  projectId: string,
  specKey: string,
  row: number,
): Promise<Float32Array | null> {
  const chunk = await readVectorChunk(projectId, specKey, row);
  if (!chunk || chunk.bad?.includes(row)) return null;
  const from = (row - chunk.row0) * chunk.d;
  return chunk.data.slice(from, from + chunk.d);
}
