import type { Skip } from '../domain/files';
import type { Column } from '../domain/table';
import { database, keysUnder, write, type WriteTransaction } from './open';
import type { FileRecord, SkipRecord, StoreName, Tally } from './schema';
import { arrayBytes } from './size';
import { changeTally } from './tally';

/** Records a chunk: a reader of one path should not have to load a hundred thousand. */
const CHUNK = 1000;

export interface Announcement extends FileRecord {
  /** Known without reading: a file of the operating system, an archive that does not open. */
  skip?: Skip;
}

/**
 * Lists files in the project before any of them is read, with the columns that came with them, if any: value i is of file i.
 * The last of them gets the sequence number `announced - 1` of the tally that is answered. Errors: `quota`, `store`.
 */
export async function announceFiles(
  projectId: string,
  announced: readonly Announcement[],
  columns: Column[] = [],
): Promise<Tally> {
  return write(FILE_STORES, (tx) => bookFiles(tx, projectId, announced, columns));
}

export const FILE_STORES = ['tallies', 'files', 'skips', 'records'] as const;

/** The same within a running write. */
export async function bookFiles(
  tx: WriteTransaction<StoreName>,
  projectId: string,
  announced: readonly Announcement[],
  columns: Column[],
): Promise<Tally> {
  const tally = await changeTally(tx, projectId, (tally) => {
    tally.announced += announced.length;
    for (const { size, skip } of announced) {
      tally.bytes += size;
      if (skip) tally.skipped++;
    }
    tally.storedBytes += arrayBytes(columns);
  });
  const first = tally.announced - announced.length;
  for (let i = 0; i < announced.length; i += CHUNK) {
    const files = announced
      .slice(i, i + CHUNK)
      .map(({ path, size, modified, address }) => ({ path, size, modified, ...(address && { address }) }));
    await tx.objectStore('files').put({ seq0: first + i, files }, [projectId, first + i]);
  }
  if (columns.length > 0)
    await tx.objectStore('records').put({ seq0: first, n: announced.length, columns }, [projectId, first]);
  for (const [i, { skip }] of announced.entries()) {
    const seq = first + i;
    if (skip) await tx.objectStore('skips').put({ seq, ...skip }, [projectId, seq]);
  }
  return tally;
}

/** All files ever announced; position = sequence number. */
export async function readFiles(projectId: string): Promise<FileRecord[]> {
  const chunks = await (await database()).getAll('files', keysUnder(projectId));
  return chunks.flatMap((chunk) => chunk.files);
}

/** Files that will get no embedding, in order of announcement. */
export async function readSkips(projectId: string): Promise<SkipRecord[]> {
  return (await database()).getAll('skips', keysUnder(projectId));
}
