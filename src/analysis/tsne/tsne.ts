import type { ProjectionOptions } from '../../domain/projection';
import type { KnnGraph } from '../knn-graph';
import { Pace } from '../pace';
import type { SymmetricGraph } from '../umap/fuzzy';
import { startOf } from '../umap/umap';
import { jointProbabilities } from './perplexity';
import { TreeMaker, type SpaceTree } from './space-tree';

/** Rows up to which every pair is looked at; beyond, cells that are smaller than `ANGLE` of their distance count as one. */
const EXACT_ROWS = 1000;
const ANGLE = 0.5;
/** As scikit-learn does it. */
export const ITERATIONS = 1000;
const EXAGGERATED = { iterations: 250, factor: 12, momentum: 0.5 };
const MOMENTUM = 0.8;
const LEAST_GAIN = 0.01;
/** Standard deviation of the first coordinate at the start. */
const START = 1e-4;
/** Rows between two looks at whether the work is cancelled. */
const ROWS = 512;

export interface TsneLayout {
  coords: Float32Array;
  /** Kullback-Leibler divergence, with the pairs that are no neighbours left out where P is 0. */
  divergence: number;
}

/** Neighbours of a row, besides itself, that its probabilities are made of. */
export const neighboursOf = (perplexity: number): number => Math.floor(3 * perplexity + 1);

/**
 * t-SNE (van der Maaten 2014) of a graph of nearest neighbours from given places (n x dims), which are scaled: Barnes-Hut, exact
 * up to 1,000 rows, with the schedule of scikit-learn. Errors: `cancelled`.
 */
export async function tsneLayout(
  graph: KnnGraph,
  start: Float32Array,
  { dims, perplexity, seed }: ProjectionOptions,
  progress: (fraction: number) => void,
  signal?: AbortSignal,
): Promise<TsneLayout> {
  const { n } = graph;
  if (n < 2 || graph.k === 0) return { coords: start.slice(), divergence: 0 };
  // Perplexity beyond the number of neighbours cannot be reached.
  const joint = await jointProbabilities(graph, Math.min(perplexity, graph.k), signal);
  const forces = new TsneForces(joint, dims, n <= EXACT_ROWS ? 0 : ANGLE);
  const places = startPlaces(start, dims, seed);
  const update = new Float64Array(3 * n);
  const gains = new Float64Array(3 * n).fill(1);
  const rate = Math.max(50, n / EXAGGERATED.factor / 4);
  const pace = new Pace(signal);
  for (let i = 0; i < ITERATIONS; i++) {
    const early = i < EXAGGERATED.iterations;
    const gradient = await forces.gradient(places, early ? EXAGGERATED.factor : 1, pace);
    const momentum = early ? EXAGGERATED.momentum : MOMENTUM;
    for (let p = 0; p < 3 * n; p++) {
      const gain = update[p] * gradient[p] < 0 ? gains[p] + 0.2 : gains[p] * 0.8;
      gains[p] = Math.max(LEAST_GAIN, gain);
      update[p] = momentum * update[p] - rate * gains[p] * gradient[p];
      places[p] += update[p];
    }
    progress((i + 1) / ITERATIONS);
  }
  await forces.gradient(places, 1, pace);
  const coords = new Float32Array(n * dims);
  for (let i = 0; i < n; i++) for (let c = 0; c < dims; c++) coords[i * dims + c] = places[3 * i + c];
  return { coords, divergence: forces.divergence(places) };
}

/** The forces between the rows of one set of joint probabilities; places are n x 3, the third 0 in two dimensions. */
export class TsneForces {
  readonly #trees: TreeMaker;
  readonly #gradient: Float64Array;
  /** Sum of 1 / (1 + squared distance) over all pairs, of the last gradient. */
  #total = 1;

  constructor(
    private readonly joint: SymmetricGraph,
    dims: 2 | 3,
    private readonly angle: number,
  ) {
    this.#trees = new TreeMaker(joint.n, dims);
    this.#gradient = new Float64Array(3 * joint.n);
  }

  /** The gradient of the divergence, P taken `exaggeration` times; the next call changes it. */
  async gradient(places: Float64Array, exaggeration: number, pace: Pace): Promise<Float64Array> {
    const { n } = this.joint;
    const out = this.#gradient;
    const tree = this.#trees.make(places);
    let total = 0;
    for (let from = 0; from < n; from += ROWS) {
      total += pushRows(tree, places, out, this.angle, from, Math.min(from + ROWS, n));
      await pace.turn();
    }
    this.#total = Math.max(total, Number.MIN_VALUE);
    for (let p = 0; p < 3 * n; p++) out[p] *= -4 / this.#total;
    for (let from = 0; from < n; from += 16 * ROWS) {
      pullRows(this.joint, places, out, 4 * exaggeration, from, Math.min(from + 16 * ROWS, n));
      await pace.turn();
    }
    return out;
  }

