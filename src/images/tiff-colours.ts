import type { RgbImage } from '../domain/image';
import { PALETTE, toBytes, type Samples } from './tiff-samples';
import { ImageError } from './types';

const [WHITE_IS_ZERO, BLACK_IS_ZERO, RGB, CMYK] = [0, 1, 2, 5];

/** 8-bit RGB of a page. Alpha is dropped, colours multiplied by it are divided; CMYK without a profile, as Pillow. */
export function toRgb(samples: Samples): RgbImage {
  const { width, height, photometric } = samples;
  const data = new Uint8Array(width * height * 3);
  if (photometric === WHITE_IS_ZERO || photometric === BLACK_IS_ZERO) fromGrey(data, samples);
  else if (photometric === RGB && samples.perPixel >= 3) fromRgb(data, samples);
  else if (photometric === PALETTE && samples.palette.length >= 3 * 2 ** samples.bits)
    fromPalette(data, samples);
  else if (photometric === CMYK && samples.perPixel >= 4) fromCmyk(data, samples);
  else throw new ImageError('unsupported', `TIFF, photometric interpretation ${photometric}`);
  return { width, height, data };
}

function fromGrey(rgb: Uint8Array, samples: Samples): void {
  const bytes = toBytes(samples);
  const inverted = samples.photometric === WHITE_IS_ZERO ? 255 : 0;
  for (let to = 0, from = 0; to < rgb.length; to += 3, from += samples.perPixel)
    rgb[to] = rgb[to + 1] = rgb[to + 2] = bytes[from] ^ inverted;
}

function fromRgb(rgb: Uint8Array, samples: Samples): void {
  const { perPixel, associatedAlpha } = samples;
  const bytes = toBytes(samples);
  const divide = associatedAlpha && perPixel > 3;
  for (let to = 0, from = 0; to < rgb.length; to += 3, from += perPixel)
    for (let c = 0; c < 3; c++) {
      const value = bytes[from + c];
      const alpha = divide ? bytes[from + 3] : 255;
      rgb[to + c] = alpha === 0 ? 0 : Math.min(255, Math.trunc((value * 255) / alpha));
    }
}

function fromPalette(rgb: Uint8Array, samples: Samples): void {
  const { bits, palette, perPixel } = samples;
  const bytes = toBytes(samples);
  for (let to = 0, from = 0; to < rgb.length; to += 3, from += perPixel)
    for (let c = 0; c < 3; c++) rgb[to + c] = palette[c * 2 ** bits + bytes[from]] >> 8;
}

function fromCmyk(rgb: Uint8Array, samples: Samples): void {
  const bytes = toBytes(samples);
  for (let to = 0, from = 0; to < rgb.length; to += 3, from += samples.perPixel) {
    const white = 255 - bytes[from + 3];
    for (let c = 0; c < 3; c++) rgb[to + c] = white - Math.round((bytes[from + c] * white) / 255);
  }
}
