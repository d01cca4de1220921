import { BlobReader, ZipReader, configure, type FileEntry } from '@zip.js/zip.js';
import { TesseraError } from '../domain/errors';
import type { Skip } from '../domain/files';

// The workers of the library come from blob addresses and this runs in a worker already.
configure({ useWebWorkers: false });

export interface ArchiveEntry {
  /** Inside the archive, with `/`. */
  path: string;
  /** Bytes when unpacked, as declared. */
  size: number;
  modified: number;
  /** Why it can never be read, known from the listing. */
  skip?: Skip;
  /** Unpacks this entry alone. Throws an Error with the reason. */
  read(): Promise<Blob>;
}

/** Bounds against archives made to exhaust memory: entries in all, bytes of one, and how far one may unpack. */
export const ARCHIVE_LIMITS = { entries: 2_000_000, bytes: 1 << 30, ratio: 2_000, ratioFrom: 16 << 20 };

/** Whether a file name says that it is an archive that `listArchive` opens. */
export function isArchive(path: string): boolean {
  return /\.zip$/i.test(path);
}

/**
 * The files of a ZIP archive, in the order of its directory; nothing is unpacked.
 * Throws `archive` when the directory cannot be read.
 */
export async function listArchive(file: Blob, limits = ARCHIVE_LIMITS): Promise<ArchiveEntry[]> {
  const entries: ArchiveEntry[] = [];
  try {
    const reader = new ZipReader(new BlobReader(file));
    for await (const entry of reader.getEntriesGenerator()) {
      if (entry.directory) continue;
      if (entries.length === limits.entries) throw new Error(`more than ${limits.entries} entries`);
      entries.push(describe(entry, limits));
    }
  } catch (error) {
    const reason = reasonOf(error);
    throw new TesseraError('archive', `The archive could not be opened (${reason}).`, { reason });
  }
  return entries;
}

function describe(entry: FileEntry, limits: typeof ARCHIVE_LIMITS): ArchiveEntry {
  const skip = refusal(entry, limits);
  return {
    path: entry.filename,
    size: entry.uncompressedSize,
    modified: entry.lastModDate?.getTime() ?? 0,
    ...(skip && { skip }),
    read: () => unpack(entry),
  };
}

function refusal(entry: FileEntry, limits: typeof ARCHIVE_LIMITS): Skip | null {
  const { uncompressedSize: size, compressedSize: packed } = entry;
  if (entry.encrypted) return { code: 'archive', detail: 'encrypted' };
  if (isArchive(entry.filename)) return { code: 'archive', detail: 'an archive within an archive' };
  if (size > limits.bytes) return { code: 'archive', detail: `unpacks to ${size} bytes` };
  if (size > limits.ratioFrom && size > packed * limits.ratio)
    return { code: 'archive', detail: `unpacks to ${Math.round(size / packed)} times its size` };
  return null;
}

/** An entry's bytes; the declared size is a promise of the archive's maker, so it is enforced. */
async function unpack(entry: FileEntry): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  const sink = new WritableStream<Uint8Array<ArrayBuffer>>({
    write(part) {
      size += part.byteLength;
      if (size > entry.uncompressedSize) throw new Error('unpacks to more than it declares');
      parts.push(part);
    },
  });
  try {
    await entry.getData(sink, { checkSignature: true });
  } catch (error) {
    throw new Error(reasonOf(error), { cause: error });
  }
  return new Blob(parts);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
