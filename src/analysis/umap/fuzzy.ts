import type { LayoutGraph } from '../../gpu/umap/umap.cpu';
import type { KnnGraph } from '../knn-graph';
import { Pace } from '../pace';

const BISECTIONS = 64;
const CLOSE = 1e-5;
/** The least bandwidth, as a share of the mean distance. */
const LEAST = 1e-3;
/** Rows between two looks at whether the work is cancelled. */
const ROWS = 512;

export interface SmoothDistances {
  /** Distance to the nearest row that is not at the same place. */
  rho: Float64Array;
  /** Bandwidth at which the memberships of a row add up to log2 of its neighbours, itself counted. */
  sigma: Float64Array;
}

/** As umap-learn's `smooth_knn_dist` with local connectivity 1; distances n x k without the row itself. */
export async function smoothDistances(
  { n, k, distances }: Pick<KnnGraph, 'n' | 'k' | 'distances'>,
  signal?: AbortSignal,
): Promise<SmoothDistances> {
  const rho = new Float64Array(n);
  const sigma = new Float64Array(n);
  const target = Math.log2(k + 1);
  let all = 0;
  for (const distance of distances) all += distance;
  const meanOfAll = all / Math.max(1, distances.length);
  const pace = new Pace(signal);
  for (let i = 0; i < n; i++) {
    const own = distances.subarray(i * k, (i + 1) * k);
    rho[i] = own.find((distance) => distance > 0) ?? 0;
    let [low, middle, high] = [0, 1, Infinity];
    for (let step = 0; step < BISECTIONS; step++) {
      let sum = 0;
      for (const distance of own) {
        const beyond = distance - rho[i];
        sum += beyond > 0 ? Math.exp(-beyond / middle) : 1;
      }
      if (Math.abs(sum - target) < CLOSE) break;
      if (sum > target) {
        high = middle;
        middle = (low + high) / 2;
      } else {
        low = middle;
        middle = high === Infinity ? middle * 2 : (low + high) / 2;
      }
    }
    let mean = meanOfAll;
    if (rho[i] > 0) mean = own.reduce((sum, distance) => sum + distance, 0) / k;
    sigma[i] = Math.max(middle, LEAST * mean);
    if (i % ROWS === 0) await pace.turn();
  }
  return { rho, sigma };
}

/** The memberships of each row's neighbours, n x k; a row that was not found has none. */
export function memberships(
  { n, k, distances }: Pick<KnnGraph, 'n' | 'k' | 'distances'>,
  { rho, sigma }: SmoothDistances,
): Float64Array {
  const out = new Float64Array(n * k);
  for (let i = 0; i < n; i++)
    for (let p = i * k; p < (i + 1) * k; p++) {
      const beyond = distances[p] - rho[i];
      out[p] = beyond <= 0 || sigma[i] === 0 ? 1 : Math.exp(-beyond / sigma[i]);
    }
  return out;
}

/** A symmetric matrix as compressed rows. */
export interface SymmetricGraph {
  n: number;
  offsets: Uint32Array;
  targets: Uint32Array;
  values: Float32Array;
}

/**
 * n x k directed values made symmetric by `join` (own, other's; 0 where there is none), edges of a row in the order of its
 * neighbours, then of the rows that it is a neighbour of. Edges of 0 are left out.
 */
export function symmetric(
  { n, k, rows }: Pick<KnnGraph, 'n' | 'k' | 'rows'>,
  values: Float64Array,
  join: (own: number, others: number) => number,
): SymmetricGraph {
  const { offsets: starts, places } = reversed(rows, n);
  const mine = new Float64Array(n);
  const theirs = new Float64Array(n);
  const offsets = new Uint32Array(n + 1);
  const targets = new Uint32Array(2 * n * k);
  const joined = new Float32Array(2 * n * k);
  let e = 0;
  const take = (j: number): void => {
    const value = join(mine[j], theirs[j]);
    mine[j] = theirs[j] = 0;
    if (!(value > 0)) return;
    targets[e] = j;
    joined[e++] = value;
  };
  for (let i = 0; i < n; i++) {
    for (let p = i * k; p < (i + 1) * k; p++) if (rows[p] < n) mine[rows[p]] = values[p];
    for (let q = starts[i]; q < starts[i + 1]; q++) theirs[Math.floor(places[q] / k)] = values[places[q]];
    for (let p = i * k; p < (i + 1) * k; p++) if (rows[p] < n) take(rows[p]);
    for (let q = starts[i]; q < starts[i + 1]; q++) {
      const j = Math.floor(places[q] / k);
      if (theirs[j] > 0) take(j);
    }
    offsets[i + 1] = e;
  }
  return { n, offsets, targets: targets.slice(0, e), values: joined.slice(0, e) };
}

/** For each row the places of `rows` (n x k) where it stands. */
function reversed(rows: Uint32Array, n: number): { offsets: Uint32Array; places: Uint32Array } {
  const offsets = new Uint32Array(n + 1);
  for (const row of rows) if (row < n) offsets[row + 1]++;
  for (let i = 0; i < n; i++) offsets[i + 1] += offsets[i];
  const next = offsets.slice();
  const places = new Uint32Array(offsets[n]);
  rows.forEach((row, p) => {
    if (row < n) places[next[row]++] = p;
  });
  return { offsets, places };
}

/** The fuzzy union of the neighbourhoods: w + w' - w w'. */
export async function fuzzyGraph(graph: KnnGraph, signal?: AbortSignal): Promise<SymmetricGraph> {
  const values = memberships(graph, await smoothDistances(graph, signal));
  return symmetric(graph, values, (own, others) => own + others - own * others);
}

/** How often each edge pulls within so many epochs; those that would not even once are left out. */
export function scheduled({ n, offsets, targets, values }: SymmetricGraph, epochs: number): LayoutGraph {
  let most = 0;
  for (const value of values) most = Math.max(most, value);
  const kept = new Uint32Array(n + 1);
  const to = new Uint32Array(targets.length);
  const steps = new Uint32Array(targets.length);
  let e = 0;
  for (let i = 0; i < n; i++) {
    for (let p = offsets[i]; p < offsets[i + 1]; p++) {
      const share = values[p] / most;
      if (share * epochs < 1) continue;
      to[e] = targets[p];
      steps[e++] = Math.round(share * 65_536);
    }
    kept[i + 1] = e;
  }
  return { n, offsets: kept, targets: to.slice(0, e), steps: steps.slice(0, e) };
}
