import { resize } from './resize';
import type { RgbImage } from './types';

const QUALITY = 0.8;

/** Long side of stored thumbnails in pixels. */
export const THUMBNAIL_SIDE = 128;

/**
 * A small WebP (JPEG where the browser cannot write WebP) whose long side is at most `longSide`; the shape is kept
 * and nothing is enlarged.
 */
export async function makeThumbnail(
  image: RgbImage,
  longSide = THUMBNAIL_SIDE,
): Promise<Uint8Array<ArrayBuffer>> {
  const scale = Math.min(1, longSide / Math.max(image.width, image.height));
  const width = Math.max(1, Math.round(image.width * scale));
  const height = Math.max(1, Math.round(image.height * scale));
  return encode(resize(image, width, height));
}

async function encode({ width, height, data }: RgbImage): Promise<Uint8Array<ArrayBuffer>> {
  const pixels = new ImageData(width, height);
  for (let from = 0, to = 0; from < data.length; from += 3, to += 4) {
    pixels.data[to] = data[from];
    pixels.data[to + 1] = data[from + 1];
    pixels.data[to + 2] = data[from + 2];
    pixels.data[to + 3] = 255;
  }
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  if (!context) throw new Error(`No 2D canvas of ${width} x ${height} pixels could be had.`);
  context.putImageData(pixels, 0, 0);
  let blob = await canvas.convertToBlob({ type: 'image/webp', quality: QUALITY });
  // A browser that cannot write WebP silently gives PNG, which is several times larger than JPEG.
  if (blob.type !== 'image/webp') blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: QUALITY });
  return new Uint8Array(await blob.arrayBuffer());
}
