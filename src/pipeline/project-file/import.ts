import { TesseraError } from '../../domain/errors';
import type { ProjectFileSummary } from '../../domain/project-file';
import { beginArrival, finishArrival } from '../../store/arriving-project';
import { lockProject } from '../../store/locks';
import { purgeProject } from '../../store/projects';
import { Arrival } from './arrival';
import { MEMBERS } from './format';
import { readProject } from './project-record';
import { readBooks } from './read-books';
import { readMetadata, readStudies } from './read-extras';
import { readOriginals, readThumbs, readVectorSets, readWaiting } from './read-vectors';
import { guarded, ProjectFileReader } from './reader';
import { recount } from './recount';

export interface OpenOptions {
  /** Told of the bytes of the file that have been read. */
  onBytes?: (bytes: number) => void;
  signal?: AbortSignal;
}

/** What a project file says of itself. Errors: `project-file`, `project-newer`. */
export async function describeProjectFile(file: Blob): Promise<ProjectFileSummary> {
  return (await ProjectFileReader.open(file)).summary;
}

/**
 * Makes a new project of a project file; answers its id. Every field is rebuilt and checked on the way; until all of it is
 * written nobody sees the project, and when something fails nothing of it is left. Errors: `project-file`, `project-newer`,
 * `quota`, `store`, `cancelled`.
 */
export async function importProjectFile(file: Blob, { onBytes, signal }: OpenOptions = {}): Promise<string> {
  const reader = await ProjectFileReader.open(file, onBytes);
  const id = crypto.randomUUID();
  const release = await lockProject(id);
  try {
    const project = await guarded(async () =>
      readProject(await reader.member(MEMBERS.project).json(), id, Date.now()),
    );
    await beginArrival(project);
    await guarded(() => readAll(reader, new Arrival(id, signal)));
    return id;
  } catch (error) {
    // What cannot be freed now is marked as removed, and is freed with the next listing.
    await purgeProject(id).catch(() => undefined);
    throw signal?.aborted ? new TesseraError('cancelled', 'Cancelled.') : error;
  } finally {
    release();
  }
}

async function readAll(file: ProjectFileReader, to: Arrival): Promise<void> {
  const books = await readBooks(file, to);
  const rows = books.rowFiles.length;
  await readThumbs(file, to, rows);
  const covered = await readVectorSets(file, to, rows);
  await readWaiting(file, to);
  await readStudies(file, to, rows);
  await readMetadata(file, to, { files: books.files, rows });
  // Of skipped images the bytes are let go of.
  const wanted = new Set(
    books.hashes.filter((hash, seq): hash is string => !!hash && !books.skipped.has(seq)),
  );
  const kept = await readOriginals(file, to, wanted);
  await to.flush();
  await finishArrival(to.projectId, recount(books, covered, kept, to.storedBytes));
}
