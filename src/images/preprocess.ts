import type { ResizeMode } from '../domain/spec';
import type { RgbImage } from '../domain/image';
import type { Pixels } from './pixels';
import { resize } from './resize';

/** What a network expects: the size of its input, and how a picture is brought to it. */
export interface Target {
  width: number;
  height: number;
  resize: ResizeMode;
}

/**
 * A picture at the size of the network's input. `squash`: both sides to the target, as torchvision's
 * `Resize((h, w))`. `crop`: the shape is kept, the short side becomes 256/224 of the target's longer side (256 for
 * 224), the centre is taken, as torchvision's `Resize(256)` and `CenterCrop(224)`.
 */
export function preprocess(image: Pixels, { width, height, resize: mode }: Target): RgbImage {
  if (mode === 'squash') return resize(image, width, height);
  const short = Math.round((Math.max(width, height) * 256) / 224);
  const [w, h] = scaledSize(image.width, image.height, short);
  const window = { x: roundHalfEven((w - width) / 2), y: roundHalfEven((h - height) / 2), width, height };
  return resize(image, w, h, window);
}

/** Both sides after the short one becomes `short`; the long one is cut to a whole number, as torchvision does. */
export function scaledSize(width: number, height: number, short: number): [width: number, height: number] {
  if (width <= height) return [short, Math.trunc((short * height) / width)];
  return [Math.trunc((short * width) / height), short];
}

/** Python's `round`: halves go to the even neighbour. */
export function roundHalfEven(x: number): number {
  const rounded = Math.round(x);
  return rounded - x === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}
