/** The neighbourhoods that a layout keeps: symmetric, as compressed rows. */
export interface LayoutGraph {
  n: number;
  /** Edges of row i are `offsets[i]` .. `offsets[i + 1] - 1`; n + 1 numbers. */
  offsets: Uint32Array;
  targets: Uint32Array;
  /** How often an edge pulls: in this many of 65,536 epochs. */
  steps: Uint32Array;
}

export interface LayoutForces {
  dims: 2 | 3;
  /** Of the curve 1 / (1 + a x^2b). */
  a: number;
  b: number;
  seed: number;
  /** Random rows that push for each edge that pulls. */
  negatives: number;
}

/** Forces on one coordinate are cut off here. */
export const CLIP = 4;
/** Added to squared distances where rows push each other. */
const SOFT = 0.001;

/** Permuted congruential generator (PCG-RXS-M-XS), one step from a counter: the same on any machine. */
export function pcg(x: number): number {
  const state = (Math.imul(x, 747796405) + 2891336453) >>> 0;
  const word = Math.imul((state >>> ((state >>> 28) + 4)) ^ state, 277803737) >>> 0;
  return ((word >>> 22) ^ word) >>> 0;
}

/** A random word as a row of 0 .. n - 1, exact for n < 2^21; a remainder would be many times slower. */
export function rowFrom(word: number, n: number): number {
  return Math.floor((word * n) / 4294967296);
}

/** Whether an edge between i and j pulls in this epoch: evenly spread, edges of the same weight not all at once. */
export function isDue(epoch: number, step: number, i: number, j: number): boolean {
  const phase = pcg((i ^ j) + i + j) & 0xffff;
  const now = epoch * step + phase;
  return now >>> 16 !== (now + step) >>> 16;
}

/**
 * One epoch of UMAP's layout (McInnes, Healy, Melville 2018) in f64, gathered row by row from the places of the epoch before:
 * edges that are due pull from both ends at once, random rows push, and the step is held where all pulls together would
 * overshoot. `from` and the result are n x dims, row-major.
 */
export function umapEpoch(
  { n, offsets, targets, steps }: LayoutGraph,
  { dims, a, b, seed, negatives }: LayoutForces,
  from: ArrayLike<number>,
  epoch: number,
  alpha: number,
): Float64Array {
  const to = Float64Array.from(from);
  const epochSeed = pcg(epoch + pcg(seed));
  const clip = (x: number): number => Math.min(CLIP, Math.max(-CLIP, x));
  for (let i = 0; i < n; i++) {
    const base = pcg(i + epochSeed);
    const force = new Float64Array(dims);
    let pull = 0;
    for (let e = offsets[i]; e < offsets[i + 1]; e++) {
      const j = targets[e];
      if (!isDue(epoch, steps[e], i, j)) continue;
      const near = squared(from, i, j, dims);
      if (near > 0) {
        const weight = (2 * a * b * near ** (b - 1)) / (1 + a * near ** b);
        pull += 2 * weight;
        for (let c = 0; c < dims; c++)
          force[c] += 2 * clip(weight * (from[j * dims + c] - from[i * dims + c]));
      }
      for (let s = 0; s < negatives; s++) {
        const other = rowFrom(pcg(base + (e - offsets[i]) * negatives + s), n);
        const far = squared(from, i, other, dims);
        if (far === 0) continue;
        const weight = (2 * b) / ((SOFT + far) * (1 + a * far ** b));
        for (let c = 0; c < dims; c++)
          force[c] += clip(weight * (from[i * dims + c] - from[other * dims + c]));
      }
    }
    const held = alpha / Math.max(1, alpha * pull);
    for (let c = 0; c < dims; c++) to[i * dims + c] += held * force[c];
  }
  return to;
}

function squared(from: ArrayLike<number>, i: number, j: number, dims: number): number {
  let sum = 0;
  for (let c = 0; c < dims; c++) sum += (from[i * dims + c] - from[j * dims + c]) ** 2;
  return sum;
}
