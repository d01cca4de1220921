import { latin1 } from './sniff';
import type { Size } from './dimensions';

export interface Box {
  type: string;
  from: number;
  to: number;
}

/** The boxes between two offsets of an ISO base media file (AVIF, HEIF); stops at the first one that cannot be. */
export function boxes(bytes: Uint8Array, from: number, to: number): Box[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found: Box[] = [];
  while (from + 8 <= to) {
    const size = view.getUint32(from);
    const end = size === 0 ? to : from + size;
    if (size === 1 || (size > 0 && size < 8) || end > to) break;
    found.push({ type: latin1(bytes, from + 4, from + 8), from: from + 8, to: end });
    from = end;
  }
  return found;
}

/** The item properties (`meta/iprp/ipco`) of a HEIF or AVIF file. */
function properties(bytes: Uint8Array): Box[] {
  const meta = boxes(bytes, 0, bytes.length).find((box) => box.type === 'meta');
  if (!meta) return [];
  const iprp = boxes(bytes, meta.from + 4, meta.to).find((box) => box.type === 'iprp');
  const ipco = iprp && boxes(bytes, iprp.from, iprp.to).find((box) => box.type === 'ipco');
  return ipco ? boxes(bytes, ipco.from, ipco.to) : [];
}

/** The largest declared extent: the whole picture where it is stored as a grid of tiles. */
export function isoImageSize(bytes: Uint8Array): Size | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const sizes = properties(bytes)
    .filter((box) => box.type === 'ispe' && box.to - box.from >= 12)
    .map((box) => ({ width: view.getUint32(box.from + 4), height: view.getUint32(box.from + 8) }));
  return sizes.sort((a, b) => b.width * b.height - a.width * a.height)[0] ?? null;
}

/** Whether an auxiliary image of the file is an alpha plane. */
export function isoHasAlpha(bytes: Uint8Array): boolean {
  return properties(bytes).some(
    (box) => box.type === 'auxC' && /alpha|hevc:2015:auxid:1/.test(latin1(bytes, box.from + 4, box.to)),
  );
}
