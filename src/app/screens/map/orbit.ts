import type { Margins, Point, Size } from './camera';

/**
 * The view onto a cloud of points in space, as deck.gl's OrbitView has it with the y axis upright: `zoom` is log2(pixels
 * per unit) at the depth of the target; angles in degrees.
 */
export interface Orbit {
  target: readonly [number, number, number];
  rotationX: number;
  rotationOrbit: number;
  zoom: number;
}

/** deck.gl's field of view, and how far that puts the eye from the target when the view is one unit high. */
export const FIELD_OF_VIEW = 50;
const EYE = 0.5 / Math.tan((FIELD_OF_VIEW * Math.PI) / 360);
/** Nearer to the eye than this nothing is drawn: deck.gl's near plane. */
const NEAR = 0.1;
/** Seen a little from above and from the side, so that the third axis shows at once. */
const START = { rotationX: 20, rotationOrbit: -30 } as const;
const STEEPEST = 90;
/** Degrees that dragging by one pixel turns. */
const DEGREES = 0.4;

type Triple = readonly [number, number, number];

/** The axes of the screen (right, up, towards the eye) in the coordinates of the points. */
function axes({ rotationX, rotationOrbit }: Orbit): { right: Triple; up: Triple; near: Triple } {
  const [x, y] = [(rotationX * Math.PI) / 180, (rotationOrbit * Math.PI) / 180];
  const [sx, cx, sy, cy] = [Math.sin(x), Math.cos(x), Math.sin(y), Math.cos(y)];
  return { right: [cy, 0, sy], up: [sx * sy, cx, -sx * cy], near: [-cx * sy, sx, cx * cy] };
}

/**
 * Where n x 3 coordinates lie on the screen: n x 2, x to the right and y upwards from the top left corner in pixels (so
 * negative within the view), NaN behind the eye and for points that are not finite. O(n).
 */
export function flattened(coords: Float32Array, orbit: Orbit, size: Size): Float32Array {
  const { right, up, near } = axes(orbit);
  const [tx, ty, tz] = orbit.target;
  const scale = 2 ** orbit.zoom;
  const deep = scale / Math.max(size.height, 1);
  const n = Math.floor(coords.length / 3);
  const flat = new Float32Array(2 * n);
  for (let row = 0; row < n; row++) {
    const x = coords[3 * row] - tx;
    const y = coords[3 * row + 1] - ty;
    const z = coords[3 * row + 2] - tz;
    const depth = EYE - deep * (near[0] * x + near[1] * y + near[2] * z);
    const share = depth > NEAR ? (scale * EYE) / depth : NaN;
    flat[2 * row] = size.width / 2 + share * (right[0] * x + right[1] * y + right[2] * z);
    flat[2 * row + 1] = share * (up[0] * x + up[1] * y + up[2] * z) - size.height / 2;
  }
  return flat;
}

/** Rows of n x 3 coordinates in the order in which they are painted: the farthest from the eye first. */
export function farthestFirst(rows: readonly number[], coords: Float32Array, orbit: Orbit): number[] {
  const { near } = axes(orbit);
  const nearness = (row: number): number =>
    near[0] * coords[3 * row] + near[1] * coords[3 * row + 1] + near[2] * coords[3 * row + 2];
  return rows
    .map((row) => ({ row, at: nearness(row) }))
    .sort((a, b) => a.at - b.at)
    .map(({ row }) => row);
}

/** The pixel of one point, y downwards; NaN where it cannot be seen. */
export function pixelOf(coords: Float32Array, row: number, orbit: Orbit, size: Size): Point {
  const [x, y] = flattened(coords.subarray(3 * row, 3 * row + 3), orbit, size);
  return [x, -y];
}

/** The middle of n x 3 coordinates and the distance from it to the farthest point; null when no point is finite. */
export function ballOf(coords: Float32Array): { centre: Triple; radius: number } | null {
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  for (let i = 0; i + 2 < coords.length; i += 3) {
    if (!Number.isFinite(coords[i] + coords[i + 1] + coords[i + 2])) continue;
    for (let axis = 0; axis < 3; axis++) {
      low[axis] = Math.min(low[axis], coords[i + axis]);
      high[axis] = Math.max(high[axis], coords[i + axis]);
    }
  }
  if (low[0] > high[0]) return null;
  const middle = (axis: number): number => (low[axis] + high[axis]) / 2;
  const centre = [middle(0), middle(1), middle(2)] as const;
  let radius = 0;
  for (let i = 0; i + 2 < coords.length; i += 3) {
    const away = Math.hypot(coords[i] - centre[0], coords[i + 1] - centre[1], coords[i + 2] - centre[2]);
    if (away > radius) radius = away;
  }
  return { centre, radius };
}

/** The view that shows a whole ball within the margins, from the angles of `from`. Perspective makes its near side larger. */
export function fittedOrbit(
  ball: { centre: Triple; radius: number } | null,
  size: Size,
  margins: Margins,
  from: Pick<Orbit, 'rotationX' | 'rotationOrbit'> = START,
): Orbit {
  const { rotationX, rotationOrbit } = from;
  const room = Math.min(
    size.width - margins.left - margins.right,
    size.height - margins.top - margins.bottom,
  );
  const scale = ball && ball.radius > 0 ? (0.46 * Math.max(room, 1)) / ball.radius : 1;
  return { target: ball?.centre ?? [0, 0, 0], rotationX, rotationOrbit, zoom: Math.log2(scale) };
}

/** The view after a drag by (dx, dy) pixels that turns the cloud as if it were held; never beyond straight from above or below. */
export function turned(orbit: Orbit, dx: number, dy: number): Orbit {
  const rotationX = Math.min(Math.max(orbit.rotationX + DEGREES * dy, -STEEPEST), STEEPEST);
  const turn = (orbit.rotationOrbit + DEGREES * dx) % 360;
  return { ...orbit, rotationX, rotationOrbit: turn };
}

/** The view after the cloud was moved by (dx, dy) pixels at the depth of the target. */
export function shifted(orbit: Orbit, dx: number, dy: number): Orbit {
  const { right, up } = axes(orbit);
  const scale = 2 ** orbit.zoom;
  const along = (axis: 0 | 1 | 2): number =>
    orbit.target[axis] - (dx / scale) * right[axis] + (dy / scale) * up[axis];
  return { ...orbit, target: [along(0), along(1), along(2)] };
}

/** Nearer by `delta` (log2) to what is under (sx, sy). */
export function nearer(
  orbit: Orbit,
  size: Size,
  sx: number,
  sy: number,
  delta: number,
  range: readonly [number, number],
): Orbit {
  const zoom = Math.min(Math.max(orbit.zoom + delta, range[0]), range[1]);
  const held = 1 - 2 ** (zoom - orbit.zoom);
  const moved = shifted({ ...orbit, zoom }, held * (sx - size.width / 2), held * (sy - size.height / 2));
  return moved;
}
