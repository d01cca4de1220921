import { toScreen, type Camera, type Size } from './camera';

/** k x 2: where each cluster's label stands, the mean of its points on the map; NaN for a cluster without points. */
export function clusterCentres(coords: Float32Array, labels: Uint16Array, k: number): Float64Array {
  const sums = new Float64Array(2 * k);
  const counts = new Uint32Array(k);
  const n = Math.min(labels.length, coords.length >> 1);
  for (let row = 0; row < n; row++) {
    const x = coords[2 * row];
    const y = coords[2 * row + 1];
    if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
    const c = labels[row];
    sums[2 * c] += x;
    sums[2 * c + 1] += y;
    counts[c]++;
  }
  return sums.map((sum, i) => sum / counts[i >> 1]);
}

export interface PlacedLabel {
  cluster: number;
  x: number;
  y: number;
  /** Room for the name beside the number; the number alone otherwise. */
  full: boolean;
}

const HEIGHT = 20;
const NUMBER_WIDTH = 28;

/**
 * Labels in view, in cluster order (large ones first). Every number is shown; a name only where it covers no label placed
 * before it. `widths[c]` is the width in pixels of the full label, 0 for a cluster without a name.
 */
export function placeLabels(
  centres: Float64Array,
  widths: readonly number[],
  camera: Camera,
  size: Size,
): PlacedLabel[] {
  const taken: { x: number; y: number; half: number }[] = [];
  const labels: PlacedLabel[] = [];
  for (let cluster = 0; cluster < centres.length / 2; cluster++) {
    const [x, y] = toScreen(camera, size, centres[2 * cluster], centres[2 * cluster + 1]);
    if (!(x >= 0 && x <= size.width && y >= 0 && y <= size.height)) continue;
    const width = widths[cluster] ?? 0;
    const free = taken.every((t) => Math.abs(t.y - y) >= HEIGHT || Math.abs(t.x - x) >= t.half + width / 2);
    const full = width > 0 && free;
    taken.push({ x, y, half: (full ? width : NUMBER_WIDTH) / 2 });
    labels.push({ cluster, x, y, full });
  }
  return labels;
}
