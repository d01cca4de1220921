import { isFromFile } from '../domain/spec';
import { database, write, type WriteTransaction } from './open';
import type { StoreName, Tally, VectorChunk } from './schema';
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

/** How far the vectors of a descriptor go. */
export interface VectorExtent {
  /** Rows that an analysis of the descriptor is about: those it covers, and of a file all there are. */
  rows: number;
  /** Rows 0 .. covered - 1 have a place in its chunks. */
  covered: number;
  /** Of these, how many are without a vector; null: not known of what an earlier version wrote. */
  without: number | null;
}

export async function vectorExtent(projectId: string, specKey: string): Promise<VectorExtent> {
  const tally = await (await database()).get('tallies', projectId);
  const covered = tally?.covered[specKey] ?? 0;
  const rows = tally && isFromFile(specKey) ? tally.rows : covered;
  return { rows, covered, without: covered === 0 ? 0 : (tally?.without?.[specKey] ?? null) };
}

/** Rows 0 .. count - 1 are covered by the descriptor. */
export async function countVectors(projectId: string, specKey: string): Promise<number> {
  return (await vectorExtent(projectId, specKey)).covered;
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
  return write(['tallies', 'vectors'], async (tx) => {
    const bytes = await addVectors(tx, projectId, specKey, { row0, vectors, bad });
    return changeTally(tx, projectId, (tally) => {
      bookCovered(tally, specKey, row0 + vectors.length, bad.length);
      tally.storedBytes += bytes;
    });
  });
}

/** Adds a chunk within a running write, which books it; answers its bytes. */
export async function addVectors(
  tx: WriteTransaction<StoreName>,
  projectId: string,
  specKey: string,
  { row0, vectors, bad }: { row0: number; vectors: readonly Float32Array[]; bad: readonly number[] },
): Promise<number> {
  const n = vectors.length;
  const d = vectors[0].length;
  const data = new Float32Array(n * d);
  vectors.forEach((vector, i) => data.set(vector, i * d));
  const chunk: VectorChunk = bad.length ? { row0, n, d, data, bad: [...bad] } : { row0, n, d, data };
  await tx.objectStore('vectors').add(chunk, [projectId, specKey, row0]);
  return data.byteLength;
}

/** Books that a descriptor now covers rows 0 .. covered - 1, `bad` of the new ones without a vector. */
export function bookCovered(tally: Tally, specKey: string, covered: number, bad: number): void {
  const begins = tally.covered[specKey] === undefined;
  const before = tally.without?.[specKey] ?? (begins ? 0 : undefined);
  tally.covered[specKey] = covered;
  // Of vectors that an earlier version wrote nobody counted them.
  if (before !== undefined) tally.without = { ...tally.without, [specKey]: before + bad };
}
