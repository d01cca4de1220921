import type { RgbImage } from '../domain/image';
import type { Size } from './dimensions';
import { resize } from './resize';

/** Long side of stored thumbnails in pixels. */
export const THUMBNAIL_SIDE = 128;

const QUALITY = 0.82;

/** The size of a thumbnail: at most `longSide`, the shape kept, nothing enlarged. */
export function thumbnailSize({ width, height }: Size, longSide = THUMBNAIL_SIDE): Size {
  const scale = Math.min(1, longSide / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/**
 * A small JPEG of the picture, resized to `size`. JPEG, because WebP takes four times as long to write (2.4 against
 * 0.6 ms) for a file a fifth smaller.
 */
export async function makeThumbnail(
  image: RgbImage,
  size: Size = thumbnailSize(image),
): Promise<Uint8Array<ArrayBuffer>> {
  const { width, height, data } = resize(image, size.width, size.height);
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
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: QUALITY });
  return new Uint8Array(await blob.arrayBuffer());
}
