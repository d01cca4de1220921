import { TesseraError } from '../../domain/errors';
import type { ProjectFileCounts, ProjectFileSummary } from '../../domain/project-file';
import { ARCHIVE_LIMITS } from '../../sources/archives/entry';
import { listDirectory, type ZipMember } from '../../sources/archives/zip';
import { Fields } from '../fields';
import { MANIFEST, MEMBERS, ORIGINALS, PROJECT_FORMAT, wrongFile } from './format';
import { MemberStream, type MemberFacts } from './member-stream';

const LIMITS = { ...ARCHIVE_LIMITS, bytes: 2 ** 42 };
/** Longest manifest, in bytes; one of a project with thousands of sweeps is far shorter. */
const LONGEST_MANIFEST = 32 << 20;
/** Most of anything that a manifest may list. */
const MOST = 100_000;
const MOST_ROWS = 2 ** 31;

/** A project file opened for reading: what it says of itself, and its members one by one. */
export class ProjectFileReader {
  private constructor(
    readonly summary: ProjectFileSummary,
    private readonly entries: ReadonlyMap<string, ZipMember>,
    private readonly facts: ReadonlyMap<string, MemberFacts>,
    private readonly onBytes: (count: number) => void,
  ) {}

  /** Reads the directory and the manifest. Throws `project-file`, and `project-newer` for a file of a later version. */
  static async open(
    file: Blob,
    onBytes: (count: number) => void = () => undefined,
  ): Promise<ProjectFileReader> {
    return guarded(async () => {
      const entries = new Map<string, ZipMember>();
      for (const entry of await listDirectory(file, LIMITS)) {
        if (entries.has(entry.path)) throw new Error(`there are two members ${entry.path}`);
        entries.set(entry.path, entry);
      }
      const entry = entries.get(MANIFEST);
      if (!entry || entry.skip) throw new Error('there is no manifest.json in it');
      if (entry.size > LONGEST_MANIFEST) throw new Error('its manifest is too long');
      const manifest = new Fields(parse(await (await entry.read()).text()), MANIFEST);
      const { summary, members } = readManifest(manifest, file.size);
      const reader = new ProjectFileReader(summary, entries, members, onBytes);
      const originals = Array.from(reader.originals()).length;
      if (originals !== summary.originals)
        throw new Error(`it holds ${originals} of ${summary.originals} images`);
      return reader;
    });
  }

  /** The member of that name from its beginning. Throws an Error when the file lacks it or lists another length. */
  member(name: string): MemberStream {
    const facts = this.facts.get(name);
    if (!facts) throw new Error(`the manifest has no ${name}`);
    const entry = this.entry(name);
    if (entry.size !== facts.bytes)
      throw new Error(`${name} has ${entry.size} bytes, and the manifest says ${facts.bytes}`);
    return new MemberStream(facts, entry.stream(), this.onBytes);
  }

  /** Hashes (hex) of the images whose bytes are in the file. */
  *originals(): Generator<{ sha256: string; bytes: number }> {
    for (const [name, { size, skip }] of this.entries) {
      const sha256 = name.startsWith(ORIGINALS) ? name.slice(ORIGINALS.length) : '';
      if (/^[0-9a-f]{64}$/.test(sha256) && !skip) yield { sha256, bytes: size };
    }
  }

  /** The bytes of an image; its name is its hash, which is checked. */
  original({ sha256, bytes }: { sha256: string; bytes: number }): MemberStream {
    const name = ORIGINALS + sha256;
    return new MemberStream({ name, bytes, sha256 }, this.entry(name).stream(), this.onBytes);
  }

  private entry(name: string): ZipMember {
    const entry = this.entries.get(name);
    if (!entry) throw new Error(`there is no ${name} in it`);
    if (entry.skip) throw new Error(`${name} is ${entry.skip.detail ?? 'not readable'}`);
    return entry;
  }
}

/** Whatever goes wrong on the way, as `project-file`; what says more is left as it is. */
export async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof TesseraError) throw error;
    throw wrongFile(error instanceof Error ? error.message : String(error), error);
  }
}

function readManifest(
  from: Fields,
  bytes: number,
): { summary: ProjectFileSummary; members: Map<string, MemberFacts> } {
  if (from.value('format') !== PROJECT_FORMAT.format) throw new Error('manifest.json is not one of Tessera');
  const version = from.integer('version', 1, 1e6);
  const app = from.text('app');
  if (version > PROJECT_FORMAT.version)
    throw new TesseraError(
      'project-newer',
      `This project file was written by Tessera ${app} in a format (version ${version}) that this one does not know. Open it with Tessera ${app} or later.`,
      { app, version },
    );
  const counts = from.fields('counts');
  const count = (key: keyof ProjectFileCounts, most = MOST): number => counts.integer(key, 0, most);
  const members = new Map<string, MemberFacts>();
  for (const item of from.list('members')) {
    const name = item.text('name');
    const sha256 = item.text('sha256');
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw item.wrong('sha256', 'a SHA-256');
    if (members.has(name)) throw item.wrong('name', 'a name of its own');
    members.set(name, { name, sha256, bytes: item.integer('bytes', 0, Number.MAX_SAFE_INTEGER) });
  }
  for (const name of Object.values(MEMBERS))
    if (!members.has(name)) throw new Error(`there is no ${name} in it`);
  return {
    members,
    summary: {
      name: from.longText('name', 10_000),
      app,
      savedAt: from.text('savedAt'),
      counts: {
        files: count('files', MOST_ROWS),
        images: count('images', MOST_ROWS),
        skipped: count('skipped', MOST_ROWS),
        vectors: count('vectors'),
        imported: count('imported'),
        sweeps: count('sweeps'),
        hierarchies: count('hierarchies'),
        models: count('models'),
        tables: count('tables'),
        // Files of earlier versions have none.
        projections: counts.has('projections') ? count('projections') : 0,
        edits: counts.has('edits') ? count('edits') : 0,
      },
      originals: from.integer('originals', 0, MOST_ROWS),
      bytes,
    },
  };
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new Error('manifest.json is not JSON', { cause: error });
  }
}
