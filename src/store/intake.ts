import { database, keysUnder, write, type WriteTransaction } from './open';
import type { Original, SkipRecord, StoreName, Tally } from './schema';
import { changeTally } from './tally';

export interface IntakeBatch {
  taken: {
    seq: number;
    /** SHA-256 of the bytes, hex. */
    hash: string;
    /** The bytes, when no other file of the project had them before. */
    bytes?: Uint8Array<ArrayBuffer>;
    /** The image with these bytes is known to be unusable. */
    skip?: SkipRecord;
  }[];
  /** Files without a hash: their bytes could not be read, or there are none. */
  skipped: SkipRecord[];
  /** Files that were skipped as unreadable and could be read now. */
  recovered: number[];
}

/**
 * Bytes of a file that is kept in its record. A Blob costs five times as much to write and to read again, measured with
 * pictures of 10 kB; Chromium makes one of every record above 64 kB anyway.
 */
const INLINE_BYTES = 60_000;

/** Bytes as they are kept. */
export function asOriginal(bytes: Uint8Array<ArrayBuffer>): Original {
  return bytes.length <= INLINE_BYTES ? bytes : new Blob([bytes]);
}

/** Keeps the bytes of a batch and books every file of it, in one write. Errors: `quota`, `store`. */
export async function commitIntake(projectId: string, batch: IntakeBatch): Promise<Tally> {
  return write(INTAKE_STORES, (tx) => bookIntake(tx, projectId, batch));
}

export const INTAKE_STORES = ['tallies', 'intake', 'blobs', 'skips'] as const;

/** The same within a running write. */
export async function bookIntake(
  tx: WriteTransaction<StoreName>,
  projectId: string,
  batch: IntakeBatch,
): Promise<Tally> {
  const { taken, skipped, recovered } = batch;
  const skips = [...skipped, ...taken.flatMap(({ skip }) => (skip ? [skip] : []))];
  const fresh = taken.filter(({ bytes }) => bytes);
  const tally = await changeTally(tx, projectId, (tally) => {
    tally.fresh += fresh.length;
    tally.skipped += skips.length - recovered.length;
    tally.duplicates += taken.filter(({ bytes, skip }) => !bytes && !skip).length;
    for (const { bytes } of fresh) tally.storedBytes += bytes!.length;
  });
  for (const seq of recovered) await tx.objectStore('skips').delete([projectId, seq]);
  for (const { hash, bytes } of fresh) {
    await tx.objectStore('blobs').put(asOriginal(bytes!), [projectId, hash]);
  }
  for (const skip of skips) await tx.objectStore('skips').put(skip, [projectId, skip.seq]);
  if (taken.length)
    await tx
      .objectStore('intake')
      .put({ seqs: taken.map(({ seq }) => seq), hashes: taken.map(({ hash }) => hash) }, [
        projectId,
        taken[0].seq,
      ]);
  return tally;
}

/** Every file that was read, in order of reading within the order of its batch's first file. */
export async function readIntake(projectId: string): Promise<{ seq: number; hash: string }[]> {
  const chunks = await (await database()).getAll('intake', keysUnder(projectId));
  return chunks.flatMap(({ seqs, hashes }) => seqs.map((seq, i) => ({ seq, hash: hashes[i] })));
}

/** The bytes of an image as they were dropped, or null when they are not kept. */
export async function readOriginal(projectId: string, hash: string): Promise<Blob | null> {
  const [original] = await readOriginals(projectId, [hash]);
  return original instanceof Uint8Array ? new Blob([original]) : original;
}

/** The same for many images in one transaction, in the order asked and as they are kept. */
export async function readOriginals(
  projectId: string,
  hashes: readonly string[],
): Promise<(Original | null)[]> {
  const store = (await database()).transaction('blobs').store;
  const found = await Promise.all(hashes.map((hash) => store.get([projectId, hash])));
  return found.map((original) => original ?? null);
}

export function originalSize(original: Original): number {
  return original instanceof Uint8Array ? original.length : original.size;
}
