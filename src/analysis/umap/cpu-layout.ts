import { CLIP, isDue, pcg, rowFrom, type LayoutForces, type LayoutGraph } from '../../gpu/umap/umap.cpu';
import { Pace } from '../pace';
import { ForceTable } from './force-table';

/** Rows between two looks at whether the work is cancelled. */
const ROWS = 512;

export interface LayoutRun {
  epochs: number;
  /** Size of the first step; it falls to 0. */
  alpha: number;
  progress: (fraction: number) => void;
  signal?: AbortSignal;
}

/** Runs epochs (see `umapEpoch`) on places that are changed; forces are tabulated. */
export type LayoutEngine = (
  graph: LayoutGraph,
  forces: LayoutForces,
  coords: Float32Array,
  run: LayoutRun,
) => Promise<Float32Array>;

/** In plain JavaScript: tens of thousands of rows in some seconds. */
export const cpuLayout: LayoutEngine = async (graph, forces, coords, { epochs, alpha, progress, signal }) => {
  const { a, b, dims } = forces;
  const pull = new ForceTable((x) => (2 * a * b * x ** (b - 1)) / (1 + a * x ** b));
  const push = new ForceTable((x) => (2 * b) / ((0.001 + x) * (1 + a * x ** b)));
  const pace = new Pace(signal);
  // Three coordinates whatever the dimensions, so that one loop serves both.
  let from = new Float32Array(3 * graph.n);
  let to = new Float32Array(3 * graph.n);
  for (let i = 0; i < graph.n; i++) for (let c = 0; c < dims; c++) from[3 * i + c] = coords[dims * i + c];
  for (let epoch = 0; epoch < epochs; epoch++) {
    const step = alpha * (1 - epoch / epochs);
    for (let first = 0; first < graph.n; first += ROWS) {
      moveRows(graph, forces, { from, to, pull, push }, epoch, step, first, Math.min(first + ROWS, graph.n));
      await pace.turn();
    }
    [from, to] = [to, from];
    progress((epoch + 1) / epochs);
  }
  const out = new Float32Array(dims * graph.n);
  for (let i = 0; i < graph.n; i++) for (let c = 0; c < dims; c++) out[dims * i + c] = from[3 * i + c];
  return out;
};

interface Places {
  from: Float32Array;
  to: Float32Array;
  pull: ForceTable;
  push: ForceTable;
}

function moveRows(
  { n, offsets, targets, steps }: LayoutGraph,
  { seed, negatives }: LayoutForces,
  { from, to, pull, push }: Places,
  epoch: number,
  alpha: number,
  first: number,
  last: number,
): void {
  const epochSeed = pcg(epoch + pcg(seed));
  for (let i = first; i < last; i++) {
    const base = pcg(i + epochSeed);
    const x = from[3 * i];
    const y = from[3 * i + 1];
    const z = from[3 * i + 2];
    let fx = 0;
    let fy = 0;
    let fz = 0;
    let pulled = 0;
    for (let e = offsets[i]; e < offsets[i + 1]; e++) {
      const j = targets[e];
      if (!isDue(epoch, steps[e], i, j)) continue;
      const dx = from[3 * j] - x;
      const dy = from[3 * j + 1] - y;
      const dz = from[3 * j + 2] - z;
      const near = dx * dx + dy * dy + dz * dz;
      if (near > 0) {
        const weight = pull.at(near);
        pulled += 2 * weight;
        fx += 2 * clip(weight * dx);
        fy += 2 * clip(weight * dy);
        fz += 2 * clip(weight * dz);
      }
      let draw = base + (e - offsets[i]) * negatives;
      for (let s = 0; s < negatives; s++) {
        const other = 3 * rowFrom(pcg(draw++), n);
        const gx = x - from[other];
        const gy = y - from[other + 1];
        const gz = z - from[other + 2];
        const far = gx * gx + gy * gy + gz * gz;
        if (far === 0) continue;
        const weight = push.at(far);
        fx += clip(weight * gx);
        fy += clip(weight * gy);
        fz += clip(weight * gz);
      }
    }
    const held = alpha / Math.max(1, alpha * pulled);
    to[3 * i] = x + held * fx;
    to[3 * i + 1] = y + held * fy;
    to[3 * i + 2] = z + held * fz;
  }
}

function clip(x: number): number {
  return x > CLIP ? CLIP : x < -CLIP ? -CLIP : x;
}
