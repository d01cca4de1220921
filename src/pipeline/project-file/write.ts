import { TesseraError } from '../../domain/errors';
import type { Project } from '../../domain/project';
import type { ProjectFileCounts } from '../../domain/project-file';
import { zip, type ZipEntry } from '../../exports/zip';
import { hasher } from '../../models/hash';
import { readOriginal } from '../../store/intake';
import { pages, pagesOfKeys } from '../../store/pages';
import { getProject } from '../../store/projects';
import { editMembers } from './edits';
import { MANIFEST, MEMBERS, ORIGINALS, PROJECT_FORMAT } from './format';
import { hierarchyMembers } from './hierarchy';
import { modelMembers } from './kept-model';
import { jsonMember, linesMember, type Member } from './member';
import type { MemberFacts } from './member-stream';
import { projectJson } from './project-record';
import { projectionMembers } from './projection';
import { sweepMembers } from './sweep';
import { factLines, noteLines, recordLines, tableMember, tableOfContents } from './written-extras';
import { descriptorLines, fileLines, intakeLines, rowLines, skipLines } from './written-books';
import { importedMembers, thumbMembers, vectorMembers } from './written-vectors';

export interface SaveOptions {
  /** Whether the images' own bytes go into it. */
  originals: boolean;
  /** The version of the app. */
  app: string;
  /** ISO 8601. */
  savedAt: string;
  signal?: AbortSignal;
}

/**
 * A project as a project file (a stored ZIP), record by record from the store, so that it is never in memory as a whole.
 * Nobody may write the project meanwhile. Throws `store` when it does not exist, `cancelled` when `signal` ends it.
 */
export async function* writeProjectFile(
  projectId: string,
  options: SaveOptions,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const project = await getProject(projectId);
  if (!project) throw new TesseraError('store', 'This project no longer exists.');
  for await (const chunk of zip(entries(project, options))) {
    if (options.signal?.aborted) throw new TesseraError('cancelled', 'Cancelled.');
    yield chunk;
  }
}

async function* entries(project: Project, options: SaveOptions): AsyncGenerator<ZipEntry> {
  const listed: MemberFacts[] = [];
  const counts = { files: 0, images: 0, skipped: 0 };
  for await (const member of members(project, options, counts)) yield booked(member, listed);
  let originals = 0;
  if (options.originals)
    for await (const [, sha256] of pagesOfKeys('blobs', project.id)) {
      const input = await readOriginal(project.id, sha256);
      // Its name is its hash, so the manifest need not list it.
      if (!input) continue;
      originals++;
      yield { name: ORIGINALS + sha256, input };
    }
  const { app, savedAt } = options;
  const of = (pattern: RegExp): number => listed.filter(({ name }) => pattern.test(name)).length;
  const whole: ProjectFileCounts = {
    ...counts,
    vectors: of(/^vectors\/\d+\.json$/),
    imported: of(/^imported\/\d+\.json$/),
    sweeps: of(/^sweeps\/\d+\.json$/),
    hierarchies: of(/^hierarchies\/\d+\.jsonl$/),
    models: of(/^models\/\d+\.json$/),
    tables: of(/^tables\/\d+\.jsonl$/),
    projections: of(/^projections\/\d+\.json$/),
    edits: of(/^edits\/\d+\.jsonl$/),
  };
  const said = { ...PROJECT_FORMAT, app, savedAt, name: project.name, originals, counts: whole };
  const { name, chunks } = jsonMember(MANIFEST, { ...said, members: listed });
  yield { name, input: stream(chunks) };
}

/** Everything but the images' bytes and the manifest; `counts` is filled on the way. */
async function* members(
  project: Project,
  { originals }: SaveOptions,
  counts: Pick<ProjectFileCounts, 'files' | 'images' | 'skipped'>,
): AsyncGenerator<Member> {
  const { id } = project;
  yield jsonMember(MEMBERS.project, projectJson(project));
  yield linesMember(
    MEMBERS.files,
    counted(fileLines(id), () => counts.files++),
  );
  yield linesMember(MEMBERS.intake, intakeLines(id, originals));
  yield linesMember(
    MEMBERS.skips,
    counted(skipLines(id), () => counts.skipped++),
  );
  yield linesMember(
    MEMBERS.rows,
    counted(rowLines(id), () => counts.images++),
  );
  yield* thumbMembers(id);
  yield linesMember(MEMBERS.descriptors, descriptorLines(id));
  yield* vectorMembers(id);
  yield* importedMembers(id);
  let at = 0;
  for await (const { value } of pages('sweeps', id)) yield* sweepMembers(at++, value);
  yield linesMember(MEMBERS.notes, noteLines(id));
  at = 0;
  for await (const { value } of pages('edits', id)) yield* editMembers(at++, value);
  at = 0;
  for await (const { value } of pages('hierarchies', id)) yield* hierarchyMembers(at++, value);
  at = 0;
  for await (const { value } of pages('projections', id)) yield* projectionMembers(at++, value);
  at = 0;
  for await (const { value } of pages('models', id)) yield* modelMembers(at++, value);
  yield linesMember(MEMBERS.records, recordLines(id));
  yield linesMember(MEMBERS.facts, factLines(id));
  at = 0;
  for await (const key of tableOfContents(id)) yield tableMember(at++, key);
}

/** The member as an entry of the archive; its length and hash are listed once it has been written. */
function booked({ name, chunks }: Member, listed: MemberFacts[]): ZipEntry {
  return {
    name,
    input: (async function* () {
      const hash = hasher();
      let bytes = 0;
      for await (const chunk of chunks) {
        hash.update(chunk);
        bytes += chunk.length;
        yield chunk;
      }
      listed.push({ name, bytes, sha256: hash.digest() });
    })(),
  };
}

async function* stream(chunks: Member['chunks']): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  yield* chunks;
}

async function* counted<T>(items: AsyncIterable<T>, count: () => void): AsyncGenerator<T> {
  for await (const item of items) {
    count();
    yield item;
  }
}
