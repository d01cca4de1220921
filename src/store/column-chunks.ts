import { database, keysUnder } from './open';
import type { FactChunk, RecordChunk } from './schema';

/** What records and documents said of the project's files, in the order of the files. */
export async function readRecordChunks(projectId: string): Promise<RecordChunk[]> {
  return (await database()).getAll('records', keysUnder(projectId));
}

/** What the pictures of the project say themselves, in the order of the rows. */
export async function readFactChunks(projectId: string): Promise<FactChunk[]> {
  return (await database()).getAll('facts', keysUnder(projectId));
}
