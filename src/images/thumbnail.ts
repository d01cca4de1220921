import type { Size } from './dimensions';
import { encodeJpeg } from './jpeg';
import type { Pixels } from './pixels';
import { resize } from './resize';

/** Long side of stored thumbnails in pixels. */
export const THUMBNAIL_SIDE = 128;

const QUALITY = 82;

/** The size of a thumbnail: at most `longSide`, the shape kept, nothing enlarged. */
export function thumbnailSize({ width, height }: Size, longSide = THUMBNAIL_SIDE): Size {
  const scale = Math.min(1, longSide / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** A small JPEG of the picture, resized to `size`. */
export function makeThumbnail(image: Pixels, size: Size = thumbnailSize(image)): Uint8Array<ArrayBuffer> {
  return encodeJpeg(resize(image, size.width, size.height), QUALITY);
}
