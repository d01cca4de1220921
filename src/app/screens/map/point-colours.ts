import { clusterColour, clusterRgba, rampRgb, type Theme } from '../../state/palette';
import type { Points } from './deck-plot';

/** What colours the points: a category for each row below `codes.length`; rows beyond have none yet and are grey. */
export interface Categories {
  codes: Uint16Array;
  /** Number of categories; codes equal to or above it are "other". */
  count: number;
  /** The categories are steps of a scale. */
  ramp?: boolean;
}

const GREY: Record<Theme, readonly [number, number, number]> = {
  light: [140, 140, 140],
  dark: [125, 125, 125],
};
const SOLID = 215;
const FADED = 70;

/** RGBA of a category. */
function rgbaOf(c: number, { count, ramp }: Categories, theme: Theme): number[] {
  return ramp ? [...rampRgb(c / (count - 1), theme), SOLID] : clusterRgba(c, theme, SOLID);
}

/** The colour of a row, RGB bytes; grey for one without a colour of its own. */
export function categoryRgb(categories: Categories, row: number, theme: Theme): [number, number, number] {
  const { codes, count } = categories;
  const code = row < codes.length ? codes[row] : count;
  if (code >= count) return [...GREY[theme]];
  const [r, g, b] = rgbaOf(code, categories, theme);
  return [r, g, b];
}

/** The same as a CSS colour; grey for what is no category. */
export function cssOf(c: number, { count, ramp }: Categories, theme: Theme): string {
  if (c < 0 || c >= count) return clusterColour(-1, theme);
  return ramp ? `rgb(${rampRgb(c / (count - 1), theme).join(' ')})` : clusterColour(c, theme);
}

/**
 * n x 4 bytes RGBA for deck.gl. While something is filtered or selected (`mask` given), the rest turns grey and faint
 * instead of disappearing, so the picture of the whole stays.
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

/** Positions (n x dims) and colours of those of the rows that have a place, packed: the layer that draws the selection above the rest. */
export function gathered(coords: Float32Array, dims: 2 | 3, rgba: Uint8Array, rows: Uint32Array): Points {
  const known = rows.filter((row) => {
    const at = row * dims;
    return Number.isFinite(coords[at] + coords[at + 1] + (dims === 3 ? coords[at + 2] : 0));
  });
  const packed = new Float32Array(dims * known.length);
  const colours = new Uint8Array(4 * known.length);
  known.forEach((row, i) => {
    for (let axis = 0; axis < dims; axis++) packed[i * dims + axis] = coords[row * dims + axis];
    for (let channel = 0; channel < 4; channel++) colours[4 * i + channel] = rgba[4 * row + channel];
  });
  return { coords: packed, rgba: colours, dims };
}

/** Radius in pixels that keeps few points easy to hit and many apart. */
export function pointRadius(n: number): number {
  return Math.min(Math.max(8 - 1.2 * Math.log10(Math.max(n, 1)), 1.5), 6);
}
