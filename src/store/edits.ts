import type { ClusterNote } from '../domain/clustering';
import type { EditLog } from '../domain/edits';
import { database, keysUnder, write } from './open';

type Key = Pick<EditLog, 'sweep' | 'k'>;

/**
 * Keeps the edits of one k of a sweep and the names that its clusters have after them, together or not at all. A project that
 * was deleted meanwhile keeps nothing: nobody would find it again.
 */
export async function saveEdits(
  projectId: string,
  log: EditLog,
  names: ReadonlyMap<number, ClusterNote>,
): Promise<void> {
  const key: [string, string, number] = [projectId, log.sweep, log.k];
  await write(['projects', 'edits', 'notes'], async (tx) => {
    if ((await tx.objectStore('projects').getKey(projectId)) === undefined) return;
    await tx.objectStore('edits').put(log, key);
    await tx.objectStore('notes').put(new Map(names), key);
  });
}

/** All edits kept with a project, those of earlier sweeps and of other descriptors among them. */
export async function loadEdits(projectId: string): Promise<EditLog[]> {
  return (await database()).getAll('edits', keysUnder(projectId));
}

/** Forgets the edits of one k of a sweep; names stay as they are. */
export async function deleteEdits(projectId: string, { sweep, k }: Key): Promise<void> {
  await write(['edits'], (tx) => tx.objectStore('edits').delete([projectId, sweep, k]));
}
