import type { FetchAddress } from '../domain/addresses';
import { TesseraError } from '../domain/errors';
import type { DroppedFile, Skip, SkipCode } from '../domain/files';
import { isArchive, listArchive } from '../sources/archive';
import type { Scalar } from '../sources/json/record';
import { isSystemFile } from '../sources/system-files';
import { addressCandidates } from './addresses';
import type { Ledger } from './ledger';
import { matchPaths } from './match-paths';
import { recordCandidates } from './records';

/** A file that might be announced, and how to get its bytes. */
export interface Candidate {
  path: string;
  size: number;
  modified: number;
  /** Known without reading. */
  skip?: Skip;
  /** The reason when `open` fails. */
  failure: SkipCode;
  /** Where it is fetched from. */
  address?: string;
  /** What is said of it beside its bytes; let go once it is announced. */
  columns?: ReadonlyMap<string, Scalar>;
  open(): Promise<Blob>;
}

/** Something to read: a file of the ledger, or one that seems to be in it already and is only compared. */
export type Task = { candidate: Candidate } & ({ seq: number } | { sameAs: string });

/** A file that seems to be the picture of a row that is known by its path only. */
export interface PictureTask {
  candidate: Candidate;
  seq: number;
  row: number;
}

/**
 * Dropped files as candidates: first the plain ones together, then the entries of each archive, then the records of
 * each JSON file and the addresses of each list piece by piece.
 */
export async function* expand(
  files: readonly DroppedFile[],
  fetch: FetchAddress,
): AsyncGenerator<Candidate[]> {
  const lists = files.filter(({ addresses, unreadable }) => addresses && !unreadable);
  const sets = files.filter(({ records, unreadable }) => records && !unreadable);
  const archives = files.filter(
    ({ path, file, records, addresses, unreadable }) =>
      !records && !addresses && !unreadable && isArchive(path || file.name),
  );
  const opened = new Set([...sets, ...lists, ...archives]);
  const plain = files.filter((file) => !opened.has(file));
  if (plain.length) yield plain.map(plainFile);
  for (const archive of archives) yield await entries(archive);
  for (const set of sets) yield* recordCandidates(set);
  for (const list of lists) yield* addressCandidates(list, fetch);
}

function plainFile({ path, file, unreadable }: DroppedFile): Candidate {
  const candidate: Candidate = {
    path,
    size: file.size,
    modified: file.lastModified,
    failure: 'unreadable',
    open: async () => file,
  };
  if (isSystemFile(path)) candidate.skip = { code: 'system-file' };
  else if (unreadable !== undefined) candidate.skip = { code: 'unreadable', detail: unreadable };
  return candidate;
}

async function entries({ path, file }: DroppedFile): Promise<Candidate[]> {
  const prefix = path ? `${path}/` : '';
  try {
    return (await listArchive(file)).map((entry) => ({
      // What is said of the archive as a whole has no path of its own.
      path: entry.path ? prefix + entry.path : path || file.name,
      size: entry.size,
      modified: entry.modified,
      skip: isSystemFile(entry.path) ? { code: 'system-file' } : entry.skip,
      failure: 'archive',
      open: () => entry.read(),
    }));
  } catch (error) {
    const detail = String((error as TesseraError).params.reason);
    const skip: Skip = { code: 'archive', detail };
    return [{ ...plainFile({ path: path || file.name, file }), skip }];
  }
}

/** What to do with candidates: announce, or read for a file that is listed already. */
export interface Matched {
  fresh: Candidate[];
  tasks: Task[];
  pictures: PictureTask[];
}

/**
 * Finds the files of an earlier drop again. One that was listed and never read, or could not be read, is read now;
 * one that is kept is compared by content before it is taken for the same file. `claimed` files of the ledger are
 * left alone, and each is matched once, so that equal names stay different files; only of records and addresses, which
 * have names of their own, one that is claimed is dropped, and one at an address that is kept is not fetched again. The ledger is looked through once, for all candidates
 * that follow.
 */
export function matcher(ledger: Ledger, claimed: Set<number>): (candidates: readonly Candidate[]) => Matched {
  const unread = new Map<string, number[]>();
  const read = new Map<string, number[]>();
  const bare = new Map<string, number[]>();
  const atHand = new Set<string>();
  ledger.files.forEach(({ path, size, modified, given = path }, seq) => {
    if (ledger.pictureless.has(seq)) return;
    if (claimed.has(seq)) atHand.add(`${size} ${modified} ${given}`);
    else if (ledger.hashOf(seq) === undefined) push(unread, `${size} ${path}`, seq);
    // Whether a picture without its bytes is the same is told by them alone: a copied folder has other dates.
    else if (ledger.lacksBytes(ledger.hashOf(seq)!)) push(bare, `${size} ${given}`, seq);
    else push(read, `${size} ${modified} ${given}`, seq);
  });
  return (candidates) => {
    const unknown: Candidate[] = [];
    const tasks: Task[] = [];
    for (const candidate of candidates) {
      const { path, size, modified, failure, address } = candidate;
      const name = `${size} ${modified} ${path}`;
      if ((failure === 'record' || failure === 'address') && atHand.has(name)) continue;
      if (address !== undefined && read.has(name)) continue;
      const open = unread.get(`${size} ${path}`)?.shift();
      const kept = open ?? read.get(name)?.shift() ?? bare.get(`${size} ${path}`)?.shift();
      if (open !== undefined) tasks.push({ candidate, seq: open });
      else if (kept !== undefined) tasks.push({ candidate, sameAs: ledger.hashOf(kept)! });
      else unknown.push(candidate);
    }
    const pictures = picturesAmong(ledger, unknown, claimed);
    const taken = new Set(pictures.map(({ candidate }) => candidate));
    return { fresh: unknown.filter((candidate) => !taken.has(candidate)), tasks, pictures };
  };
}

/** Candidates that rows without a picture are waiting for, as their paths say; each row gets one, and claims it. */
function picturesAmong(
  ledger: Ledger,
  candidates: readonly Candidate[],
  claimed: Set<number>,
): PictureTask[] {
  const waiting = [...ledger.pictureless].filter(([seq]) => !claimed.has(seq));
  const usable = candidates.filter(({ skip, failure }) => !skip && failure !== 'record');
  if (waiting.length === 0 || usable.length === 0) return [];
  const paths = waiting.map(([seq]) => ledger.files[seq].path);
  const { of } = matchPaths(
    paths,
    usable.map(({ path }) => path),
  );
  return waiting.flatMap(([seq, row], i) => {
    if (of[i] < 0) return [];
    claimed.add(seq);
    return { candidate: usable[of[i]], seq, row };
  });
}

function push(lists: Map<string, number[]>, key: string, seq: number): void {
  const list = lists.get(key);
  if (list) list.push(seq);
  else lists.set(key, [seq]);
}
