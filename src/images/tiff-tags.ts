/** One image file directory: tag number -> its field. */
export type Directory = Map<number, TiffField>;

type Reader = (view: DataView, at: number, littleEndian: boolean) => number;

interface ValueType {
  size: number;
  read: Reader;
}

const uint8: ValueType = { size: 1, read: (view, at) => view.getUint8(at) };
const uint16: ValueType = { size: 2, read: (view, at, le) => view.getUint16(at, le) };
const uint32: ValueType = { size: 4, read: (view, at, le) => view.getUint32(at, le) };
const int32: ValueType = { size: 4, read: (view, at, le) => view.getInt32(at, le) };
const uint64: ValueType = { size: 8, read: offset64 };

/** A fraction of two whole numbers; NaN where it is none. */
const ratio = ({ read }: ValueType): ValueType => ({
  size: 8,
  read: (view, at, le) => {
    const below = read(view, at + 4, le);
    return below === 0 ? NaN : read(view, at, le) / below;
  },
});

/** By their numbers in TIFF 6.0, section 2, and BigTIFF. */
const TYPES: Record<number, ValueType> = {
  1: uint8,
  2: uint8,
  3: uint16,
  4: uint32,
  5: ratio(uint32),
  6: { size: 1, read: (view, at) => view.getInt8(at) },
  7: uint8,
  8: { size: 2, read: (view, at, le) => view.getInt16(at, le) },
  9: int32,
  10: ratio(int32),
  11: { size: 4, read: (view, at, le) => view.getFloat32(at, le) },
  12: { size: 8, read: (view, at, le) => view.getFloat64(at, le) },
  13: uint32,
  16: uint64,
  18: uint64,
};

/** A field whose values are read when they are asked for: a damaged directory may name the same megabytes many times. */
export class TiffField {
  constructor(
    private readonly view: DataView,
    private readonly type: ValueType,
    readonly length: number,
    /** Where the first value lies, for patching it in place. */
    readonly at: number,
    readonly littleEndian: boolean,
  ) {}

  get values(): number[] {
    return Array.from({ length: this.length }, (_, k) => this.value(k));
  }

  /** Bytes of one value. */
  get size(): number {
    return this.type.size;
  }

  /** NaN past the end. */
  value(k: number): number {
    return k < this.length ? this.type.read(this.view, this.at + k * this.size, this.littleEndian) : NaN;
  }

  /** The first `most` bytes as they are. */
  bytes(most: number): Uint8Array {
    const length = Math.min(most, this.length * this.size);
    return new Uint8Array(this.view.buffer, this.view.byteOffset + this.at, length);
  }
}

const MAX_DIRECTORIES = 64;

/**
 * Reads the chain of directories of a TIFF (classic or BigTIFF; the same structure holds the EXIF fields of other
 * formats). Fields that point outside the bytes or have an unknown type are left out, a chain that loops ends.
 */
export function readTiff(bytes: Uint8Array): Directory[] {
  const file = openTiff(bytes);
  if (!file) return [];
  const directories: Directory[] = [];
  const seen = new Set<number>();
  let at = file.first;
  while (at > 0 && !seen.has(at) && directories.length < MAX_DIRECTORIES) {
    seen.add(at);
    const { directory, next } = readDirectory(file, at);
    if (!directory) break;
    directories.push(directory);
    at = next;
  }
  return directories;
}

/** The directory that a field of another one points to, of the same bytes. */
export function subDirectory(bytes: Uint8Array, parent: Directory, id: number): Directory | undefined {
  const file = openTiff(bytes);
  const at = parent.get(id)?.value(0);
  return file && at ? readDirectory(file, at).directory : undefined;
}

/** The values of a tag, or an empty list. */
export function tag(directory: Directory | undefined, id: number): number[] {
  return directory?.get(id)?.values ?? [];
}

interface TiffFile {
  view: DataView;
  le: boolean;
  big: boolean;
  /** Where the first directory is. */
  first: number;
}

function openTiff(bytes: Uint8Array): TiffFile | null {
  if (bytes.length < 8) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const le = view.getUint8(0) === 0x49;
  const big = view.getUint16(2, le) === 43;
  return { view, le, big, first: big ? offset64(view, 8, le) : view.getUint32(4, le) };
}

function readDirectory(file: TiffFile, at: number): { directory?: Directory; next: number } {
  const { view, big, le } = file;
  const head = big ? 8 : 2;
  const entry = big ? 20 : 12;
  const count = !inside(view, at, head) ? 0 : big ? offset64(view, at, le) : view.getUint16(at, le);
  const end = at + head + count * entry;
  if (count === 0 || !inside(view, at, end - at)) return { next: 0 };
  const directory: Directory = new Map();
  for (let from = at + head; from < end; from += entry) {
    const id = view.getUint16(from, le);
    const field = readField(file, from);
    if (field && !directory.has(id)) directory.set(id, field);
  }
  return { directory, next: offset(file, end) };
}

function readField({ view, big, le }: TiffFile, entry: number): TiffField | null {
  const type = TYPES[view.getUint16(entry + 2, le)];
  if (!type) return null;
  const length = big ? offset64(view, entry + 4, le) : view.getUint32(entry + 4, le);
  const valueAt = entry + (big ? 12 : 8);
  const bytes = type.size * length;
  const at = bytes <= (big ? 8 : 4) ? valueAt : offset({ view, big, le }, valueAt);
  return inside(view, at, bytes) ? new TiffField(view, type, length, at, le) : null;
}

function offset({ view, big, le }: Omit<TiffFile, 'first'>, at: number): number {
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
