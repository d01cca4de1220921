import type { ImageFacts } from '../domain/facts';
import type { RgbImage } from '../domain/image';
import { openImage, type DecodeOptions } from './decode';
import type { Size } from './dimensions';
import { readFacts } from './exif';
import { pixelsOf } from './pixels';
import { preprocess, type Target } from './preprocess';
import { sniff } from './sniff';
import { makeThumbnail, thumbnailSize } from './thumbnail';

export interface PreparedImage {
  /** Size of the picture as it is seen, before resizing. */
  width: number;
  height: number;
  /** target.width x target.height. */
  input: RgbImage;
  /** A JPEG. */
  thumbnail: Uint8Array<ArrayBuffer>;
  /** What the file says of how it was taken; null when it says nothing. */
  facts: ImageFacts | null;
  seconds: { decode: number; resize: number };
}

/** From the bytes of a file to what the network and the gallery need. Throws ImageError for a file to be skipped. */
export async function prepareImage(
  bytes: Uint8Array<ArrayBuffer>,
  target: Target,
  options?: DecodeOptions,
): Promise<PreparedImage> {
  const start = performance.now();
  const image = await openImage(bytes, options);
  try {
    const { width, height } = image;
    const decoded = performance.now();
    const input = preprocess(image, target);
    const small = thumbnailSize(image);
    const source = holdsWhole(input, image, target, small) ? pixelsOf(input) : image;
    const thumbnail = makeThumbnail(source, small);
    const seconds = { decode: (decoded - start) / 1000, resize: (performance.now() - decoded) / 1000 };
    return { width, height, input, thumbnail, facts: readFacts(bytes, sniff(bytes)!), seconds };
  } finally {
    image.close();
  }
}

/** Whether the thumbnail can be drawn from the network's input: much less to resize, nothing lost. */
function holdsWhole(input: Size, image: Size, target: Target, small: Size): boolean {
  const covers = (a: Size, b: Size) => a.width >= b.width && a.height >= b.height;
  return target.resize === 'squash' && covers(image, input) && covers(input, small);
}
