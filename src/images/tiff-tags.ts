/** One image file directory: tag number -> its values. */
export type Directory = Map<number, TiffField>;

interface TiffField {
  values: number[];
  /** Where the first value lies, for patching it in place. */
  at: number;
  littleEndian: boolean;
}

const MAX_DIRECTORIES = 64;
const SIZES: Record<number, number> = { 1: 1, 2: 1, 3: 2, 4: 4, 6: 1, 7: 1, 8: 2, 9: 4, 13: 4, 16: 8, 18: 8 };

/**
 * Reads the chain of directories of a TIFF (classic or BigTIFF; the same structure holds the EXIF fields of other
 * formats): integer and text fields only. Fields that point outside the bytes are left out, a chain that loops ends.
 */
export function readTiff(bytes: Uint8Array): Directory[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 8) return [];
  const le = view.getUint8(0) === 0x49;
  const big = view.getUint16(2, le) === 43;
  const directories: Directory[] = [];
  const seen = new Set<number>();
  let at = big ? offset64(view, 8, le) : view.getUint32(4, le);
  while (at > 0 && !seen.has(at) && directories.length < MAX_DIRECTORIES) {
    seen.add(at);
    const count = big ? offset64(view, at, le) : inside(view, at, 2) ? view.getUint16(at, le) : 0;
    const first = at + (big ? 8 : 2);
    const entry = big ? 20 : 12;
    if (count === 0 || !inside(view, first, count * entry)) break;
    directories.push(readDirectory(view, first, count, big, le));
    at = next(view, first + count * entry, big, le);
  }
  return directories;
}

/** The values of a tag, or an empty list. */
export function tag(directory: Directory | undefined, id: number): number[] {
  return directory?.get(id)?.values ?? [];
}

function readDirectory(view: DataView, first: number, count: number, big: boolean, le: boolean): Directory {
  const directory: Directory = new Map();
  for (let i = 0; i < count; i++) {
    const at = first + i * (big ? 20 : 12);
    const size = SIZES[view.getUint16(at + 2, le)];
    if (!size) continue;
    const length = big ? offset64(view, at + 4, le) : view.getUint32(at + 4, le);
    const valueAt = at + (big ? 12 : 8);
    const bytes = size * length;
    const inline = bytes <= (big ? 8 : 4);
    const start = inline ? valueAt : big ? offset64(view, valueAt, le) : view.getUint32(valueAt, le);
    if (!inside(view, start, bytes) || directory.has(view.getUint16(at, le))) continue;
    const values = Array.from({ length }, (_, k) => value(view, start + k * size, size, le));
    directory.set(view.getUint16(at, le), { values, at: start, littleEndian: le });
  }
  return directory;
}

function value(view: DataView, at: number, size: number, le: boolean): number {
  if (size === 1) return view.getUint8(at);
  if (size === 2) return view.getUint16(at, le);
  return size === 4 ? view.getUint32(at, le) : offset64(view, at, le);
}

function next(view: DataView, at: number, big: boolean, le: boolean): number {
  if (!inside(view, at, big ? 8 : 4)) return 0;
  return big ? offset64(view, at, le) : view.getUint32(at, le);
}

function inside(view: DataView, at: number, length: number): boolean {
  return at >= 0 && at + length <= view.byteLength;
}

/** Offsets past 2^53 do not occur in a file that fits in memory; they fail the bounds check. */
function offset64(view: DataView, at: number, le: boolean): number {
  return inside(view, at, 8) ? Number(view.getBigUint64(at, le)) : 0;
}
