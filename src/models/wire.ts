import { PbfReader, PbfWriter } from 'pbf';

/** A stretch of a file: first byte, and one past the last. */
export interface Span {
  start: number;
  end: number;
}

class Malformed extends Error {}

/**
 * Calls `onField(tag)` for each field of the protobuf message that ends at `end`. Values that `onField` leaves
 * unread are skipped. pbf itself reads on past the end of a message, so every length is checked here.
 */
export function readFields(pbf: PbfReader, end: number, onField: (tag: number) => void): void {
  if (end > pbf.length) throw new Malformed('cut short');
  for (let tag = pbf.nextField(end); tag !== 0; tag = pbf.nextField(end)) {
    onField(tag);
    if (pbf.pos > end) throw new Malformed('a value runs past its message');
  }
  if (pbf.pos !== end) throw new Malformed('a field has no number');
}

/** Reads the length of the value at hand, which must fit before `end`; leaves the reader at its first byte. */
export function readSpan(pbf: PbfReader, end: number): Span {
  if (pbf.type !== 2) throw new Malformed('a value has the wrong type');
  const length = pbf.readVarint();
  const start = pbf.pos;
  if (!(length >= 0 && start + length <= end)) throw new Malformed('a length runs past its message');
  return { start, end: start + length };
}

/** As `readSpan`, then moves past the value. */
export function skipSpan(pbf: PbfReader, end: number): Span {
  const span = readSpan(pbf, end);
  pbf.pos = span.end;
  return span;
}

/** Writes a message with pbf and returns its bytes. */
export function encode(write: (pbf: PbfWriter) => void): Uint8Array {
  const pbf = new PbfWriter();
  write(pbf);
  return pbf.finish();
}

/** The parts of a length-delimited field: its header, then the given parts as they are, uncopied. */
export function field(tag: number, parts: Uint8Array[]): Uint8Array[] {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const header = encode((pbf) => {
    pbf.writeTag(tag, 2);
    pbf.writeVarint(length);
  });
  return [header, ...parts];
}

export function concat(parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
