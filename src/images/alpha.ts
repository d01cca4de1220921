import { isoHasAlpha } from './iso-media';
import { latin1, type ImageFormat } from './sniff';

/**
 * Whether a file may hold transparent pixels, by its header. Such pictures need the slower readback that keeps the
 * colour under transparent pixels; `true` in doubt.
 */
export function mayHaveAlpha(bytes: Uint8Array, format: ImageFormat): boolean {
  switch (format) {
    case 'jpeg':
      return false;
    case 'png':
      return (bytes[25] & 4) !== 0 || pngHasTransparency(bytes);
    case 'webp':
      return webpHasAlpha(bytes);
    case 'bmp':
      return bytes[28] === 32 || bytes[28] === 16;
    case 'avif':
      return isoHasAlpha(bytes);
    default:
      return true;
  }
}

/** A tRNS chunk stands before the first IDAT. */
function pngHasTransparency(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 8; at + 12 <= bytes.length; at += 12 + view.getUint32(at)) {
    const type = latin1(bytes, at + 4, at + 8);
    if (type === 'tRNS') return true;
    if (type === 'IDAT') return false;
  }
  return false;
}

function webpHasAlpha(bytes: Uint8Array): boolean {
  const chunk = latin1(bytes, 12, 16);
  if (chunk === 'VP8 ') return false;
  // VP8X: the alpha flag; VP8L: alpha_is_used, bit 28 after the signature byte.
  return chunk === 'VP8X' ? (bytes[20] & 0x10) !== 0 : chunk !== 'VP8L' || (bytes[24] & 0x10) !== 0;
}
