export type Colour = readonly [number, number, number];

/** Pixels in 0..255 as floats, row-major, 1 (grey) or 3 (RGB) channels; rounded only when encoded. */
export interface Picture {
  width: number;
  height: number;
  channels: 1 | 3;
  data: Float64Array;
}

export function blank(width: number, height: number, channels: 1 | 3): Picture {
  return { width, height, channels, data: new Float64Array(width * height * channels) };
}

/** An RGB picture from a colour for each pixel. */
export function paint(size: number, colourAt: (x: number, y: number) => Colour): Picture {
  const picture = blank(size, size, 3);
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) picture.data.set(colourAt(x, y), (y * size + x) * 3);
  return picture;
}

export function bytes(picture: Picture): Uint8ClampedArray {
  return new Uint8ClampedArray(picture.data);
}

export function mix(a: Colour, b: Colour, t: number): Colour {
  const s = Math.min(1, Math.max(0, t));
  return [a[0] + (b[0] - a[0]) * s, a[1] + (b[1] - a[1]) * s, a[2] + (b[2] - a[2]) * s];
}

/** `#rgb` or `#rrggbb`. */
export function hex(text: string): Colour {
  const digits = text.length === 4 ? [...text.slice(1)].map((c) => c + c).join('') : text.slice(1);
  const value = Number.parseInt(digits, 16);
  if (!/^[\da-f]{6}$/i.test(digits)) throw new Error(`Not a colour: ${text}`);
  return [value >> 16, (value >> 8) & 255, value & 255];
}
