import { keysUnder, write } from './open';
import type { ImportedChunk } from './schema';
import { changeTally } from './tally';

/** Keeps vectors that came from a file until their images turn up; `chunk.data` is n x d, row-major. */
export async function saveImported(projectId: string, specKey: string, chunk: ImportedChunk): Promise<void> {
  await write(['tallies', 'imported'], async (tx) => {
    const store = tx.objectStore('imported');
    const last = await store.openKeyCursor(keysUnder(projectId, specKey), 'prev');
    const index = last ? last.key[2] + 1 : 0;
    await store.add(chunk, [projectId, specKey, index]);
    await changeTally(tx, projectId, (tally) => (tally.storedBytes += chunk.data.byteLength));
  });
}