  /** Sum of p log(p / q) over the pairs with p > 0, with the total of the last gradient. */
  divergence(places: Float64Array): number {
    const { n, offsets, targets, values } = this.joint;
    let sum = 0;
    for (let i = 0; i < n; i++)
      for (let e = offsets[i]; e < offsets[i + 1]; e++) {
        const q = 1 / ((1 + squaredOf(places, 3 * i, 3 * targets[e])) * this.#total);
        sum += values[e] * Math.log(values[e] / q);
      }
    return sum;
  }
}

function squaredOf(places: Float64Array, a: number, b: number): number {
  const x = places[a] - places[b];
  const y = places[a + 1] - places[b + 1];
  const z = places[a + 2] - places[b + 2];
  return x * x + y * y + z * z;
}

/** What all others push each row by, rows in the order of the tree; their sum of 1 / (1 + squared distance). */
function pushRows(
  { nodes, order, first, count, next, isLeaf, squaredSide, centre }: SpaceTree,
  places: Float64Array,
  out: Float64Array,
  angle: number,
  from: number,
  to: number,
): number {
  const limit = angle * angle;
  let total = 0;
  for (let place = from; place < to; place++) {
    const i = 3 * order[place];
    const x = places[i];
    const y = places[i + 1];
    const z = places[i + 2];
    let fx = 0;
    let fy = 0;
    let fz = 0;
    for (let node = 0; node < nodes;) {
      const dx = x - centre[3 * node];
      const dy = y - centre[3 * node + 1];
      const dz = z - centre[3 * node + 2];
      const squared = dx * dx + dy * dy + dz * dz;
      if (squaredSide[node] < limit * squared) {
        const q = 1 / (1 + squared);
        const mass = count[node] * q;
        total += mass;
        fx += mass * q * dx;
        fy += mass * q * dy;
        fz += mass * q * dz;
        node = next[node];
      } else if (isLeaf[node] === 1) {
        for (let p = first[node]; p < first[node] + count[node]; p++) {
          if (p === place) continue;
          const j = 3 * order[p];
          const gx = x - places[j];
          const gy = y - places[j + 1];
          const gz = z - places[j + 2];
          const q = 1 / (1 + gx * gx + gy * gy + gz * gz);
          total += q;
          fx += q * q * gx;
          fy += q * q * gy;
          fz += q * q * gz;
        }
        node = next[node];
      } else node++;
    }
    out[i] = fx;
    out[i + 1] = fy;
    out[i + 2] = fz;
  }
  return total;
}

/** Adds what neighbours pull each row by. */
function pullRows(
  { offsets, targets, values }: SymmetricGraph,
  places: Float64Array,
  out: Float64Array,
  factor: number,
  from: number,
  to: number,
): void {
  for (let i = from; i < to; i++) {
    const x = places[3 * i];
    const y = places[3 * i + 1];
    const z = places[3 * i + 2];
    let fx = 0;
    let fy = 0;
    let fz = 0;
    for (let e = offsets[i]; e < offsets[i + 1]; e++) {
      const j = 3 * targets[e];
      const dx = x - places[j];
      const dy = y - places[j + 1];
      const dz = z - places[j + 2];
      const pull = values[e] / (1 + dx * dx + dy * dy + dz * dz);
      fx += pull * dx;
      fy += pull * dy;
      fz += pull * dz;
    }
    out[3 * i] += factor * fx;
    out[3 * i + 1] += factor * fy;
    out[3 * i + 2] += factor * fz;
  }
}

/** n x 3 places of a small cloud, whose first coordinate has the standard deviation `START`. */
function startPlaces(coords: Float32Array, dims: number, seed: number): Float64Array {
  const noisy = startOf(coords, seed);
  const n = noisy.length / dims;
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < n; i++) {
    sum += noisy[i * dims];
    squares += noisy[i * dims] ** 2;
  }
  const deviation = Math.sqrt(Math.max(0, squares / n - (sum / n) ** 2));
  const places = new Float64Array(3 * n);
  for (let i = 0; i < n; i++)
    for (let c = 0; c < dims; c++)
      places[3 * i + c] = noisy[i * dims + c] * (deviation > 0 ? START / deviation : 1);
  return places;
}
