import type { GraphFacts } from '../domain/projection';
import { makeLists, probesFor, searchLists } from './inverted-lists';
import { exactPlan, NOBODY, type KnnFound, type KnnSearch } from './knn-search';
import { Pace } from './pace';
import { Random } from './random';
import { pickRows, type Rows } from './rows';

/** The nearest rows of every row, the row itself left out. */
export interface KnnGraph extends GraphFacts {
  n: number;
  /** n x k, nearest first; of equals the lower row. */
  rows: Uint32Array;
  /** n x k, Euclidean. */
  distances: Float32Array;
}

export interface KnnGraphOptions {
  search: KnnSearch;
  seed: number;
  /** Rows up to which every pair is compared. */
  exactRows?: number;
  signal?: AbortSignal;
  progress?: (fraction: number) => void;
}

const EXACT_ROWS = 60_000;
/** Sought beyond k, so that what roundings put in the wrong order at the end does not get lost. */
const SPARE = 3;
/** Rows whose true neighbours are found to measure the recall. */
const SAMPLE = 500;

/**
 * The k nearest rows of each row (all others, where there are no more than k): exact up to `exactRows`, by an inverted file
 * beyond, whose recall is measured against every pair on a sample. Distances are computed again in f64.
 * Errors: `cancelled`, `memory`.
 */
export async function knnGraph(rows: Rows, k: number, options: KnnGraphOptions): Promise<KnnGraph> {
  const { search, seed, exactRows = EXACT_ROWS, signal, progress = () => undefined } = options;
  const { n } = rows;
  const each = Math.max(0, Math.min(k, n - 1));
  if (n <= exactRows) {
    const found = await searchAll(rows, rows, allRows(n), each, search, progress, signal);
    return { n, k: each, ...found, search: 'exact', recall: 1, sample: 0 };
  }
  const lists = await makeLists(rows, search, seed, (done) => progress(0.1 * done), signal);
  const sample = new Random(seed, 1).sample(n, SAMPLE);
  const queries = pickRows(rows, sample);
  const told = (done: number): void => progress(0.1 + 0.1 * done);
  const truth = await searchAll(rows, queries, sample, each, search, told, signal);
  const probes = probesFor(lists, sample, truth.rows, each);
  const found = await searchLists(
    rows,
    lists,
    probes,
    each + SPARE,
    search,
    (done) => progress(0.2 + 0.8 * done),
    signal,
  );
  const refined = await refine(rows, rows, found, each + SPARE, each, signal);
  return {
    ...{ n, k: each, ...refined, search: 'ivf' },
    ...{ recall: recallOf(refined.rows, truth.rows, sample, each), sample: sample.length },
  };
}

/** The nearest rows of each query among all, exactly: m x k. `self`: the row that each query is, which is left out. */
export async function searchAll(
  rows: Rows,
  queries: Rows,
  self: Uint32Array | null,
  k: number,
  search: KnnSearch,
  progress: (fraction: number) => void,
  signal?: AbortSignal,
): Promise<Pick<KnnGraph, 'rows' | 'distances'>> {
  const wanted = Math.max(0, Math.min(k + SPARE, self ? rows.n - 1 : rows.n));
  const none = new Uint32Array(queries.n).fill(NOBODY);
  const task = { rows, queries, self: self ?? none, k: wanted, plan: exactPlan(queries.n, rows.n) };
  return refine(rows, queries, await search(task, progress, signal), wanted, k, signal);
}

/** Lists of `from` candidates sorted anew by their distances in f64 (ties: lowest row) and cut to k. */
async function refine(
  { d, data }: Rows,
  queries: Rows,
  { rows }: KnnFound,
  from: number,
  k: number,
  signal?: AbortSignal,
): Promise<Pick<KnnGraph, 'rows' | 'distances'>> {
  const m = queries.n;
  const out = {
    rows: new Uint32Array(m * k).fill(NOBODY),
    distances: new Float32Array(m * k).fill(Infinity),
  };
  const pace = new Pace(signal);
  const squared = new Float64Array(from);
  const order = Array.from({ length: from }, (_, p) => p);
  for (let q = 0; q < m; q++) {
    const query = queries.data.subarray(q * d, (q + 1) * d);
    const candidates = rows.subarray(q * from, (q + 1) * from);
    for (let p = 0; p < from; p++) {
      squared[p] = candidates[p] === NOBODY ? Infinity : squaredBetween(query, data, candidates[p] * d, d);
      order[p] = p;
    }
    order.sort((a, b) => squared[a] - squared[b] || candidates[a] - candidates[b]);
    for (let p = 0; p < Math.min(k, from); p++) {
      out.rows[q * k + p] = candidates[order[p]];
      out.distances[q * k + p] = Math.sqrt(squared[order[p]]);
    }
    if (q % 256 === 0) await pace.turn();
  }
  return out;
}

function squaredBetween(query: Float32Array, data: Float32Array, from: number, d: number): number {
  let sum = 0;
  for (let t = 0; t < d; t++) {
    const gap = query[t] - data[from + t];
    sum += gap * gap;
  }
  return sum;
}

/** Share of the true neighbours of the sampled rows that are in their lists. */
function recallOf(rows: Uint32Array, truth: Uint32Array, sample: Uint32Array, k: number): number {
  let hits = 0;
  sample.forEach((row, s) => {
    const found = new Set(rows.subarray(row * k, (row + 1) * k));
    for (let p = 0; p < k; p++) if (found.has(truth[s * k + p])) hits++;
  });
  return hits / Math.max(1, sample.length * k);
}

function allRows(n: number): Uint32Array {
  return Uint32Array.from({ length: n }, (_, i) => i);
}
