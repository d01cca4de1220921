import type { RgbImage } from '../domain/image';
import type { InputSpec } from '../domain/spec';

/** Writes one picture of exactly the input's size into `target` at `offset`, in the layout of the network. */
export type Normalise = (image: RgbImage, target: Float32Array, offset: number) => void;

/** Floats that one picture takes in the network's input. */
export function inputLength(input: InputSpec): number {
  return input.width * input.height * (input.channels === 'grey' ? 1 : 3);
}

/** Prepares `(byte * scale - mean[c]) / std[c]`, rounded to float32 at each step as NumPy and torch do. */
export function normaliser(input: InputSpec): Normalise {
  const tables = [0, 1, 2].map((c) => valueTable(input.scale, input.mean[c], input.std[c]));
  if (input.channels === 'grey')
    return (image, target, offset) => grey(image.data, target, offset, tables[0]);
  const [red, blue] = input.channels === 'BGR' ? [2, 0] : [0, 2];
  const write = input.layout === 'NCHW' ? planar : interleaved;
  return (image, target, offset) => write(image.data, target, offset, tables, red, blue);
}

function valueTable(scale: number, mean: number, std: number): Float32Array {
  const f = Math.fround;
  // torchvision divides by 255; a product with the rounded 1/255 would differ in the last digit.
  const divisor = Math.abs(scale - 1 / 255) < 1e-12 ? 255 : 1 / scale;
  return Float32Array.from({ length: 256 }, (_, byte) => f(f(f(byte / divisor) - f(mean)) / f(std)));
}

/** `red` and `blue` are the channels of the input that take the picture's first and third byte. */
type Write = (
  data: Uint8Array,
  target: Float32Array,
  offset: number,
  tables: Float32Array[],
  red: number,
  blue: number,
) => void;

const planar: Write = (data, target, offset, tables, red, blue) => {
  const plane = data.length / 3;
  const [forRed, forGreen, forBlue] = [tables[red], tables[1], tables[blue]];
  const [r, g, b] = [offset + red * plane, offset + plane, offset + blue * plane];
  for (let i = 0, at = 0; i < plane; i++, at += 3) {
    target[r + i] = forRed[data[at]];
    target[g + i] = forGreen[data[at + 1]];
    target[b + i] = forBlue[data[at + 2]];
  }
};

const interleaved: Write = (data, target, offset, tables, red, blue) => {
  const [forRed, forGreen, forBlue] = [tables[red], tables[1], tables[blue]];
  for (let at = 0; at < data.length; at += 3) {
    target[offset + at + red] = forRed[data[at]];
    target[offset + at + 1] = forGreen[data[at + 1]];
    target[offset + at + blue] = forBlue[data[at + 2]];
  }
};

/** ITU-R 601 luma in the integers that Pillow uses for `convert('L')`. */
function grey(data: Uint8Array, target: Float32Array, offset: number, table: Float32Array): void {
  for (let i = 0, at = 0; at < data.length; i++, at += 3)
    target[offset + i] =
      table[(data[at] * 19595 + data[at + 1] * 38470 + data[at + 2] * 7471 + 0x8000) >> 16];
}
