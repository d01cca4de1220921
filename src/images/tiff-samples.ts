import { ImageError } from './types';

export const PALETTE = 3;

/** The unpacked samples of a TIFF page. */
export interface Samples {
  width: number;
  height: number;
  /** Bits per sample. */
  bits: number;
  /** Samples per pixel, alpha and others included. */
  perPixel: number;
  /** 1: the samples of a pixel lie together. perPixel: one plane after the other. */
  planes: number;
  /** Bytes of a row of one plane. */
  rowBytes: number;
  littleEndian: boolean;
  /** Tag 339: 1 unsigned, 2 signed, 3 floating point. */
  format: number;
  /** Tag 262: 0 white is zero, 1 black is zero, 2 RGB, 3 palette, 5 CMYK. */
  photometric: number;
  /** Red, green, blue in turn, 2^bits 16-bit values each. */
  palette: number[];
  /** Colours are multiplied by the alpha that follows them. */
  associatedAlpha: boolean;
  predictor: number;
  /** Planes, rows, samples; little-endian. */
  data: Uint8Array<ArrayBuffer>;
}

/**
 * The samples as bytes, width x height x perPixel. Up to 8 bits take the full range (palette indices stay as they
 * are); unsigned 16 bits are shifted by the camera depth (8, 10, 12, 14 or 16 bits) that holds the largest value;
 * floats within 0..1 are times 255; everything else is stretched from its smallest to its largest finite value.
 */
export function toBytes(samples: Samples): Uint8Array<ArrayBuffer> {
  const values = samples.bits <= 8 ? smallSamples(samples) : scaled(wideSamples(samples), samples);
  return samples.planes === 1 ? values : interleave(values, samples.planes);
}

/** 1, 2, 4 or 8 bits, highest first, rows padded to whole bytes. */
function smallSamples(samples: Samples): Uint8Array<ArrayBuffer> {
  const { bits, data, rowBytes, photometric } = samples;
  if (bits === 8) return data;
  if (8 % bits !== 0) throw new ImageError('unsupported', `TIFF, ${bits} bits a sample`);
  const perRow = (samples.width * samples.perPixel) / samples.planes;
  const rows = samples.height * samples.planes;
  const mask = (1 << bits) - 1;
  const factor = photometric === PALETTE ? 1 : 255 / mask;
  const values = new Uint8Array(perRow * rows);
  for (let row = 0, to = 0; row < rows; row++)
    for (let i = 0; i < perRow; i++) {
      const bit = i * bits;
      values[to++] = ((data[row * rowBytes + (bit >> 3)] >> (8 - bits - (bit & 7))) & mask) * factor;
    }
  return values;
}

type WideSamples = Uint16Array | Int16Array | Uint32Array | Int32Array | Float32Array | Float64Array;

function wideSamples({ bits, format, data }: Samples): WideSamples {
  const [unsigned, signed, float] = [1, 2, 3];
  if (bits === 16 && format === unsigned) return new Uint16Array(data.buffer);
  if (bits === 16 && format === signed) return new Int16Array(data.buffer);
  if (bits === 32 && format === unsigned) return new Uint32Array(data.buffer);
  if (bits === 32 && format === signed) return new Int32Array(data.buffer);
  if (bits === 32 && format === float) return new Float32Array(data.buffer);
  if (bits === 64 && format === float) return new Float64Array(data.buffer);
  throw new ImageError('unsupported', `TIFF, ${bits} bits a sample, sample format ${format}`);
}

const CAMERA_DEPTHS = [8, 10, 12, 14, 16];

function scaled(values: WideSamples, { photometric }: Samples): Uint8Array<ArrayBuffer> {
  if (photometric === PALETTE) throw new ImageError('unsupported', 'TIFF, palette of more than 8 bits');
  const bytes = new Uint8Array(values.length);
  const [low, high] = range(values);
  if (values instanceof Uint16Array) {
    const shift = CAMERA_DEPTHS.find((depth) => high < 2 ** depth)! - 8;
    for (let i = 0; i < values.length; i++) bytes[i] = values[i] >> shift;
    return bytes;
  }
  const unit = (values instanceof Float32Array || values instanceof Float64Array) && low >= 0 && high <= 1;
  const from = unit ? 0 : low;
  const factor = unit ? 255 : high > low ? 255 / (high - low) : 0;
  // Not a number becomes 0 and infinities the ends of the range.
  for (let i = 0; i < values.length; i++)
    bytes[i] = Math.min(255, Math.max(0, (values[i] - from) * factor + 0.5)) || 0;
  return bytes;
}

/** Smallest and largest finite value; 0, 0 when there is none. */
function range(values: WideSamples): [low: number, high: number] {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (value < low && value > -Infinity) low = value;
    if (value > high && value < Infinity) high = value;
  }
  return low <= high ? [low, high] : [0, 0];
}

function interleave(planar: Uint8Array, planes: number): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(planar.length);
  const size = planar.length / planes;
  for (let plane = 0; plane < planes; plane++)
    for (let i = 0; i < size; i++) out[i * planes + plane] = planar[plane * size + i];
  return out;
}
