import { SKIP_CODES } from '../../domain/files';
import type { FileRecord, SkipRecord } from '../../store/schema';
import { Fields } from '../fields';
import type { Arrival } from './arrival';
import { MEMBERS } from './format';
import type { ProjectFileReader } from './reader';

/** Records of a chunk, as the app itself writes them. */
const FILES = 1000;
/** The same number for rows and thumbnails, which are changed together. */
export const ROWS = 64;
const LONGEST_PATH = 100_000;
const MOST_PIXELS = 2 ** 32 - 1;

/** What has been read of the files and images so far, to check the rest by. */
export interface Books {
  files: number;
  bytes: number;
  skipped: Set<number>;
  /** By row: the file and the hash of its bytes, '' without a picture. */
  rowFiles: number[];
  rowHashes: string[];
  /** By file. */
  hashes: (string | undefined)[];
}

/** Reads files, skips, rows and intake into the arriving project. Throws a sentence for what does not fit. */
export async function readBooks(file: ProjectFileReader, to: Arrival): Promise<Books> {
  const books: Books = { files: 0, bytes: 0, skipped: new Set(), rowFiles: [], rowHashes: [], hashes: [] };
  await readFiles(file, to, books);
  await readSkips(file, to, books);
  await readRows(file, to, books);
  await readIntake(file, to, books);
  const { files, images, skipped } = file.summary.counts;
  if (files !== books.files || images !== books.rowFiles.length || skipped !== books.skipped.size)
    throw new Error('the manifest counts other numbers of files, images or skipped files');
  for (const [row, seq] of books.rowFiles.entries())
    if ((books.hashes[seq] ?? '') !== books.rowHashes[row] || books.skipped.has(seq))
      throw new Error(`${MEMBERS.rows}: row ${row} and the file it names do not fit`);
  return books;
}

async function readFiles(file: ProjectFileReader, to: Arrival, books: Books): Promise<void> {
  const { projectId } = to;
  let files: FileRecord[] = [];
  const flush = async (): Promise<void> => {
    const chunk = { seq0: books.files - files.length, files };
    files = [];
    if (chunk.files.length)
      await to.put((tx) => tx.objectStore('files').add(chunk, [projectId, chunk.seq0]), 200 * FILES);
  };
  for await (const line of file.member(MEMBERS.files).lines()) {
    const from = new Fields(line, MEMBERS.files);
    const record: FileRecord = {
      path: from.longText('path', LONGEST_PATH),
      size: from.integer('size', 0, Number.MAX_SAFE_INTEGER),
      modified: from.number('modified'),
    };
    if (from.has('address')) record.address = addressOf(from);
    if (from.has('given')) record.given = from.longText('given', LONGEST_PATH);
    files.push(record);
    books.files++;
    books.bytes += record.size;
    if (files.length === FILES) await flush();
  }
  await flush();
}

async function readSkips(file: ProjectFileReader, to: Arrival, books: Books): Promise<void> {
  for await (const line of file.member(MEMBERS.skips).lines()) {
    const from = new Fields(line, MEMBERS.skips);
    const seq = from.integer('file', 0, books.files - 1);
    if (books.skipped.has(seq)) throw from.wrong('file', 'a file of its own');
    books.skipped.add(seq);
    const skip: SkipRecord = { seq, code: from.oneOf('code', SKIP_CODES) };
    if (from.has('detail')) skip.detail = from.longText('detail', LONGEST_PATH);
    await to.put((tx) => tx.objectStore('skips').add(skip, [to.projectId, seq]), 200);
  }
}

async function readRows(
  file: ProjectFileReader,
  to: Arrival,
  { files, rowFiles, rowHashes }: Books,
): Promise<void> {
  const taken = new Set<number>();
  let sizes: { width: number; height: number }[] = [];
  const flush = async (): Promise<void> => {
    const n = sizes.length;
    const row0 = rowFiles.length - n;
    const chunk = {
      row0,
      n,
      seqs: rowFiles.slice(row0),
      hashes: rowHashes.slice(row0),
      widths: Uint32Array.from(sizes, ({ width }) => width),
      heights: Uint32Array.from(sizes, ({ height }) => height),
    };
    sizes = [];
    if (n) await to.put((tx) => tx.objectStore('rows').add(chunk, [to.projectId, row0]), 150 * n);
  };
  for await (const line of file.member(MEMBERS.rows).lines()) {
    const from = new Fields(line, MEMBERS.rows);
    const seq = from.integer('file', 0, files - 1);
    if (taken.has(seq)) throw from.wrong('file', 'a file of its own');
    taken.add(seq);
    rowFiles.push(seq);
    rowHashes.push(from.value('sha256') === '' ? '' : hashOf(from));
    sizes.push({
      width: from.integer('width', 0, MOST_PIXELS),
      height: from.integer('height', 0, MOST_PIXELS),
    });
    if (sizes.length === ROWS) await flush();
  }
  await flush();
}

/** A file whose bytes are nowhere and have no row counts as never read, so that giving it again completes it. */
async function readIntake(file: ProjectFileReader, to: Arrival, books: Books): Promise<void> {
  const known = new Set(books.rowHashes);
  for (const { sha256 } of file.originals()) known.add(sha256);
  let last = -1;
  let chunk: { seqs: number[]; hashes: string[] } = { seqs: [], hashes: [] };
  const flush = async (): Promise<void> => {
    const full = chunk;
    chunk = { seqs: [], hashes: [] };
    if (full.seqs.length === 0) return;
    last = full.seqs[0];
    await to.put((tx) => tx.objectStore('intake').add(full, [to.projectId, full.seqs[0]]), 100 * FILES);
  };
  for await (const line of file.member(MEMBERS.intake).lines()) {
    const from = new Fields(line, MEMBERS.intake);
    const seq = from.integer('file', 0, books.files - 1);
    const hash = hashOf(from);
    if (books.hashes[seq] !== undefined) throw from.wrong('file', 'a file of its own');
    if (!known.has(hash) && !books.skipped.has(seq)) continue;
    books.hashes[seq] = hash;
    // Chunks are ordered by their first file, and the order of reading has to stay.
    if (chunk.seqs.length >= ROWS && seq > Math.max(last, chunk.seqs[0])) await flush();
    chunk.seqs.push(seq);
    chunk.hashes.push(hash);
  }
  await flush();
}

/** Where a picture may be fetched from; nothing is, before the person agrees to the server. */
function addressOf(from: Fields): string {
  const address = from.longText('address', LONGEST_PATH);
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) throw from.wrong('address', 'an address');
  return address;
}

/** A SHA-256 in hex. */
export function hashOf(from: Fields): string {
  const hash = from.text('sha256');
  if (!/^[0-9a-f]{64}$/.test(hash)) throw from.wrong('sha256', 'a SHA-256');
  return hash;
}
