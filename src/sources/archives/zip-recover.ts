import { WindowedBlob } from '../window';

const LOCAL = 0x04034b50;
const DESCRIPTOR = 0x08074b50;
const HEADER = 30;
const CUT = 'one is cut short';
const FULL = 0xffffffff;

interface Local {
  at: number;
  /** The fixed part from the version on (26 bytes), name, extra fields without zip64's. */
  fixed: Uint8Array;
  name: Uint8Array;
  extra: Uint8Array;
  crc: number;
  packed: number;
  size: number;
  end: number;
}

/**
 * A ZIP archive whose directory is missing, with a new one made of the headers before each file (APPNOTE 4.3.7): those of
 * all files that are whole. Null when there are none.
 */
export async function recoverZip(
  file: Blob,
  limit: number,
): Promise<{ zip: Blob; found: number; reason: string } | null> {
  const source = new WindowedBlob(file);
  const locals: Local[] = [];
  let reason = 'no more are looked for';
  for (let at = 0; locals.length < limit;) {
    const local = await readLocal(source, at, file.size);
    if (typeof local === 'string') {
      reason = local;
      break;
    }
    locals.push(local);
    at = local.end;
  }
  if (locals.length === 0) return null;
  const end = locals[locals.length - 1].end;
  const directory = locals.map(centralHeader);
  const length = directory.reduce((sum, part) => sum + part.length, 0);
  const zip = new Blob([file.slice(0, end), ...directory, endRecords(locals.length, length, end)]);
  return { zip, found: locals.length, reason };
}

/** The file whose header is at `at`, or why it is not whole. */
async function readLocal(source: WindowedBlob, at: number, total: number): Promise<Local | string> {
  const head = await source.read(at, at + HEADER);
  const view = new DataView(head.buffer, head.byteOffset, head.length);
  if (head.length < HEADER) return 'it ends';
  if (view.getUint32(0, true) !== LOCAL) return `something else follows at byte ${at}`;
  const fixed = head.slice(4);
  const nameLength = view.getUint16(26, true);
  const extraLength = view.getUint16(28, true);
  const flags = view.getUint16(6, true);
  const dataAt = at + HEADER + nameLength + extraLength;
  const rest = (await source.read(at + HEADER, dataAt)).slice();
  const name = rest.subarray(0, nameLength);
  if (rest.length < nameLength + extraLength) return CUT;
  const { extra, zip64 } = splitExtra(rest.subarray(nameLength));
  let crc = view.getUint32(14, true);
  let packed = view.getUint32(18, true);
  let size = view.getUint32(22, true);
  if (zip64 && size === FULL) size = Number(zip64.getBigUint64(0, true));
  if (zip64 && packed === FULL) packed = Number(zip64.getBigUint64(8, true));
  let end = dataAt + packed;
  if ((flags & 8) !== 0 && packed === 0) {
    const found = await findDescriptor(source, dataAt, total);
    if (!found) return CUT;
    ({ crc, packed, size, end } = found);
  }
  if (end > total) return CUT;
  return { at, fixed, name, extra, crc, packed, size, end };
}

/** Sizes that follow the data because they were not known before it: recognised by telling its length. */
async function findDescriptor(
  source: WindowedBlob,
  dataAt: number,
  total: number,
): Promise<Pick<Local, 'crc' | 'packed' | 'size' | 'end'> | null> {
  const step = 1 << 16;
  for (let at = dataAt; at < total; at += step) {
    const bytes = await source.read(at, at + step + 24);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    for (let i = bytes.indexOf(0x50); i >= 0 && i < step; i = bytes.indexOf(0x50, i + 1)) {
      const before = at + i - dataAt;
      if (i + 16 > bytes.length || view.getUint32(i, true) !== DESCRIPTOR) continue;
      const crc = view.getUint32(i + 4, true);
      if (view.getUint32(i + 8, true) === before)
        return { crc, packed: before, size: view.getUint32(i + 12, true), end: at + i + 16 };
      if (i + 24 <= bytes.length && view.getBigUint64(i + 8, true) === BigInt(before))
        return { crc, packed: before, size: Number(view.getBigUint64(i + 16, true)), end: at + i + 24 };
    }
  }
  return null;
}

function splitExtra(extra: Uint8Array): { extra: Uint8Array; zip64: DataView | null } {
  const kept: number[] = [];
  let zip64: DataView | null = null;
  for (let at = 0; at + 4 <= extra.length;) {
    const id = extra[at] | (extra[at + 1] << 8);
    const end = at + 4 + (extra[at + 2] | (extra[at + 3] << 8));
    const field = extra.slice(at + 4, end);
    if (id !== 1) kept.push(...extra.subarray(at, end));
    else if (field.length >= 16) zip64 = new DataView(field.buffer);
    at = end;
  }
  return { extra: new Uint8Array(kept), zip64 };
}

/** An entry of the directory, its sizes in a zip64 field whatever they are. */
function centralHeader({ at, fixed, name, extra, crc, packed, size }: Local): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(46 + name.length + 28 + extra.length);
  const view = new DataView(out.buffer);
  view.setUint32(0, 0x02014b50, true);
  view.setUint16(4, 45, true);
  out.set(fixed.subarray(0, 10), 6);
  view.setUint32(16, crc, true);
  view.setUint32(20, FULL, true);
  view.setUint32(24, FULL, true);
  view.setUint16(28, name.length, true);
  view.setUint16(30, 28 + extra.length, true);
  view.setUint32(42, FULL, true);
  out.set(name, 46);
  const field = 46 + name.length;
  view.setUint16(field, 1, true);
  view.setUint16(field + 2, 24, true);
  view.setBigUint64(field + 4, BigInt(size), true);
  view.setBigUint64(field + 12, BigInt(packed), true);
  view.setBigUint64(field + 20, BigInt(at), true);
  out.set(extra, field + 28);
  return out;
}

/** The zip64 end record, its locator, and the plain end record. */
function endRecords(count: number, length: number, start: number): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(56 + 20 + 22);
  const view = new DataView(out.buffer);
  view.setUint32(0, 0x06064b50, true);
  view.setBigUint64(4, 44n, true);
  view.setUint16(12, 45, true);
  view.setUint16(14, 45, true);
  view.setBigUint64(24, BigInt(count), true);
  view.setBigUint64(32, BigInt(count), true);
  view.setBigUint64(40, BigInt(length), true);
  view.setBigUint64(48, BigInt(start), true);
  view.setUint32(56, 0x07064b50, true);
  view.setBigUint64(64, BigInt(start + length), true);
  view.setUint32(72, 1, true);
  view.setUint32(76, 0x06054b50, true);
  out.fill(0xff, 84, 96);
  return out;
}
