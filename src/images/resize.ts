import type { RgbImage } from '../domain/image';
import code from '../simd/assembly/resize.ts?assembly';
import { coefficients } from './coefficients';
import { Kernel } from './kernel';
import { bandRows, STEP, type Pixels } from './pixels';

/** The part of the resized picture that is wanted, in its pixels. */
export interface Window {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** One direction of a resize, as the kernel takes it. */
interface Axis {
  /** For each output pixel the first input pixel. */
  first: Int32Array;
  /** Input pixels start .. end - 1 are needed. */
  start: number;
  end: number;
  pairs: number;
  /** For each output pixel and pair of taps: high, high, low, low parts of the weights. */
  weights: Int16Array;
}

/** The passes of src/simd/assembly/resize.ts. */
interface Passes {
  horizontal(
    source: number,
    stride: number,
    step: number,
    reversed: number,
    rows: number,
    target: number,
    width: number,
    first: number,
    weights: number,
    pairs: number,
  ): void;
  vertical(
    source: number,
    bytes: number,
    rows: number,
    target: number,
    first: number,
    weights: number,
    pairs: number,
  ): void;
}

const kernel = new Kernel<Passes>(code);

const LOW_BITS = 11;
const CACHED_TABLES = 64;

/**
 * Resizes to width x height with the antialiased triangle filter ("bilinear") of Pillow, bit for bit: weights in f64,
 * rounded to integers of 22 fractional bits; a horizontal pass into bytes, then a vertical one. With `window` only
 * that part is computed, and it equals the same part of the whole. Source of the method: Pillow, Resample.c and, for
 * the order of the passes, Image.py.
 */
export function resize(
  pixels: Pixels,
  width: number,
  height: number,
  window: Window = { x: 0, y: 0, width, height },
): RgbImage {
  const across = axis(pixels.width, width, window.x, window.width);
  const down = axis(pixels.height, height, window.y, window.height);
  // Pillow takes the vertical pass first where that saves most of the work, and the rounding in between shows.
  const data =
    pixels.height > 100 * pixels.width && height < pixels.height
      ? downThenAcross(pixels, across, down)
      : acrossThenDown(pixels, across, down);
  return { width: window.width, height: window.height, data };
}

function acrossThenDown(pixels: Pixels, across: Axis, down: Axis): Uint8Array<ArrayBuffer> {
  const step = STEP[pixels.layout];
  const reversed = Number(pixels.layout === 'BGRX');
  const stride = pixels.width * step;
  const [width, height] = [across.first.length, down.first.length];
  const rowBytes = width * 3;
  const rows = down.end - down.start;
  const most = Math.min(rows, bandRows(pixels.width));
  const { at, bytes, run } = kernel.with([
    across.first.byteLength,
    across.weights.byteLength,
    down.first.byteLength,
    down.weights.byteLength,
    most * stride + spareTaps(across) * step,
    (rows + spareTaps(down)) * rowBytes,
    height * rowBytes,
  ]);
  const [acrossFirst, acrossWeights, downFirst, downWeights, source, between, target] = at;
  put(bytes, acrossFirst, across.first);
  put(bytes, acrossWeights, across.weights);
  put(bytes, downWeights, down.weights);
  put(
    bytes,
    downFirst,
    down.first.map((row) => row - down.start),
  );
  for (let y = 0; y < rows; y += most) {
    const n = Math.min(most, rows - y);
    bytes.set(pixels.rows(down.start + y, n), source);
    const to = between + y * rowBytes;
    run.horizontal(source, stride, step, reversed, n, to, width, acrossFirst, acrossWeights, across.pairs);
  }
  run.vertical(between, rowBytes, height, target, downFirst, downWeights, down.pairs);
  return bytes.slice(target, target + height * rowBytes);
}

function downThenAcross(pixels: Pixels, across: Axis, down: Axis): Uint8Array<ArrayBuffer> {
  const step = STEP[pixels.layout];
  const reversed = Number(pixels.layout === 'BGRX');
  const stride = pixels.width * step;
  const [width, height] = [across.first.length, down.first.length];
  const taps = 2 * down.pairs;
  const { at, bytes, run } = kernel.with([
    across.first.byteLength,
    across.weights.byteLength,
    4,
    8 * down.pairs,
    (taps + 1) * stride,
    (height + 1) * stride + spareTaps(across) * step,
    height * width * 3,
  ]);
  const [acrossFirst, acrossWeights, zero, downWeights, source, between, target] = at;
  put(bytes, acrossFirst, across.first);
  put(bytes, acrossWeights, across.weights);
  put(bytes, zero, Int32Array.of(0));
  for (let y = 0; y < height; y++) {
    const n = Math.min(taps, pixels.height - down.first[y]);
    bytes.set(pixels.rows(down.first[y], n), source);
    put(bytes, downWeights, down.weights.subarray(4 * down.pairs * y, 4 * down.pairs * (y + 1)));
    run.vertical(source, stride, 1, between + y * stride, zero, downWeights, down.pairs);
  }
  run.horizontal(
    between,
    stride,
    step,
    reversed,
    height,
    target,
    width,
    acrossFirst,
    acrossWeights,
    across.pairs,
  );
  return bytes.slice(target, target + height * width * 3);
}

function put(bytes: Uint8Array, at: number, values: Int32Array | Int16Array): void {
  bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at);
}

/** Taps that may be read past the last input pixel, all of weight zero. */
const spareTaps = ({ pairs }: Axis): number => 2 * pairs;

const cache = new Map<string, Axis>();

/** Collections mostly repeat a few sizes, so tables are kept. */
function axis(from: number, to: number, start: number, length: number): Axis {
  const key = `${from}:${to}:${start}:${length}`;
  let table = cache.get(key);
  if (!table) {
    table = from === to ? identity(start, length) : filter(from, to, start, length);
    if (cache.size >= CACHED_TABLES) cache.clear();
    cache.set(key, table);
  }
  return table;
}

/** Pillow leaves a side that keeps its length as it is: one tap of weight 1 does too. */
function identity(start: number, length: number): Axis {
  const first = Int32Array.from({ length }, (_, i) => start + i);
  const weights = new Int16Array(4 * length);
  for (let i = 0; i < length; i++) weights[4 * i] = 1 << LOW_BITS;
  return { first, start, end: start + length, pairs: 1, weights };
}

function filter(from: number, to: number, start: number, length: number): Axis {
  const { first, count, weights, taps } = coefficients(from, to, start, length);
  const pairs = Math.ceil(Math.max(...count) / 2);
  const split = new Int16Array(length * pairs * 4);
  for (let i = 0; i < length; i++)
    for (let k = 0; k < count[i]; k++) {
      const to = (i * pairs + (k >> 1)) * 4 + (k & 1);
      const weight = weights[i * taps + k];
      split[to] = weight >> LOW_BITS;
      split[to + 2] = weight & ((1 << LOW_BITS) - 1);
    }
  return { first, start: first[0], end: first[length - 1] + count[length - 1], pairs, weights: split };
}
