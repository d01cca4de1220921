import type { Skip } from '../../domain/files';

/** A file within another file: an archive's entry, the picture of a JSON record. */
export interface ArchiveEntry {
  /** Inside the archive, with `/`. Empty for the archive itself, when something is wrong with the whole of it. */
  path: string;
  /** Bytes when unpacked, as declared. */
  size: number;
  modified: number;
  /** Why it can never be read, known from the listing. */
  skip?: Skip;
  /** How the name was read when the archive does not say: a guess. */
  nameEncoding?: string;
  /** Unpacks this entry alone. Throws an Error with the reason. */
  read(): Promise<Blob>;
}

/** Bounds against archives made to exhaust memory or patience. */
export interface ArchiveLimits {
  entries: number;
  /** Of one entry, unpacked. */
  bytes: number;
  /** Of all entries, unpacked. */
  total: number;
  /** How far an entry of more than `ratioFrom` bytes may unpack, and how far a whole compressed stream. */
  ratio: number;
  ratioFrom: number;
  streamRatio: number;
}

export const ARCHIVE_LIMITS: ArchiveLimits = {
  entries: 2_000_000,
  bytes: 2 ** 30,
  total: 2 ** 42,
  ratio: 2_000,
  ratioFrom: 2 ** 24,
  streamRatio: 250,
};

/** What is wrong with an archive that can be read in part, as the last of its entries. */
export function remark(detail: string): ArchiveEntry {
  return {
    path: '',
    size: 0,
    modified: 0,
    skip: { code: 'archive', detail },
    read: () => Promise.reject(new Error(detail)),
  };
}

/** Relative and with `/`: nothing that leads out of the folder it is unpacked into. */
export function safePath(name: string): string {
  const path = name.includes('/') ? name : name.replaceAll('\\', '/');
  return path
    .replace(/^[A-Za-z]:(?=\/)/, '')
    .split('/')
    .filter((part) => part !== '' && part !== '.' && part !== '..')
    .join('/');
}
