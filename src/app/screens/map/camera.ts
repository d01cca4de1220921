/**
 * The view onto the plane of the map. World y points up, screen y points down; `zoom` is log2(pixels per world unit),
 * as deck.gl's OrthographicView has it.
 */
export interface Camera {
  /** World point in the middle of the screen. */
  x: number;
  y: number;
  zoom: number;
}

export interface Size {
  width: number;
  height: number;
}

export interface Bounds {
  minX: number;
  minY: number;
  maxX: number;
  maxY: number;
}

export type Point = readonly [number, number];

export function toScreen(camera: Camera, size: Size, x: number, y: number): Point {
  const scale = 2 ** camera.zoom;
  return [size.width / 2 + (x - camera.x) * scale, size.height / 2 - (y - camera.y) * scale];
}

export function toWorld(camera: Camera, size: Size, sx: number, sy: number): Point {
  const scale = 2 ** camera.zoom;
  return [camera.x + (sx - size.width / 2) / scale, camera.y - (sy - size.height / 2) / scale];
}

/** The camera after the content was dragged by (dx, dy) pixels. */
export function panned(camera: Camera, dx: number, dy: number): Camera {
  const scale = 2 ** camera.zoom;
  return { ...camera, x: camera.x - dx / scale, y: camera.y + dy / scale };
}

/** Zooms by `delta` (log2) and keeps the world point under (sx, sy) where it is; `range` limits the zoom. */
export function zoomedAt(
  camera: Camera,
  size: Size,
  sx: number,
  sy: number,
  delta: number,
  range: readonly [number, number],
): Camera {
  const zoom = Math.min(Math.max(camera.zoom + delta, range[0]), range[1]);
  const [wx, wy] = toWorld(camera, size, sx, sy);
  const scale = 2 ** zoom;
  return { x: wx - (sx - size.width / 2) / scale, y: wy + (sy - size.height / 2) / scale, zoom };
}

/** Extent of n x 2 coordinates, points that are not finite left out; null when none is left. */
export function boundsOf(coords: Float32Array): Bounds | null {
  let minX = Infinity;
  let minY = Infinity;
  let maxX = -Infinity;
  let maxY = -Infinity;
  for (let i = 0; i + 1 < coords.length; i += 2) {
    const x = coords[i];
    const y = coords[i + 1];
    if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
    if (x < minX) minX = x;
    if (x > maxX) maxX = x;
    if (y < minY) minY = y;
    if (y > maxY) maxY = y;
  }
  return minX <= maxX ? { minX, minY, maxX, maxY } : null;
}

/** Pixels to leave free on each side. */
export interface Margins {
  top: number;
  right: number;
  bottom: number;
  left: number;
}

/**
 * The camera that shows all of `bounds` within the margins, zoomed in no further than to `nearest`. One scale for both axes,
 * so distances stay comparable. Bounds without extent (one image, identical images) are centred at one pixel per unit, or
 * at `nearest`.
 */
export function fitted(bounds: Bounds, size: Size, margins: Margins, nearest = Infinity): Camera {
  const { top, right, bottom, left } = margins;
  const width = Math.max(size.width - left - right, 1);
  const height = Math.max(size.height - top - bottom, 1);
  const fit = Math.min(
    width / (bounds.maxX - bounds.minX),
    height / (bounds.maxY - bounds.minY),
    2 ** nearest,
  );
  const scale = Number.isFinite(fit) && fit > 0 ? fit : 1;
  return {
    x: (bounds.minX + bounds.maxX) / 2 + (right - left) / 2 / scale,
    y: (bounds.minY + bounds.maxY) / 2 + (top - bottom) / 2 / scale,
    zoom: Math.log2(scale),
  };
}

const EDGE = 32;
/** How far below the upper edge of the map its tools lie. */
const TOOLS_TOP = 8;
/** Room for half a dot, or between a picture with its frame and what it must not touch. */
const DOT = 12;
const GAP = 10;
const LEGEND_WIDTH = 216;
/** Narrower maps cannot spare the room: there the legend lies over the points, or below the map, and can be folded. */
const ROOMY = 640;

/**
 * What the tools above (so many pixels high) and the legend on the right leave of a map that is `width` pixels wide, so that
 * pictures of `side` pixels (null: dots) find room around the outermost points.
 */
export function mapMargins(
  width: number,
  hasLegend: boolean,
  tools: number,
  side: number | null = null,
): Margins {
  const half = side === null ? DOT : side / 2 + GAP;
  const edge = Math.max(EDGE, half);
  const right = edge + (hasLegend && width >= ROOMY ? LEGEND_WIDTH - EDGE : 0);
  return { top: TOOLS_TOP + tools + half, right, bottom: edge, left: edge };
}
