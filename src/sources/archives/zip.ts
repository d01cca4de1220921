import { BlobReader, ZipReader, configure, type FileEntry } from '@zip.js/zip.js';
import type { Skip } from '../../domain/files';
import { reasonOf } from '../fault';
import { isArchive } from '../archive-names';
import { remark, safePath, type ArchiveEntry, type ArchiveLimits } from './entry';
import { guessNames } from './names';
import { recoverZip } from './zip-recover';

// The workers of the library come from blob addresses and this runs in a worker already.
configure({ useWebWorkers: false });

/** An entry of a ZIP archive that can be streamed. */
export interface ZipMember extends ArchiveEntry {
  /** The entry's bytes, checked by its checksum at the end; the declared size is enforced. */
  stream(): ReadableStream<Uint8Array<ArrayBuffer>>;
  /** Where its bytes lie in the file when they are stored as they are. */
  place(): Promise<{ start: number; end: number } | null>;
}

/**
 * The files of a ZIP archive (zip64 included), in the order of its directory; nothing is unpacked. Without a directory,
 * the archive having been cut short, the files that are whole are found by their own headers, and the last entry says so.
 * Throws an Error with the reason.
 */
export async function listZip(file: Blob, limits: ArchiveLimits): Promise<ArchiveEntry[]> {
  try {
    return await listDirectory(file, limits);
  } catch (error) {
    if (error instanceof TooMany) throw error;
    const recovered = await recoverZip(file, limits.entries);
    if (!recovered) throw error;
    const entries = await listDirectory(recovered.zip, limits);
    const { found, reason } = recovered;
    return [
      ...entries,
      remark(
        `its directory is missing or damaged; of the files before it, ${found} are whole, then ${reason}`,
      ),
    ];
  }
}

class TooMany extends Error {}

/** As `listZip`, for archives that have to be whole. */
export async function listDirectory(file: Blob, limits: ArchiveLimits): Promise<ZipMember[]> {
  const reader = new ZipReader(new BlobReader(file), { filenameValidation: 'tolerant' });
  const entries: FileEntry[] = [];
  for await (const entry of reader.getEntriesGenerator()) {
    if (entry.directory) continue;
    if (entries.length === limits.entries) throw new TooMany(`more than ${limits.entries} entries`);
    entries.push(entry);
  }
  const guessed = guessedNames(entries);
  const overlapping = overlaps(entries);
  let total = 0;
  return entries.map((entry, i) => {
    total += entry.uncompressedSize;
    const whole: Skip | null = overlapping.has(entry)
      ? { code: 'archive', detail: 'its bytes are also those of another entry' }
      : total > limits.total
        ? { code: 'archive', detail: `the archive unpacks to more than ${limits.total} bytes` }
        : null;
    return member(file, entry, guessed.get(i), whole ?? refusal(entry, limits));
  });
}

function member(
  file: Blob,
  entry: FileEntry,
  guess: { name: string; label: string } | undefined,
  skip: Skip | null,
): ZipMember {
  const stream = (): ReadableStream<Uint8Array<ArrayBuffer>> => unpack(entry);
  return {
    path: safePath(guess?.name ?? entry.filename),
    size: entry.uncompressedSize,
    modified: entry.lastModDate?.getTime() ?? 0,
    ...(guess && { nameEncoding: guess.label }),
    ...(skip && { skip }),
    stream,
    place: () => placeOf(file, entry),
    read: async () => {
      const parts: Uint8Array<ArrayBuffer>[] = [];
      for await (const part of stream()) parts.push(part);
      return new Blob(parts);
    },
  };
}

/** Names in no declared encoding, by entry. */
function guessedNames(entries: readonly FileEntry[]): Map<number, { name: string; label: string }> {
  const at = entries.flatMap((entry, i) =>
    !entry.filenameUTF8 && !hasUnicodePath(entry) && entry.rawFilename.some((byte) => byte > 127) ? [i] : [],
  );
  const { label, names } = guessNames(at.map((i) => entries[i].rawFilename));
  return new Map(at.map((i, j) => [i, { name: names[j], label }]));
}

function hasUnicodePath(entry: FileEntry): boolean {
  return entry.extraFieldUnicodePath?.valid === true;
}

/** Entries that share bytes with one before: the way a small archive unpacks to anything. */
function overlaps(entries: readonly FileEntry[]): Set<FileEntry> {
  const sorted = [...entries].sort((a, b) => a.offset - b.offset);
  const found = new Set<FileEntry>();
  let end = 0;
  for (const entry of sorted) {
    if (entry.offset < end) found.add(entry);
    end = Math.max(end, entry.offset + 30 + entry.compressedSize);
  }
  return found;
}

const METHODS: Record<number, string> = {
  1: 'Shrink',
  6: 'Implode',
  12: 'bzip2',
  14: 'LZMA',
  93: 'Zstandard',
  95: 'XZ',
};

function refusal(entry: FileEntry, limits: ArchiveLimits): Skip | null {
  const { uncompressedSize: size, compressedSize: packed, compressionMethod: method } = entry;
  const because = (detail: string): Skip => ({ code: 'archive', detail });
  if (entry.encrypted) return because('encrypted');
  if (isArchive(entry.filename)) return because('an archive within an archive');
  if (entry.externalFileAttributes >>> 28 === 0xa) return because('a link');
  if (![0, 8, 9].includes(method))
    return because(`packed by ${METHODS[method] ?? `method ${method}`}, which is not unpacked here`);
  if (size > limits.bytes) return because(`unpacks to ${size} bytes`);
  if (size > limits.ratioFrom && size > packed * limits.ratio)
    return because(`unpacks to ${Math.round(size / packed)} times its size`);
  return null;
}

/** An entry's bytes as they are unpacked; the declared size is a promise of the archive's maker, so it is enforced. */
function unpack(entry: FileEntry): ReadableStream<Uint8Array<ArrayBuffer>> {
  let size = 0;
  const check = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(part, controller) {
      size += part.byteLength;
      if (size > entry.uncompressedSize) throw new Error('unpacks to more than it declares');
      controller.enqueue(part);
    },
  });
  entry.getData(check.writable, { checkCrc32: true }).catch((error: unknown) => {
    check.writable.abort(new Error(reasonOf(error), { cause: error })).catch(() => undefined);
  });
  return check.readable;
}

async function placeOf(file: Blob, entry: FileEntry): Promise<{ start: number; end: number } | null> {
  if (entry.compressionMethod !== 0 || entry.encrypted) return null;
  const head = new DataView(await file.slice(entry.offset, entry.offset + 30).arrayBuffer());
  if (head.byteLength < 30 || head.getUint32(0, true) !== 0x04034b50) return null;
  const start = entry.offset + 30 + head.getUint16(26, true) + head.getUint16(28, true);
  return { start, end: start + entry.uncompressedSize };
}
