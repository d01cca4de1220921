import type { Camera, Size } from './camera';
import type { Pictures } from './map-view.svelte';

/** A picture on the map, centred on its point, in screen pixels. */
export interface Placed {
  row: number;
  x: number;
  y: number;
}

/** Sides of pictures in pixels, the largest first: the fewer images are in view, the larger they are shown. */
const SIDES = [112, 80, 56, 40] as const;
const SMALLEST_SIDE = 40;
const MOST_TRIED = 60_000;

/**
 * The side of pictures when so many images are in view: the largest for which all would find room. Where none does, there are
 * none (null), or the smallest when they are wanted always.
 */
export function pictureSide(inView: number, { width, height }: Size, wanted: Pictures): number | null {
  if (wanted === 'never') return null;
  const side = SIDES.find((one) => inView * one * one <= width * height);
  return side ?? (wanted === 'always' ? SMALLEST_SIDE : null);
}

/**
 * A subset of the visible points (n x 2) whose pictures of `side` pixels do not overlap, at most `cap`. Rows in `preferred`
 * (those shown before) are placed first, so that pictures stay when the view moves a little; then rows in their order.
 * `passes`: n flags of the rows that count. Of very many points in view only the first are tried: by then the view is full.
 */
export function placePictures(
  coords: Float32Array,
  camera: Camera,
  size: Size,
  side: number,
  cap: number,
  preferred: Iterable<number>,
  passes: Uint8Array | null = null,
): Placed[] {
  const columns = Math.ceil(size.width / side) + 2;
  const lines = Math.ceil(size.height / side) + 2;
  // One picture at most has its centre in a cell of the picture's own size, so only 3 x 3 cells can hold a neighbour.
  const cells = new Int32Array(columns * lines).fill(-1);
  const placed: Placed[] = [];
  const n = coords.length >> 1;
  const scale = 2 ** camera.zoom;
  let tried = 0;

  const tryPlace = (row: number): void => {
    if (passes && !passes[row]) return;
    const x = size.width / 2 + (coords[2 * row] - camera.x) * scale;
    const y = size.height / 2 - (coords[2 * row + 1] - camera.y) * scale;
    if (!(x >= 0 && x < size.width && y >= 0 && y < size.height)) return;
    tried++;
    const column = Math.floor(x / side) + 1;
    const line = Math.floor(y / side) + 1;
    if (cells[line * columns + column] >= 0) return;
    for (let l = line - 1; l <= line + 1; l++)
      for (let c = column - 1; c <= column + 1; c++) {
        const other = placed[cells[l * columns + c] ?? -1];
        if (other && Math.abs(other.x - x) < side && Math.abs(other.y - y) < side) return;
      }
    cells[line * columns + column] = placed.length;
    placed.push({ row, x, y });
  };

  for (const row of preferred) if (row < n && placed.length < cap) tryPlace(row);
  for (let row = 0; row < n && placed.length < cap && tried < MOST_TRIED; row++) tryPlace(row);
  return placed;
}

/** The picture under (x, y), or -1; of several the last, which is painted over the others. */
export function pictureAt(placed: readonly Placed[], side: number, x: number, y: number): number {
  const hit = placed.findLast((p) => Math.abs(p.x - x) <= side / 2 && Math.abs(p.y - y) <= side / 2);
  return hit ? hit.row : -1;
}
