import { TesseraError } from '../domain/errors';
import { type WriteTransaction, database } from './open';
import { EMPTY_TALLY, type StoreName, type Tally } from './schema';

/** Applies `change` to the books of a project within a running write. Throws `store` when the project is gone. */
export async function changeTally(
  tx: WriteTransaction<StoreName>,
  projectId: string,
  change: (tally: Tally) => void,
): Promise<Tally> {
  const store = tx.objectStore('tallies');
  const tally = await store.get(projectId);
  if (!tally)
    throw new TesseraError('store', 'This project no longer exists. It was removed, perhaps in another tab.');
  change(tally);
  await store.put(tally, projectId);
  return tally;
}

/** The books of a project as committed; all zero for one that does not exist. */
export async function readTally(projectId: string): Promise<Tally> {
  return (await (await database()).get('tallies', projectId)) ?? structuredClone(EMPTY_TALLY);
}
