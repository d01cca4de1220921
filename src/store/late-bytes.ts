import { asOriginal } from './intake';
import { write } from './open';
import { pagesOfKeys } from './pages';
import type { Tally } from './schema';
import { changeTally } from './tally';

/** The hashes of `all` whose bytes are not kept: the project came in a file without them. */
export async function hashesWithoutBytes(projectId: string, all: Iterable<string>): Promise<Set<string>> {
  const missing = new Set(all);
  for await (const [, hash] of pagesOfKeys('blobs', projectId)) missing.delete(hash);
  return missing;
}

/** Keeps the bytes of images that have a row and came without, in one write; each once. Errors: `quota`, `store`. */
export async function commitLateBytes(
  projectId: string,
  images: ReadonlyMap<string, Uint8Array<ArrayBuffer>>,
): Promise<Tally> {
  return write(['tallies', 'blobs'], async (tx) => {
    let added = 0;
    for (const [hash, bytes] of images) {
      await tx.objectStore('blobs').add(asOriginal(bytes), [projectId, hash]);
      added += bytes.length;
    }
    return changeTally(tx, projectId, (tally) => {
      tally.storedBytes += added;
      const left = (tally.withoutBytes ?? 0) - images.size;
      if (left > 0) tally.withoutBytes = left;
      else delete tally.withoutBytes;
    });
  });
}
