import {
  boundsOf,
  fitted,
  mapMargins,
  panned,
  toScreen,
  toWorld,
  zoomedAt,
  type Bounds,
  type Camera,
  type Point,
  type Size,
} from './camera';
import { clusterCentres } from './cluster-centres';
import { buildGrid, nearestRow } from './grid-index';
import { rowsInBox, rowsInPolygon } from './lasso';
import { mapView } from './map-view.svelte';
import { ballOf, fittedOrbit, flattened, nearer, pixelOf, shifted, turned, type Orbit } from './orbit';
import { pictureSide } from './picture-layout';
import type { Categories } from './point-colours';

interface Input {
  /** n x dims, row-major, NaN for rows without a place. */
  readonly coords: Float32Array;
  readonly dims: 2 | 3;
  readonly categories: Categories;
  /** Whether the legend lies open over the right side. */
  readonly legend: boolean;
  /** Height of the tools that lie over the upper side, in pixels. */
  readonly tools: number;
  /** n flags of the rows that can be pointed at; null: all. */
  readonly passes: Uint8Array | null;
}

const NOWHERE: Bounds = { minX: 0, minY: 0, maxX: 0, maxY: 0 };
const FARTHEST = 3;
const NEAREST = 14;
/** Found images are shown no larger than that: log2 of the whole map. */
const CLOSE = 6;

/** Where everything is on the screen, in the plane or in space: what is seen, what is under the pointer, what lies inside a line. */
export class Scene {
  width = $state(0);
  height = $state(0);

  constructor(private readonly input: Input) {}

  get coords(): Float32Array {
    return this.input.coords;
  }

  readonly size = $derived<Size>({ width: this.width, height: this.height });
  readonly isSpace = $derived.by(() => this.input.dims === 3);
  readonly n = $derived.by(() => Math.floor(this.input.coords.length / this.input.dims));
  /** Of the pictures when everything is in view. */
  private readonly side = $derived.by(() => pictureSide(this.n, this.size, mapView.pictures));
  private readonly margins = $derived.by(() =>
    mapMargins(this.width, this.input.legend, this.input.tools, this.side),
  );
  readonly bounds = $derived.by(() => (this.isSpace ? null : boundsOf(this.input.coords)) ?? NOWHERE);
  private readonly ball = $derived.by(() => (this.isSpace ? ballOf(this.input.coords) : null));

  readonly home = $derived(fitted(this.bounds, this.size, this.margins));
  readonly camera = $derived<Camera>(mapView.camera ?? this.home);
  private readonly homeOrbit = $derived(fittedOrbit(this.ball, this.size, this.margins));
  readonly orbit = $derived<Orbit>(mapView.orbit ?? this.homeOrbit);
  readonly moved = $derived((this.isSpace ? mapView.orbit : mapView.camera) !== null);
  /** How far the view has come nearer than the one that shows everything, log2. */
  readonly depth = $derived(
    this.isSpace ? this.orbit.zoom - this.homeOrbit.zoom : this.camera.zoom - this.home.zoom,
  );

  /** n x 2: the places that a plane view (`flatCamera`) shows where they are seen. Made when asked for: a turn makes all of them anew. */
  readonly flat = $derived.by(() =>
    this.isSpace ? flattened(this.input.coords, this.orbit, this.size) : this.input.coords,
  );
  readonly flatCamera = $derived<Camera>(
    this.isSpace ? { x: this.size.width / 2, y: -this.size.height / 2, zoom: 0 } : this.camera,
  );
  readonly grid = $derived(buildGrid(this.flat));

  private readonly clusterPlaces = $derived.by(() => {
    const { coords, dims, categories } = this.input;
    return clusterCentres(coords, dims, categories.codes, categories.ramp ? 0 : categories.count);
  });
  /** k x 2: where the label of each category stands, for `flatCamera`. */
  readonly centres = $derived(
    this.isSpace
      ? flattened(Float32Array.from(this.clusterPlaces), this.orbit, this.size)
      : this.clusterPlaces,
  );

  /** The pixel of a row; null for one without a place, or out of view. */
  pixel(row: number): Point | null {
    if (row >= this.n) return null;
    const { coords } = this.input;
    const [x, y] = this.isSpace
      ? pixelOf(coords, row, this.orbit, this.size)
      : toScreen(this.camera, this.size, coords[2 * row], coords[2 * row + 1]);
    return x >= 0 && y >= 0 && x <= this.width && y <= this.height ? [x, y] : null;
  }

  /** The row whose point is nearest to a pixel within `reach` pixels, or -1. */
  rowAt(x: number, y: number, reach: number): number {
    if (!this.grid) return -1;
    const [wx, wy] = toWorld(this.flatCamera, this.size, x, y);
    return nearestRow(this.grid, wx, wy, reach / 2 ** this.flatCamera.zoom, this.input.passes);
  }

  /** The rows inside a line drawn on the screen: a lasso's corners, or the four of a box. */
  rowsInside(outline: readonly Point[], isBox: boolean): Uint32Array {
    const { passes } = this.input;
    const world = outline.map(([x, y]) => toWorld(this.flatCamera, this.size, x, y));
    const rows = isBox ? rowsInBox(this.flat, world[0], world[2]) : rowsInPolygon(this.flat, world);
    return passes ? rows.filter((row) => passes[row] === 1) : rows;
  }

  fit(): void {
    mapView[this.isSpace ? 'orbit' : 'camera'] = null;
  }

  /** Moves what is seen by (dx, dy) pixels. */
  pan(dx: number, dy: number): void {
    if (this.isSpace) mapView.orbit = shifted(this.orbit, dx, dy);
    else mapView.camera = panned(this.camera, dx, dy);
  }

  /** Turns the cloud by a drag of (dx, dy) pixels; a plane cannot be turned and moves. */
  turn(dx: number, dy: number): void {
    if (this.isSpace) mapView.orbit = turned(this.orbit, dx, dy);
    else this.pan(dx, dy);
  }

  zoom(delta: number, x = this.width / 2, y = this.height / 2): void {
    const range = (home: number): [number, number] => [home - FARTHEST, home + NEAREST];
    if (this.isSpace) {
      // Nearer than this the eye is inside the cloud, and most of it behind.
      const { zoom } = this.homeOrbit;
      mapView.orbit = nearer(this.orbit, this.size, x, y, delta, [zoom - FARTHEST, zoom + CLOSE]);
    } else mapView.camera = zoomedAt(this.camera, this.size, x, y, delta, range(this.home.zoom));
  }

  /** Brings rows into view, as near as they allow. Those without a place do not count; without any, nothing moves. */
  show(rows: ArrayLike<number>): void {
    const { coords, dims } = this.input;
    const places = new Float32Array(rows.length * dims);
    for (let i = 0; i < rows.length; i++)
      places.set(coords.subarray(rows[i] * dims, (rows[i] + 1) * dims), i * dims);
    if (this.isSpace) {
      const ball = ballOf(places);
      if (!ball) return;
      const wanted = fittedOrbit(ball, this.size, this.margins, this.orbit);
      const most = this.homeOrbit.zoom + CLOSE / 2;
      mapView.orbit = { ...wanted, zoom: ball.radius > 0 ? Math.min(wanted.zoom, most) : most };
    } else {
      const bounds = boundsOf(places);
      if (bounds) mapView.camera = fitted(bounds, this.size, this.margins, this.home.zoom + CLOSE);
    }
  }
}
