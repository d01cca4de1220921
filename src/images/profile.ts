import type { ImageFormat } from './sniff';

const END_OF_HEADERS = 0xda;
const COLOUR_PROFILE = 0xe2;

/**
 * Whether a file is a JPEG in grey or YCbCr without a colour profile, by its markers: what a browser gives of it is the same
 * whether profiles count or not. false in doubt.
 */
export function isPlain(bytes: Uint8Array, format: ImageFormat): boolean {
  if (format !== 'jpeg') return false;
  let components = 0;
  for (let at = 2; at + 10 <= bytes.length && bytes[at] === 0xff;) {
    const marker = bytes[at + 1];
    if (marker === END_OF_HEADERS) return components === 1 || components === 3;
    if (marker === COLOUR_PROFILE) return false;
    if (isFrame(marker)) components = bytes[at + 9];
    at += 2 + ((bytes[at + 2] << 8) | bytes[at + 3]);
  }
  return false;
}

/** SOF0 .. SOF15 but for those numbers that mean something else. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}
