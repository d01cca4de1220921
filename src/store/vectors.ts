import { database, write } from './open';
import type { Tally, VectorChunk } from './schema';
import { changeTally } from './tally';

/** Records a read: enough to keep the disk busy, little enough to keep memory flat. */
const READ_AHEAD = 32;

/**
 * All committed vectors of a descriptor, in chunks of n x d (row-major) by rising `row0` without gaps from row 0.
 * Rows committed while reading may or may not be seen.
 */
export async function* readVectors(projectId: string, specKey: string): AsyncGenerator<VectorChunk> {
  let from = 0;
  for (;;) {
    const range = IDBKeyRange.bound([projectId, specKey, from], [projectId, specKey, []]);
    const chunks = await (await database()).getAll('vectors', range, READ_AHEAD);
    yield* chunks;
    if (chunks.length < READ_AHEAD) return;
    const last = chunks[chunks.length - 1];
    from = last.row0 + last.n;
  }
}

/** Rows 0 .. count - 1 have a vector of the descriptor. */
export async function countVectors(projectId: string, specKey: string): Promise<number> {
  const tally = await (await database()).get('tallies', projectId);
  return tally?.covered[specKey] ?? 0;
}

/** The chunk that holds a row's vector, or null. */
export async function readVectorChunk(
  projectId: string,
  specKey: string,
  row: number,
): Promise<VectorChunk | null> {
  const range = IDBKeyRange.bound([projectId, specKey, 0], [projectId, specKey, row]);
  const cursor = await (await database()).transaction('vectors').store.openCursor(range, 'prev');
  return cursor && row < cursor.value.row0 + cursor.value.n ? cursor.value : null;
}

/**
 * Gives rows that exist already (by another descriptor) their vectors of this one. `row0` must be the first row
 * without, and there is at least one. Errors: `quota`, `store`.
 */
export async function commitVectors(
  projectId: string,
  specKey: string,
  row0: number,
  vectors: readonly Float32Array[],
  bad: readonly number[],
): Promise<Tally> {
  const n = vectors.length;
  const d = vectors[0].length;
  const data = new Float32Array(n * d);
  vectors.forEach((vector, i) => data.set(vector, i * d));
  return write(['tallies', 'vectors'], async (tx) => {
    const chunk: VectorChunk = bad.length ? { row0, n, d, data, bad: [...bad] } : { row0, n, d, data };
    await tx.objectStore('vectors').add(chunk, [projectId, specKey, row0]);
    return changeTally(tx, projectId, (tally) => {
      tally.covered[specKey] = row0 + n;
      tally.storedBytes += data.byteLength;
    });
  });
}
