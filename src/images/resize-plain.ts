import type { RgbImage } from '../domain/image';
import { coefficients, PRECISION, type Coefficients } from './coefficients';
import type { Window } from './resize';

const HALF = 1 << (PRECISION - 1);

/** The reference for `resize`: the same bytes in plain TypeScript. */
export function resizePlainly(
  image: RgbImage,
  width: number,
  height: number,
  window: Window = { x: 0, y: 0, width, height },
): RgbImage {
  const across = width === image.width ? null : coefficients(image.width, width, window.x, window.width);
  const down = height === image.height ? null : coefficients(image.height, height, window.y, window.height);
  // Pillow takes the vertical pass first where that saves most of the work, and the rounding in between shows.
  if (down && image.height > 100 * image.width && height < image.height) {
    const short = vertical(image, down, 0);
    return across
      ? horizontal(short, across, 0, window.height)
      : crop(short, window.x, 0, window.width, window.height);
  }
  const y0 = down ? down.first[0] : window.y;
  const y1 = down ? down.first[window.height - 1] + down.count[window.height - 1] : window.y + window.height;
  const rows = across ? horizontal(image, across, y0, y1) : crop(image, window.x, y0, window.width, y1 - y0);
  return down ? vertical(rows, down, y0) : rows;
}

function crop(image: RgbImage, x: number, y: number, width: number, height: number): RgbImage {
  if (x === 0 && y === 0 && width === image.width && height === image.height) return image;
  const data = new Uint8Array(width * height * 3);
  for (let row = 0; row < height; row++) {
    const from = ((y + row) * image.width + x) * 3;
    data.set(image.data.subarray(from, from + width * 3), row * width * 3);
  }
  return { width, height, data };
}

function horizontal(
  image: RgbImage,
  { first, count, weights, taps }: Coefficients,
  y0: number,
  y1: number,
): RgbImage {
  const width = first.length;
  const data = new Uint8Array(width * (y1 - y0) * 3);
  for (let y = y0, to = 0; y < y1; y++)
    for (let x = 0; x < width; x++)
      for (let c = 0; c < 3; c++, to++) {
        let sum = HALF;
        for (let k = 0; k < count[x]; k++)
          sum += image.data[(y * image.width + first[x] + k) * 3 + c] * weights[x * taps + k];
        data[to] = sum >> PRECISION;
      }
  return { width, height: y1 - y0, data };
}

function vertical(image: RgbImage, { first, count, weights, taps }: Coefficients, y0: number): RgbImage {
  const height = first.length;
  const stride = image.width * 3;
  const data = new Uint8Array(stride * height);
  for (let y = 0, to = 0; y < height; y++)
    for (let i = 0; i < stride; i++, to++) {
      let sum = HALF;
      for (let k = 0; k < count[y]; k++)
        sum += image.data[(first[y] - y0 + k) * stride + i] * weights[y * taps + k];
      data[to] = sum >> PRECISION;
    }
  return { width: image.width, height, data };
}
