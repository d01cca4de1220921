import type { RgbImage } from '../domain/image';
import type { Size } from './dimensions';

/** Bytes of a pixel in memory; X counts for nothing. */
export type Layout = 'RGB' | 'RGBX' | 'BGRX';

export const STEP: Record<Layout, number> = { RGB: 3, RGBX: 4, BGRX: 4 };

/** A decoded picture, read a few rows at a time, so that a large one need not lie in memory twice. */
export interface Pixels extends Size {
  layout: Layout;
  /** Rows y .. y + n - 1 without gaps; valid until the next call. Throws ImageError `too-large`. */
  rows(y: number, n: number): Uint8Array | Uint8ClampedArray;
}

/** Rows are read in bands of about this many pixels. */
const BAND_PIXELS = 2 << 20;

/** How many rows of this width to read at a time. */
export function bandRows(width: number): number {
  return Math.max(1, Math.floor(BAND_PIXELS / width));
}

export function pixelsOf({ width, height, data }: RgbImage): Pixels {
  return inMemory(width, height, 'RGB', data);
}

export function inMemory(width: number, height: number, layout: Layout, data: Uint8Array): Pixels {
  const stride = width * STEP[layout];
  return { width, height, layout, rows: (y, n) => data.subarray(y * stride, (y + n) * stride) };
}

/** The whole picture in memory. */
export function wholeImage({ width, height, layout, rows }: Pixels): RgbImage {
  const data = new Uint8Array(width * height * 3);
  const most = bandRows(width);
  for (let y = 0; y < height; y += most) {
    const n = Math.min(most, height - y);
    const at = y * width * 3;
    if (layout === 'RGB') data.set(rows(y, n), at);
    else copyRgb(rows(y, n), width, n, data, at, width, layout);
  }
  return { width, height, data };
}

/** Copies w x h pixels of four bytes into an RGB picture `stride` pixels wide, from byte `to` on. */
export function copyRgb(
  source: Uint8Array | Uint8ClampedArray,
  w: number,
  h: number,
  rgb: Uint8Array,
  to: number,
  stride: number,
  layout: Exclude<Layout, 'RGB'> = 'RGBX',
): void {
  const [red, blue] = layout === 'RGBX' ? [0, 2] : [2, 0];
  let from = 0;
  for (let y = 0; y < h; y++, to += (stride - w) * 3)
    for (let x = 0; x < w; x++, from += 4, to += 3) {
      rgb[to] = source[from + red];
      rgb[to + 1] = source[from + 1];
      rgb[to + 2] = source[from + blue];
    }
}
