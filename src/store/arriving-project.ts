import { TesseraError } from '../domain/errors';
import type { Project } from '../domain/project';
import { write, type WriteTransaction } from './open';
import { EMPTY_TALLY, PROJECT_STORES, type StoreName, type Tally } from './schema';

/** Puts a record of an arriving project into one of its stores. */
export type Put = (tx: WriteTransaction<StoreName>) => Promise<unknown>;

/**
 * Begins a project that is written in several steps. Until `finishArrival` it is marked as removed: nobody sees it, and what a
 * closed tab leaves of it is freed like any removed project. Whoever writes it has to hold its lock meanwhile.
 */
export async function beginArrival(project: Project): Promise<void> {
  await write(['projects', 'tallies'], async (tx) => {
    await tx.objectStore('projects').add(project, project.id);
    await tx
      .objectStore('tallies')
      .add({ ...structuredClone(EMPTY_TALLY), deletedAt: Date.now() }, project.id);
  });
}

/** Writes records of an arriving project in one transaction. Errors: `quota`, `store` when the project was freed. */
export async function putArriving(projectId: string, puts: readonly Put[]): Promise<void> {
  await write(['tallies', ...PROJECT_STORES], async (tx) => {
    await arrivingTally(tx, projectId);
    for (const put of puts) await put(tx);
  });
}

/** Makes the project visible, with the books of what has been written. Errors: `quota`, `store`. */
export async function finishArrival(projectId: string, tally: Tally): Promise<void> {
  await write(['tallies'], async (tx) => {
    await arrivingTally(tx, projectId);
    await tx.objectStore('tallies').put(tally, projectId);
  });
}

async function arrivingTally(tx: WriteTransaction<StoreName>, projectId: string): Promise<void> {
  const tally = await tx.objectStore('tallies').get(projectId);
  if (tally?.deletedAt === undefined)
    throw new TesseraError('store', 'The project that was being opened is gone. Open its file again.');
}
