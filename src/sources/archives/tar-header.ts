/** What a header of 512 bytes says (POSIX ustar, GNU). */
export interface TarHeader {
  name: string;
  size: number;
  /** Milliseconds. */
  modified: number;
  type: string;
}

export const BLOCK = 512;

/** Reads a header block; null when its checksum is wrong, that is, when it is none. */
export function parseHeader(block: Uint8Array): TarHeader | null {
  if (block.length < BLOCK || !checksumFits(block)) return null;
  const magic = text(block, 257, 5);
  const prefix = magic === 'ustar' && block[262] === 0 ? text(block, 345, 155) : '';
  const name = text(block, 0, 100);
  const size = number(block, 124, 12);
  if (!Number.isSafeInteger(size) || size < 0) return null;
  return {
    name: prefix ? `${prefix}/${name}` : name,
    size,
    modified: number(block, 136, 12) * 1000,
    type: String.fromCharCode(block[156] || 0x30),
  };
}

export function isZeroBlock(block: Uint8Array): boolean {
  return block.every((byte) => byte === 0);
}

/** `length key=value` records of a PAX header; later ones win. */
export function parsePax(bytes: Uint8Array): Map<string, string> {
  const records = new Map<string, string>();
  for (let at = 0; at < bytes.length;) {
    const space = bytes.indexOf(0x20, at);
    const length = Number(decode(bytes.subarray(at, Math.max(space, at))));
    const end = at + length;
    if (space < 0 || !(length > 0) || end > bytes.length) break;
    const record = decode(bytes.subarray(space + 1, end - 1));
    const equals = record.indexOf('=');
    if (equals > 0) records.set(record.slice(0, equals), record.slice(equals + 1));
    at = end;
  }
  return records;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });
const latin1 = new TextDecoder('windows-1252');

/** UTF-8, or Latin-1 when it is not: TAR does not say. */
export function decode(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    return latin1.decode(bytes);
  }
}

function text(block: Uint8Array, at: number, length: number): string {
  const field = block.subarray(at, at + length);
  const end = field.indexOf(0);
  return decode(end < 0 ? field : field.subarray(0, end));
}

/** Octal, or base 256 where the first bit is set (GNU, for more than 8 GiB). */
function number(block: Uint8Array, at: number, length: number): number {
  if ((block[at] & 0x80) === 0) return parseInt(text(block, at, length).trim() || '0', 8);
  let value = block[at] & 0x3f;
  for (let i = 1; i < length; i++) value = value * 256 + block[at + i];
  return value;
}

/** The sum of all bytes, the checksum's own taken as spaces; some old archivers took bytes as signed. */
function checksumFits(block: Uint8Array): boolean {
  const stored = parseInt(text(block, 148, 8).trim(), 8);
  let unsigned = 0;
  let signed = 0;
  for (let i = 0; i < BLOCK; i++) {
    const byte = i >= 148 && i < 156 ? 0x20 : block[i];
    unsigned += byte;
    signed += byte < 128 ? byte : byte - 256;
  }
  return stored === unsigned || stored === signed;
}
