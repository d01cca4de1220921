import { boundsOf, type Bounds } from './camera';

/**
 * A uniform grid over n x 2 coordinates that answers "which point is here" in microseconds, so that hovering needs no
 * GPU picking (a read-back that takes a second on software WebGL). Cell c holds rows[starts[c]] .. rows[starts[c + 1] - 1].
 */
export interface GridIndex {
  coords: Float32Array;
  bounds: Bounds;
  columns: number;
  lines: number;
  cellWidth: number;
  cellHeight: number;
  starts: Uint32Array;
  rows: Uint32Array;
}

const POINTS_PER_CELL = 2;
const MAX_SIDE = 1024;

/** Builds the grid in O(n); points that are not finite are left out. Null when there is none. */
export function buildGrid(coords: Float32Array): GridIndex | null {
  const bounds = boundsOf(coords);
  if (!bounds) return null;
  const n = coords.length >> 1;
  const side = Math.min(Math.max(Math.ceil(Math.sqrt(n / POINTS_PER_CELL)), 1), MAX_SIDE);
  const cellWidth = (bounds.maxX - bounds.minX) / side || 1;
  const cellHeight = (bounds.maxY - bounds.minY) / side || 1;
  const cellOf = (i: number): number => {
    const column = Math.min(Math.floor((coords[2 * i] - bounds.minX) / cellWidth), side - 1);
    const line = Math.min(Math.floor((coords[2 * i + 1] - bounds.minY) / cellHeight), side - 1);
    return line * side + column;
  };
  const finite = (i: number): boolean => Number.isFinite(coords[2 * i]) && Number.isFinite(coords[2 * i + 1]);

  const starts = new Uint32Array(side * side + 1);
  for (let i = 0; i < n; i++) if (finite(i)) starts[cellOf(i) + 1]++;
  for (let c = 0; c < side * side; c++) starts[c + 1] += starts[c];
  const next = starts.slice();
  const rows = new Uint32Array(starts[side * side]);
  for (let i = 0; i < n; i++) if (finite(i)) rows[next[cellOf(i)]++] = i;
  return { coords, bounds, columns: side, lines: side, cellWidth, cellHeight, starts, rows };
}

/**
 * The row nearest to (x, y) within `radius` world units, ties to the lower row; -1 for none. `passes` are n flags of the
 * rows that count. Searches rings of cells around the grid cell closest to the point: no point of ring r is nearer than
 * r - 1 cells.
 */
export function nearestRow(
  grid: GridIndex,
  x: number,
  y: number,
  radius: number,
  passes: Uint8Array | null = null,
): number {
  const { coords, bounds, columns, lines, cellWidth, cellHeight, starts, rows } = grid;
  const column = clamp(Math.floor((x - bounds.minX) / cellWidth), columns - 1);
  const line = clamp(Math.floor((y - bounds.minY) / cellHeight), lines - 1);
  let best = -1;
  let bestSquared = radius * radius;

  for (let ring = 0; ring < Math.max(columns, lines); ring++) {
    const gap = Math.max(ring - 1, 0) * Math.min(cellWidth, cellHeight);
    if (gap * gap > bestSquared) break;
    for (let l = Math.max(line - ring, 0); l <= Math.min(line + ring, lines - 1); l++) {
      const edge = l === line - ring || l === line + ring;
      const step = edge || ring === 0 ? 1 : 2 * ring;
      for (let c = column - ring; c <= column + ring; c += step) {
        if (c < 0 || c >= columns) continue;
        const cell = l * columns + c;
        for (let p = starts[cell]; p < starts[cell + 1]; p++) {
          const row = rows[p];
          if (passes && !passes[row]) continue;
          const dx = coords[2 * row] - x;
          const dy = coords[2 * row + 1] - y;
          const squared = dx * dx + dy * dy;
          if (squared < bestSquared || (squared === bestSquared && (best < 0 || row < best))) {
            best = row;
            bestSquared = squared;
          }
        }
      }
    }
  }
  return best;
}

const clamp = (cell: number, last: number): number => Math.min(Math.max(cell, 0), last);

/** How many rows lie inside an upright rectangle, edges included. Whole cells are counted without being looked into. */
export function countInside(grid: GridIndex, box: Bounds): number {
  const { bounds, columns, lines, cellWidth, cellHeight, starts, rows, coords } = grid;
  const cell = (value: number, low: number, width: number, last: number): number =>
    clamp(Math.floor((value - low) / width), last);
  if (box.maxX < bounds.minX || box.minX > bounds.maxX || box.maxY < bounds.minY || box.minY > bounds.maxY)
    return 0;
  const [left, right] = [box.minX, box.maxX].map((x) => cell(x, bounds.minX, cellWidth, columns - 1));
  const [bottom, top] = [box.minY, box.maxY].map((y) => cell(y, bounds.minY, cellHeight, lines - 1));
  let count = 0;
  for (let l = bottom; l <= top; l++)
    for (let c = left; c <= right; c++) {
      const at = l * columns + c;
      if (l > bottom && l < top && c > left && c < right) count += starts[at + 1] - starts[at];
      else
        for (let p = starts[at]; p < starts[at + 1]; p++) {
          const [x, y] = [coords[2 * rows[p]], coords[2 * rows[p] + 1]];
          if (x >= box.minX && x <= box.maxX && y >= box.minY && y <= box.maxY) count++;
        }
    }
  return count;
}
