import { clusterColour, clusterRgba, rampRgb, type Theme } from '../../state/palette';

/** What colours the points: a category for each row below `codes.length`; rows beyond have none yet and are grey. */
export interface Categories {
  codes: Uint16Array;
  /** Number of categories; codes equal to or above it are "other". */
  count: number;
  /** The categories are steps of a scale. */
  ramp?: boolean;
}

/** RGBA of a category. */
function rgbaOf(c: number, { count, ramp }: Categories, theme: Theme): number[] {
  return ramp ? [...rampRgb(c / (count - 1), theme), SOLID] : clusterRgba(c, theme, SOLID);
}

/** The same as a CSS colour; grey for what is no category. */
export function cssOf(c: number, { count, ramp }: Categories, theme: Theme): string {
  if (c < 0 || c >= count) return clusterColour(-1, theme);
  return ramp ? `rgb(${rampRgb(c / (count - 1), theme).join(' ')})` : clusterColour(c, theme);
}

const GREY: Record<Theme, readonly [number, number, number]> = {
  light: [140, 140, 140],
  dark: [125, 125, 125],
};
const SOLID = 215;
const FADED = 70;

/**
 * n x 4 bytes RGBA for deck.gl. While something is selected (`mask` given), the rest turns grey and faint instead of
 * disappearing, so the picture of the whole stays.
 */
export function pointColours(
  n: number,
  categories: Categories,
  mask: Uint8Array | null,
  theme: Theme,
): Uint8Array {
  const { codes, count } = categories;
  const palette = Array.from({ length: count }, (_, c) => rgbaOf(c, categories, theme));
  const [r, g, b] = GREY[theme];
  const none = [r, g, b, SOLID];
  const faded = [r, g, b, FADED];
  const rgba = new Uint8Array(4 * n);
  for (let row = 0; row < n; row++) {
    const colour = mask && !mask[row] ? faded : (palette[row < codes.length ? codes[row] : count] ?? none);
    const at = 4 * row;
    rgba[at] = colour[0];
    rgba[at + 1] = colour[1];
    rgba[at + 2] = colour[2];
    rgba[at + 3] = colour[3];
  }
  return rgba;
}

/** Positions and colours of those of the rows that have a place, packed: the layer that draws the selection above the rest. */
export function gathered(
  coords: Float32Array,
  rgba: Uint8Array,
  rows: Uint32Array,
): { coords: Float32Array; rgba: Uint8Array } {
  const known = rows.filter(
    (row) => Number.isFinite(coords[2 * row]) && Number.isFinite(coords[2 * row + 1]),
  );
  const packed = { coords: new Float32Array(2 * known.length), rgba: new Uint8Array(4 * known.length) };
  known.forEach((row, i) => {
    packed.coords.set(coords.subarray(2 * row, 2 * row + 2), 2 * i);
    packed.rgba.set(rgba.subarray(4 * row, 4 * row + 4), 4 * i);
  });
  return packed;
}

/** Radius in pixels that keeps few points easy to hit and many apart. */
export function pointRadius(n: number): number {
  return Math.min(Math.max(8 - 1.2 * Math.log10(Math.max(n, 1)), 1.5), 6);
}
