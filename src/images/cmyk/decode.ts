import type { RgbImage } from '../../domain/image';
import { readPlanes, type Plane } from './entropy';
import { readFrame, type Frame } from './frame';
import { rewrite } from './rewrite';

/** Beyond so many pixels the coefficients take too much memory. */
const MOST_PIXELS = 40_000_000;

/** Gives the pixels of a grey or a YCbCr JPEG. */
export type Decode = (jpeg: Uint8Array<ArrayBuffer>) => Promise<RgbImage>;

/**
 * A JPEG in CMYK or YCCK as RGB, bit for bit as Pillow converts it (inks stored inverted, as Adobe does; profiles ignored). Browsers convert
 * inks each in their own way, so they are given them one by one, as grey pictures of the same coefficients. Null for every other
 * picture and for one that cannot be taken apart, which is then the browser's.
 */
export async function decodeCmyk(bytes: Uint8Array, decode: Decode): Promise<RgbImage | null> {
  const frame = readFrame(bytes);
  if (!frame || frame.width * frame.height > MOST_PIXELS || !hasWholeInks(frame)) return null;
  try {
    return await fromInks(frame, readPlanes(bytes, frame), decode);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** Whether black, and the other inks unless they are in YCbCr, have the size of the picture. */
function hasWholeInks({ components, ycck }: Frame): boolean {
  const hMost = Math.max(...components.map(({ h }) => h));
  const vMost = Math.max(...components.map(({ v }) => v));
  const whole = components.map(({ h, v }) => h === hMost && v === vMost);
  return ycck ? whole[3] && whole[0] : whole.every(Boolean);
}

async function fromInks(frame: Frame, planes: Plane[], decode: Decode): Promise<RgbImage> {
  const { width, height, ycck } = frame;
  const black = await decode(rewrite(frame, planes, [3]));
  const data = new Uint8Array(width * height * 3);
  if (ycck) {
    // The complement of the ink that YCbCr gives is stored inverted: it is what Pillow sees.
    const inks = await decode(rewrite(frame, planes, [0, 1, 2]));
    for (let p = 0; p < data.length; p++) data[p] = mixed(inks.data[p], 255 - black.data[p - (p % 3)]);
    return { width, height, data };
  }
  for (const ink of [0, 1, 2]) {
    const stored = await decode(rewrite(frame, planes, [ink]));
    for (let p = ink; p < data.length; p += 3) data[p] = mixed(255 - stored.data[p], 255 - black.data[p]);
  }
  return { width, height, data };
}

/** Light that an ink and black leave (0..255 each), as Pillow's `cmyk2rgb`. */
function mixed(ink: number, black: number): number {
  const light = 255 - black;
  const product = ink * light + 128;
  return Math.max(0, light - (((product >> 8) + product) >> 8));
}
