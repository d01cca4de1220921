import type { Skip } from '../../domain/files';
import { isArchive } from '../archive-names';
import { WindowedBlob, type ByteSource } from '../window';
import { remark, safePath, type ArchiveEntry, type ArchiveLimits } from './entry';
import { BLOCK, decode, isZeroBlock, parseHeader, parsePax } from './tar-header';

/** Longest extended header that is read (names, times). */
const MAX_EXTENDED = 1 << 20;
/** Types that are files; the others are folders, links and devices. */
const FILES = '07';

/** The files of a TAR archive; only headers are read, and entries by their place. Throws an Error with the reason. */
export function listTar(file: Blob, limits: ArchiveLimits): Promise<ArchiveEntry[]> {
  return walkTar(
    new WindowedBlob(file),
    async (start, end) => {
      if (end > file.size) throw new Error('it is cut short');
      return file.slice(start, end);
    },
    limits,
  );
}

/**
 * Walks the headers of a TAR archive in order (ustar, GNU long names, PAX). What is missing of an archive that is cut
 * short, or follows a damaged header, is told by a last entry. Throws an Error when not even the first header is one.
 */
export async function walkTar(
  source: ByteSource,
  open: (start: number, end: number) => Promise<Blob>,
  limits: ArchiveLimits,
): Promise<ArchiveEntry[]> {
  const entries: ArchiveEntry[] = [];
  let global = new Map<string, string>();
  let own = new Map<string, string>();
  let total = 0;
  for (let at = 0; ;) {
    const block = await source.read(at, at + BLOCK);
    if (block.length === 0 && at > 0) return entries;
    if (block.length === BLOCK && isZeroBlock(block)) return entries;
    const header = parseHeader(block);
    if (!header && at === 0) throw new Error('it does not begin as a TAR archive does');
    if (!header) return [...entries, remark(brokenAt(at, block.length < BLOCK))];
    const from = at + BLOCK;
    const pax = new Map([...global, ...own]);
    const size = 'xgLK'.includes(header.type) ? header.size : Number(pax.get('size') ?? header.size);
    if (!Number.isSafeInteger(size) || size < 0) return [...entries, remark(brokenAt(at, false))];
    at = from + Math.ceil(size / BLOCK) * BLOCK;
    if ('xgLK'.includes(header.type)) {
      if (size > MAX_EXTENDED) return [...entries, remark(brokenAt(from, false))];
      const bytes = await source.read(from, from + size);
      if (bytes.length < size) return [...entries, remark(brokenAt(from, true))];
      if (header.type === 'g') global = new Map([...global, ...parsePax(bytes)]);
      else if (header.type === 'x') own = new Map([...own, ...parsePax(bytes)]);
      else own.set(header.type === 'L' ? 'path' : 'linkpath', decode(bytes).replace(/\0.*$/s, ''));
      continue;
    }
    own = new Map();
    const name = pax.get('path') ?? header.name;
    // Old archives mark folders by the name alone.
    if (header.type === '5' || (FILES.includes(header.type) && name.endsWith('/'))) continue;
    const whole = size === 0 || (await source.read(from + size - 1, from + size)).length === 1;
    total += size;
    const sparse = header.type === 'S' || [...pax.keys()].some((key) => key.startsWith('GNU.sparse'));
    const skip = refusal({ name, size, type: header.type, sparse, whole, total }, limits);
    if (entries.length === limits.entries)
      return [...entries, remark(`more than ${limits.entries} entries, the others are left out`)];
    entries.push({
      path: safePath(name),
      size,
      modified: Number(pax.get('mtime') ?? header.modified / 1000) * 1000 || 0,
      ...(skip && { skip }),
      read: () => (skip ? Promise.reject(new Error(skip.detail)) : open(from, from + size)),
    });
    if (!whole) return [...entries, remark(`it is cut short in ${safePath(name)}`)];
  }
}

function brokenAt(at: number, short: boolean): string {
  return short ? `it is cut short at byte ${at}` : `it is damaged at byte ${at}; what follows is left out`;
}

interface Facts {
  name: string;
  size: number;
  type: string;
  sparse: boolean;
  whole: boolean;
  /** Bytes of all entries so far. */
  total: number;
}

function refusal({ name, size, type, sparse, whole, total }: Facts, limits: ArchiveLimits): Skip | null {
  const because = (detail: string): Skip => ({ code: 'archive', detail });
  if (type === '1' || type === '2') return because('a link');
  if (sparse) return because('a sparse file, stored with holes that are not filled in here');
  if (!FILES.includes(type) && /[3-6]/.test(type)) return because('a device, not a file');
  if (!whole) return because('it is cut short');
  if (isArchive(name)) return because('an archive within an archive');
  if (size > limits.bytes) return because(`unpacks to ${size} bytes`);
  if (total > limits.total) return because(`the archive unpacks to more than ${limits.total} bytes`);
  return null;
}
