import type { Point } from './camera';

/** Whether (x, y) lies inside the closed polygon, by winding number: a lasso that crosses itself keeps its overlap. */
export function pointInPolygon(x: number, y: number, polygon: readonly Point[]): boolean {
  let winding = 0;
  for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i++)
    winding += crossing(x, y, polygon[j], polygon[i]);
  return winding !== 0;
}

/** +1 when the edge a -> b passes upwards to the right of (x, y), -1 downwards, else 0 (half-open in y). */
function crossing(x: number, y: number, [ax, ay]: Point, [bx, by]: Point): number {
  if (ay <= y === by <= y) return 0;
  const side = (bx - ax) * (y - ay) - (x - ax) * (by - ay);
  if (by > ay) return side > 0 ? 1 : 0;
  return side < 0 ? -1 : 0;
}

const STRIPS = 512;

/**
 * Rows of the n x 2 coordinates inside the polygon, ascending. The polygon's edges are sorted into horizontal strips
 * first, so each point meets only the few edges beside it: O(n) for any drawn line.
 */
export function rowsInPolygon(coords: Float32Array, polygon: readonly Point[]): Uint32Array {
  if (polygon.length < 3) return new Uint32Array();
  let minX = Infinity;
  let maxX = -Infinity;
  let minY = Infinity;
  let maxY = -Infinity;
  for (const [x, y] of polygon) {
    minX = Math.min(minX, x);
    maxX = Math.max(maxX, x);
    minY = Math.min(minY, y);
    maxY = Math.max(maxY, y);
  }
  const scale = STRIPS / (maxY - minY || 1);
  const stripOf = (y: number): number => Math.min(Math.max(Math.floor((y - minY) * scale), 0), STRIPS - 1);
  const strips: number[][] = Array.from({ length: STRIPS }, () => []);
  for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i++) {
    const from = stripOf(Math.min(polygon[i][1], polygon[j][1]));
    const to = stripOf(Math.max(polygon[i][1], polygon[j][1]));
    for (let s = from; s <= to; s++) strips[s].push(i);
  }

  const inside = new Uint32Array(coords.length >> 1);
  let count = 0;
  for (let row = 0; row < inside.length; row++) {
    const x = coords[2 * row];
    const y = coords[2 * row + 1];
    if (!(x >= minX && x <= maxX && y >= minY && y <= maxY)) continue;
    let winding = 0;
    for (const i of strips[stripOf(y)])
      winding += crossing(x, y, polygon[(i || polygon.length) - 1], polygon[i]);
    if (winding !== 0) inside[count++] = row;
  }
  return inside.slice(0, count);
}

/** Rows inside the upright rectangle spanned by two corners, edges included, ascending. */
export function rowsInBox(coords: Float32Array, [ax, ay]: Point, [bx, by]: Point): Uint32Array {
  const [minX, maxX] = [Math.min(ax, bx), Math.max(ax, bx)];
  const [minY, maxY] = [Math.min(ay, by), Math.max(ay, by)];
  const inside = new Uint32Array(coords.length >> 1);
  let count = 0;
  for (let row = 0; row < inside.length; row++) {
    const x = coords[2 * row];
    const y = coords[2 * row + 1];
    if (x >= minX && x <= maxX && y >= minY && y <= maxY) inside[count++] = row;
  }
  return inside.slice(0, count);
}
