import type { RgbImage } from '../domain/image';
import type { Size } from './dimensions';
import type { Pixels } from './pixels';
import { resize } from './resize';

const LEVELS = 256;

/**
 * The size that pictures are brought to so as to be laid over each other: the median of their shapes, its long side
 * `longSide` or that of the largest of them if that is less. 1 x 1 for none.
 */
export function commonFrame(sizes: readonly Size[], longSide: number): Size {
  if (sizes.length === 0) return { width: 1, height: 1 };
  const shapes = Float64Array.from(sizes, ({ width, height }) => width / height).sort();
  const shape = shapes[Math.floor((shapes.length - 1) / 2)];
  const side = sizes.reduce((most, { width, height }) => Math.max(most, width, height), 1);
  const long = Math.min(longSide, side);
  const short = (ratio: number): number => Math.max(1, Math.round(long * ratio));
  return shape >= 1 ? { width: long, height: short(1 / shape) } : { width: short(shape), height: long };
}

/** The picture as large as the frame, its shape kept: what stands over on two sides is cut off evenly. */
export function aligned(image: Pixels, { width, height }: Size): RgbImage {
  const scale = Math.max(width / image.width, height / image.height);
  const wide = Math.max(width, Math.round(image.width * scale));
  const high = Math.max(height, Math.round(image.height * scale));
  const x = Math.floor((wide - width) / 2);
  const y = Math.floor((high - height) / 2);
  return resize(image, wide, high, { x, y, width, height });
}

/** How often each value stands at each place (pixel and channel) of up to 65,535 pictures of one size. */
export class PixelCounts {
  of = 0;
  readonly #counts: Uint16Array;

  constructor(readonly frame: Size) {
    this.#counts = new Uint16Array(frame.width * frame.height * 3 * LEVELS);
  }

  add({ data }: RgbImage): void {
    const counts = this.#counts;
    for (let place = 0; place < data.length; place++) counts[place * LEVELS + data[place]]++;
    this.of++;
  }

  /** RGBA, opaque; black where there is no picture. */
  mean(): Uint8ClampedArray<ArrayBuffer> {
    return this.#opaque((place) => this.#moments(place).mean);
  }

  /** RGBA, opaque; of an even number of pictures the mean of the two middle values. */
  median(): Uint8ClampedArray<ArrayBuffer> {
    return this.#opaque((place) => this.#median(place));
  }

  /** Standard deviation (of a population) of each pixel, the root mean square over its channels: 0..127.5, row-major. */
  deviation(): Float32Array {
    const { width, height } = this.frame;
    return Float32Array.from({ length: width * height }, (_, pixel) => {
      let sum = 0;
      for (let c = 0; c < 3; c++) sum += this.#moments(3 * pixel + c).variance;
      return Math.sqrt(sum / 3);
    });
  }

  #moments(place: number): { mean: number; variance: number } {
    if (this.of === 0) return { mean: 0, variance: 0 };
    let sum = 0;
    let squares = 0;
    for (let value = 0, p = place * LEVELS; value < LEVELS; value++, p++) {
      const count = this.#counts[p];
      if (count === 0) continue;
      sum += count * value;
      squares += count * value * value;
    }
    const mean = sum / this.of;
    return { mean, variance: Math.max(0, squares / this.of - mean * mean) };
  }

  #median(place: number): number {
    if (this.of === 0) return 0;
    const [low, high] = [Math.floor((this.of - 1) / 2), Math.floor(this.of / 2)];
    let seen = 0;
    let first = -1;
    for (let value = 0, p = place * LEVELS; value < LEVELS; value++, p++) {
      seen += this.#counts[p];
      if (first < 0 && seen > low) first = value;
      if (seen > high) return (first + value) / 2;
    }
    return first;
  }

  #opaque(at: (place: number) => number): Uint8ClampedArray<ArrayBuffer> {
    const { width, height } = this.frame;
    const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
    for (let pixel = 0; pixel < width * height; pixel++)
      for (let c = 0; c < 3; c++) rgba[4 * pixel + c] = at(3 * pixel + c);
    return rgba;
  }
}

/** Deviations as opaque grey, RGBA: twice as light as they are large, so that the most there can be (127.5) is white. */
export function greyOf(deviation: Float32Array): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray(deviation.length * 4).fill(255);
  deviation.forEach((value, pixel) => rgba.fill(Math.round(2 * value), 4 * pixel, 4 * pixel + 3));
  return rgba;
}
