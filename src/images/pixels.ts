import type { RgbImage } from '../domain/image';
import type { Size } from './dimensions';

/** A decoded picture, read a few rows at a time, so that a large one need not lie in memory twice. */
export interface Pixels extends Size {
  /** Bytes of a pixel: 3 are RGB; of 4 the last counts for nothing. */
  step: 3 | 4;
  /** Rows y .. y + n - 1, width x step bytes each; valid until the next call. Throws ImageError `too-large`. */
  rows(y: number, n: number): Uint8Array | Uint8ClampedArray;
}

/** Rows are read in bands of about this many pixels. */
const BAND_PIXELS = 2 << 20;

/** How many rows of this width to read at a time. */
export function bandRows(width: number): number {
  return Math.max(1, Math.floor(BAND_PIXELS / width));
}

export function pixelsOf({ width, height, data }: RgbImage): Pixels {
  const rows = (y: number, n: number) => data.subarray(y * width * 3, (y + n) * width * 3);
  return { width, height, step: 3, rows };
}

/** The whole picture in memory. */
export function wholeImage(pixels: Pixels): RgbImage {
  const { width, height, step } = pixels;
  const data = new Uint8Array(width * height * 3);
  const most = bandRows(width);
  for (let y = 0; y < height; y += most) {
    const n = Math.min(most, height - y);
    const band = pixels.rows(y, n);
    const at = y * width * 3;
    if (step === 3) data.set(band, at);
    else copyRgb(band, width, n, data, at, width);
  }
  return { width, height, data };
}

/** Copies w x h RGBA pixels into an RGB picture `stride` pixels wide, from byte `to` on. */
export function copyRgb(
  rgba: Uint8Array | Uint8ClampedArray,
  w: number,
  h: number,
  rgb: Uint8Array,
  to: number,
  stride: number,
): void {
  let from = 0;
  for (let y = 0; y < h; y++, to += (stride - w) * 3)
    for (let x = 0; x < w; x++, from += 4, to += 3) {
      rgb[to] = rgba[from];
      rgb[to + 1] = rgba[from + 1];
      rgb[to + 2] = rgba[from + 2];
    }
}
