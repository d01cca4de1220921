import type { RemoteSource } from '../domain/remote';
import type { Column } from '../domain/table';
import { bookFiles, FILE_STORES, type Announcement } from './files';
import { bookIntake, INTAKE_STORES, type IntakeBatch } from './intake';
import { database, keysUnder, write } from './open';
import type { Tally } from './schema';

const STORES = [...new Set([...FILE_STORES, ...INTAKE_STORES, 'remotes'] as const)];

/**
 * Lists documents of a server as files with their columns, keeps their bytes, and notes how far the server has been read, all
 * in one write: after a crash neither is a document lost nor one fetched twice. The numbers of `batch` are those that
 * the files get. Errors: `quota`, `store`.
 */
export async function commitDocuments(
  projectId: string,
  announced: readonly Announcement[],
  columns: Column[],
  batch: IntakeBatch,
  source: RemoteSource,
): Promise<Tally> {
  return write(STORES, async (tx) => {
    await bookFiles(tx, projectId, announced, columns);
    const tally = await bookIntake(tx, projectId, batch);
    await tx.objectStore('remotes').put(source, [projectId, source.id]);
    return tally;
  });
}

/** The servers that a project takes images from, and how far that has come. */
export async function readRemotes(projectId: string): Promise<RemoteSource[]> {
  return (await database()).getAll('remotes', keysUnder(projectId));
}

/** Forgets where the rest would come from; what has arrived stays. Errors: `store`. */
export async function deleteRemote(projectId: string, id: string): Promise<void> {
  await write(['remotes'], (tx) => tx.objectStore('remotes').delete([projectId, id]));
}
