import { decodeImage, type DecodeOptions } from './decode';
import { preprocess, type Target } from './preprocess';
import { makeThumbnail } from './thumbnail';
import type { RgbImage } from './types';

export interface PreparedImage {
  /** Size of the picture as it is seen, before resizing. */
  width: number;
  height: number;
  /** target.width x target.height. */
  input: RgbImage;
  /** An encoded WebP or JPEG. */
  thumbnail: Uint8Array<ArrayBuffer>;
  seconds: { decode: number; resize: number };
}

/** From the bytes of a file to what the network and the gallery need. Throws ImageError for a file to be skipped. */
export async function prepareImage(
  bytes: Uint8Array<ArrayBuffer>,
  target: Target,
  options?: DecodeOptions,
): Promise<PreparedImage> {
  const start = performance.now();
  const image = await decodeImage(bytes, options);
  const decoded = performance.now();
  const input = preprocess(image, target);
  const thumbnail = await makeThumbnail(image);
  const done = performance.now();
  const { width, height } = image;
  return {
    width,
    height,
    input,
    thumbnail,
    seconds: { decode: (decoded - start) / 1000, resize: (done - decoded) / 1000 },
  };
}
