import { boxes, type Box } from './iso-media';
import { latin1 } from './sniff';

/**
 * Where the EXIF item of a HEIF or AVIF file keeps its TIFF structure (ISO 23008-12, annex A; item locations as in
 * ISO 14496-12, 8.11.3), when it lies there in one piece; null when there is none.
 */
export function isoExifBlock(bytes: Uint8Array): [from: number, to: number] | null {
  try {
    const meta = boxes(bytes, 0, bytes.length).find(({ type }) => type === 'meta');
    if (!meta) return null;
    const parts = boxes(bytes, meta.from + 4, meta.to);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const part = (type: string): Box | undefined => parts.find((box) => box.type === type);
    const item = exifItem(view, bytes, part('iinf'));
    const place = item === null ? null : locate(view, part('iloc'), item);
    if (!place) return null;
    const start = place.from + (place.inMeta ? (part('idat')?.from ?? NaN) : 0);
    // The item begins with how many bytes lie between this count and the TIFF structure ("Exif\0\0", mostly).
    const from = start + 4 + view.getUint32(start);
    const to = start + place.length;
    return from < to && to <= bytes.length ? [from, to] : null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** The number of the first item of type Exif. */
function exifItem(view: DataView, bytes: Uint8Array, iinf: Box | undefined): number | null {
  if (!iinf) return null;
  const entries = iinf.from + (view.getUint8(iinf.from) === 0 ? 6 : 8);
  for (const { type, from } of boxes(bytes, entries, iinf.to)) {
    const version = view.getUint8(from);
    if (type !== 'infe' || version < 2) continue;
    const wide = version > 2 ? 2 : 0;
    if (latin1(bytes, from + 8 + wide, from + 12 + wide) === 'Exif')
      return wide ? view.getUint32(from + 4) : view.getUint16(from + 4);
  }
  return null;
}

interface Place {
  from: number;
  length: number;
  /** `from` counts from the `idat` box, not from the start of the file. */
  inMeta: boolean;
}

function locate(view: DataView, iloc: Box | undefined, item: number): Place | null {
  if (!iloc) return null;
  let at = iloc.from;
  const uint = (size: number): number => {
    let value = 0;
    for (const end = at + size; at < end; at++) value = value * 256 + view.getUint8(at);
    return value;
  };
  const version = uint(1);
  at += 3;
  const sizes = uint(2);
  const [offsetSize, lengthSize, baseSize] = [sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15];
  const indexSize = version > 0 ? sizes & 15 : 0;
  const count = uint(version < 2 ? 2 : 4);
  for (let i = 0; i < count && at < iloc.to; i++) {
    const id = uint(version < 2 ? 2 : 4);
    const method = version > 0 ? uint(2) & 15 : 0;
    at += 2;
    const base = uint(baseSize);
    const extents = uint(2);
    const first = at + indexSize;
    if (id === item) {
      at = first;
      const from = base + uint(offsetSize);
      const length = uint(lengthSize);
      return extents === 1 && method < 2 ? { from, length, inMeta: method === 1 } : null;
    }
    at += extents * (indexSize + offsetSize + lengthSize);
  }
  return null;
}
