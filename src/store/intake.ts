import { database, keysUnder, write } from './open';
import type { SkipRecord, Tally } from './schema';
import { changeTally } from './tally';

export interface IntakeBatch {
  taken: {
    seq: number;
    /** SHA-256 of the bytes, hex. */
    hash: string;
    /** The bytes, when no other file of the project had them before. */
    blob?: Blob;
    /** The image with these bytes is known to be unusable. */
    skip?: SkipRecord;
  }[];
  /** Files without a hash: their bytes could not be read, or there are none. */
  skipped: SkipRecord[];
  /** Files that were skipped as unreadable and could be read now. */
  recovered: number[];
}

/** Keeps the bytes of a batch and books every file of it, in one write. Errors: `quota`, `store`. */
export async function commitIntake(projectId: string, batch: IntakeBatch): Promise<Tally> {
  return write(['tallies', 'intake', 'blobs', 'skips'], async (tx) => {
    const { taken, skipped, recovered } = batch;
    const skips = [...skipped, ...taken.flatMap(({ skip }) => (skip ? [skip] : []))];
    const fresh = taken.filter(({ blob }) => blob);
    const tally = await changeTally(tx, projectId, (tally) => {
      tally.fresh += fresh.length;
      tally.skipped += skips.length - recovered.length;
      tally.duplicates += taken.filter(({ blob, skip }) => !blob && !skip).length;
      for (const { blob } of fresh) tally.storedBytes += blob!.size;
    });
    for (const seq of recovered) await tx.objectStore('skips').delete([projectId, seq]);
    for (const { hash, blob } of fresh) await tx.objectStore('blobs').put(blob!, [projectId, hash]);
    for (const skip of skips) await tx.objectStore('skips').put(skip, [projectId, skip.seq]);
    if (taken.length)
      await tx
        .objectStore('intake')
        .put({ seqs: taken.map(({ seq }) => seq), hashes: taken.map(({ hash }) => hash) }, [
          projectId,
          taken[0].seq,
        ]);
    return tally;
  });
}

/** Every file that was read, in order of reading within the order of its batch's first file. */
export async function readIntake(projectId: string): Promise<{ seq: number; hash: string }[]> {
  const chunks = await (await database()).getAll('intake', keysUnder(projectId));
  return chunks.flatMap(({ seqs, hashes }) => seqs.map((seq, i) => ({ seq, hash: hashes[i] })));
}

/** The bytes of an image as they were dropped, or null when they are not kept. */
export async function readOriginal(projectId: string, hash: string): Promise<Blob | null> {
  return (await (await database()).get('blobs', [projectId, hash])) ?? null;
}

/** The same for many images in one transaction, in the order asked. */
export async function readOriginals(projectId: string, hashes: readonly string[]): Promise<(Blob | null)[]> {
  const store = (await database()).transaction('blobs').store;
  const found = await Promise.all(hashes.map((hash) => store.get([projectId, hash])));
  return found.map((blob) => blob ?? null);
}
