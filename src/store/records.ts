import { database, keysUnder } from './open';
import type { RecordChunk } from './schema';

/**
 * What records said of the files of a project, in order of announcement (`announceFiles` writes it). Files without a record
 * are in no chunk; a column may be of another type in another chunk, where its values were.
 */
export async function readRecordChunks(projectId: string): Promise<RecordChunk[]> {
  return (await database()).getAll('records', keysUnder(projectId));
}
