import { toScreen, type Camera, type Size } from './camera';

/** k x dims: where each cluster's label stands, the mean of its points (n x dims) on the map; NaN for a cluster without points. */
export function clusterCentres(
  coords: Float32Array,
  dims: 2 | 3,
  labels: Uint16Array,
  k: number,
): Float64Array {
  const sums = new Float64Array(dims * k);
  const counts = new Uint32Array(k);
  const n = Math.min(labels.length, Math.floor(coords.length / dims));
  for (let row = 0; row < n; row++) {
    const at = row * dims;
    const z = dims === 3 ? coords[at + 2] : 0;
    if (!Number.isFinite(coords[at] + coords[at + 1] + z)) continue;
    const c = labels[row];
    if (c >= k) continue;
    sums[dims * c] += coords[at];
    sums[dims * c + 1] += coords[at + 1];
    if (dims === 3) sums[dims * c + 2] += z;
    counts[c]++;
  }
  return sums.map((sum, i) => sum / counts[Math.floor(i / dims)]);
}

export interface PlacedLabel {
  cluster: number;
  x: number;
  y: number;
  /** Room for the name beside the number; the number alone otherwise. */
  full: boolean;
}

const HEIGHT = 24;
const NUMBER_WIDTH = 28;
/** Where a label goes when another is in its place already: just below, above, beside, and so on outwards. */
const SHIFTS: readonly (readonly [dx: number, dy: number])[] = [0, 1, -1, 2, -2]
  .flatMap((column) => [0, 1, -1, 2, -2].map((line) => [column * NUMBER_WIDTH, line * HEIGHT] as const))
  .sort(([ax, ay], [bx, by]) => Math.hypot(ax, ay) - Math.hypot(bx, by));

/**
 * Labels in view, in cluster order (large ones first). Every number is shown, moved aside a little where centres
 * coincide; a name only where it covers no label placed before. `widths[c]` is the width in pixels of the full label, 0
 * for a cluster without a name.
 */
export function placeLabels(
  centres: Float64Array | Float32Array,
  widths: readonly number[],
  camera: Camera,
  size: Size,
): PlacedLabel[] {
  const taken: { x: number; y: number; half: number }[] = [];
  const labels: PlacedLabel[] = [];
  const free = (x: number, y: number, width: number): boolean =>
    taken.every((t) => Math.abs(t.y - y) >= HEIGHT || Math.abs(t.x - x) >= t.half + width / 2);

  for (let cluster = 0; cluster < centres.length / 2; cluster++) {
    const [cx, cy] = toScreen(camera, size, centres[2 * cluster], centres[2 * cluster + 1]);
    if (!(cx >= 0 && cx <= size.width && cy >= 0 && cy <= size.height)) continue;
    const [dx, dy] = SHIFTS.find(([sx, sy]) => free(cx + sx, cy + sy, NUMBER_WIDTH)) ?? [0, 0];
    const [x, y] = [cx + dx, cy + dy];
    const width = widths[cluster] ?? 0;
    const full = width > 0 && free(x, y, width);
    taken.push({ x, y, half: (full ? width : NUMBER_WIDTH) / 2 });
    labels.push({ cluster, x, y, full });
  }
  return labels;
}
