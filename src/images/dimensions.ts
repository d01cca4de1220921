import { gifLayout } from './gif';
import { isoImageSize } from './iso-media';
import type { ImageFormat } from './sniff';
import { readTiff, tag } from './tiff-tags';

export interface Size {
  width: number;
  height: number;
}

/**
 * The size that a file's header declares, before any decoding, so that a decompression bomb is refused before it
 * allocates. Not turned by EXIF. Null when the format keeps it elsewhere or the header is cut short.
 */
export function declaredSize(bytes: Uint8Array, format: ImageFormat): Size | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    switch (format) {
      case 'png':
        return { width: view.getUint32(16), height: view.getUint32(20) };
      case 'gif':
        return gifSize(bytes);
      case 'bmp':
        return bmpSize(view);
      case 'jpeg':
        return jpegSize(view);
      case 'webp':
        return webpSize(view);
      case 'avif':
      case 'heic':
        return isoImageSize(bytes);
      case 'tiff':
        return tiffSize(bytes);
      default:
        return null;
    }
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function gifSize(bytes: Uint8Array): Size {
  const { width, height } = gifLayout(bytes);
  return { width, height };
}

/** Negative heights are top-down rows; the 12-byte header of OS/2 keeps 16-bit sizes. */
function bmpSize(view: DataView): Size {
  if (view.getUint32(14, true) === 12)
    return { width: view.getUint16(18, true), height: view.getUint16(20, true) };
  return { width: Math.abs(view.getInt32(18, true)), height: Math.abs(view.getInt32(22, true)) };
}

/** Walks the marker segments to the frame header (SOF0..15 without DHT, JPG, DAC). */
function jpegSize(view: DataView): Size | null {
  let at = 2;
  while (at + 4 <= view.byteLength) {
    if (view.getUint8(at) !== 0xff) {
      at += 1;
      continue;
    }
    const marker = view.getUint8(at + 1);
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    if (marker === 0xda || marker === 0xd9) return null;
    const bare = marker === 0xff || marker <= 0x01 || (marker >= 0xd0 && marker <= 0xd7);
    at += bare ? (marker === 0xff ? 1 : 2) : 2 + view.getUint16(at + 2);
  }
  return null;
}

function webpSize(view: DataView): Size | null {
  const chunk = view.getUint32(12);
  if (chunk === 0x56503820)
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  if (chunk === 0x5650384c) {
    const bits = view.getUint32(21, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  if (chunk !== 0x56503858) return null;
  return { width: (view.getUint32(24, true) & 0xffffff) + 1, height: (view.getUint32(26, true) >>> 8) + 1 };
}

function tiffSize(bytes: Uint8Array): Size | null {
  const [width] = tag(readTiff(bytes)[0], 256);
  const [height] = tag(readTiff(bytes)[0], 257);
  return width && height ? { width, height } : null;
}
