import type { RgbImage } from '../domain/image';
import { decodeImage, type DecodeOptions } from './decode';
import type { Size } from './dimensions';
import { preprocess, type Target } from './preprocess';
import { makeThumbnail, thumbnailSize } from './thumbnail';

export interface PreparedImage {
  /** Size of the picture as it is seen, before resizing. */
  width: number;
  height: number;
  /** target.width x target.height. */
  input: RgbImage;
  /** A JPEG. */
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
  const small = thumbnailSize(image);
  const source = holdsWhole(input, image, target, small) ? input : image;
  const thumbnail = await makeThumbnail(source, small);
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

/** Whether the thumbnail can be drawn from the network's input: much less to resize, nothing lost. */
function holdsWhole(input: RgbImage, image: RgbImage, target: Target, small: Size): boolean {
  const covers = (a: Size, b: Size) => a.width >= b.width && a.height >= b.height;
  return target.resize === 'squash' && covers(image, input) && covers(input, small);
}
