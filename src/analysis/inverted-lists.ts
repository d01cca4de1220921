import { exactPlan, listPlan, NOBODY, type KnnFound, type KnnSearch } from './knn-search';
import { Random } from './random';
import { pickRows, type Rows } from './rows';

/** Rows sorted into lists by their nearest centre (an inverted file): neighbours are sought in lists near one's own. */
export interface InvertedLists {
  /** Rows list by list; list l is places `starts[l]` .. `starts[l + 1] - 1`. */
  order: Uint32Array;
  starts: Uint32Array;
  /** The list of each row. */
  of: Uint32Array;
  /** For each list all lists by the distance of their centres, itself first: lists x lists. */
  near: Uint32Array;
}

/** Recall that the number of probes is chosen for, and the share of all lists that is probed at most. */
const WANTED_RECALL = 0.98;
const MOST_PROBED = 1 / 4;
/** Rows that the centres are fitted to, for each centre, and the iterations. */
const ROWS_A_CENTRE = 48;
const ITERATIONS = 8;

/** k-means with about sqrt(n) centres, fitted to a sample, then all rows assigned. Errors: `cancelled`, `memory`. */
export async function makeLists(
  rows: Rows,
  search: KnnSearch,
  seed: number,
  progress: (fraction: number) => void,
  signal?: AbortSignal,
): Promise<InvertedLists> {
  const { n, d } = rows;
  const lists = Math.max(1, Math.min(2048, Math.round(1.5 * Math.sqrt(n))));
  const random = new Random(seed);
  const sample = pickRows(rows, random.sample(n, lists * ROWS_A_CENTRE));
  const centres = pickRows(sample, random.sample(sample.n, lists));
  for (let i = 0; i < ITERATIONS; i++) {
    const { rows: labels } = await nearestCentre(sample, centres, search, signal);
    moveCentres(centres, sample, labels);
    progress((0.6 * (i + 1)) / ITERATIONS);
  }
  const { rows: of } = await nearestCentre(rows, centres, search, signal);
  const starts = new Uint32Array(lists + 1);
  for (const list of of) starts[list + 1]++;
  for (let l = 0; l < lists; l++) starts[l + 1] += starts[l];
  const next = starts.slice();
  const order = new Uint32Array(n);
  for (let i = 0; i < n; i++) order[next[of[i]]++] = i;
  progress(0.9);
  const task = { rows: centres, queries: centres, self: new Uint32Array(lists).fill(NOBODY), k: lists };
  const near = await search({ ...task, plan: exactPlan(lists, lists) }, () => undefined, signal);
  progress(1);
  return { order, starts, of, near: d > 0 ? near.rows : new Uint32Array(lists) };
}

/**
 * How many lists must be probed that the wanted share of the true neighbours (m x k, of the sampled rows) lies in them, at most
 * a quarter of all.
 */
export function probesFor(
  { of, near, starts }: InvertedLists,
  sample: Uint32Array,
  truth: Uint32Array,
  k: number,
): number {
  const lists = starts.length - 1;
  const at = new Uint32Array(lists);
  const within = new Float64Array(lists);
  let total = 0;
  sample.forEach((row, s) => {
    const own = of[row];
    for (let p = 0; p < lists; p++) at[near[own * lists + p]] = p;
    for (let p = 0; p < k; p++) within[at[of[truth[s * k + p]]]]++;
    total += k;
  });
  const most = Math.max(1, Math.floor(lists * MOST_PROBED));
  let sum = 0;
  for (let p = 0; p < most; p++) if ((sum += within[p]) >= WANTED_RECALL * total) return p + 1;
  return most;
}

/** The k nearest rows of every row among those of the `probes` nearest lists. */
export async function searchLists(
  rows: Rows,
  { order, starts, near }: InvertedLists,
  probes: number,
  k: number,
  search: KnnSearch,
  progress: (fraction: number) => void,
  signal?: AbortSignal,
): Promise<KnnFound> {
  const { n } = rows;
  const lists = starts.length - 1;
  const probed = new Uint32Array(lists * probes);
  for (let l = 0; l < lists; l++) probed.set(near.subarray(l * lists, l * lists + probes), l * probes);
  const sorted = pickRows(rows, order);
  const self = Uint32Array.from({ length: n }, (_, i) => i);
  const task = { rows: sorted, queries: sorted, self, k, plan: listPlan(starts, probed, probes) };
  const found = await search(task, progress, signal);
  const out = { rows: new Uint32Array(n * k), squared: new Float32Array(n * k) };
  for (let i = 0; i < n; i++) {
    const row = order[i];
    for (let p = 0; p < k; p++) {
      const place = found.rows[i * k + p];
      out.rows[row * k + p] = place === NOBODY ? NOBODY : order[place];
      out.squared[row * k + p] = found.squared[i * k + p];
    }
  }
  return out;
}

function nearestCentre(
  queries: Rows,
  centres: Rows,
  search: KnnSearch,
  signal?: AbortSignal,
): Promise<KnnFound> {
  const self = new Uint32Array(queries.n).fill(NOBODY);
  const plan = exactPlan(queries.n, centres.n);
  return search({ rows: centres, queries, self, k: 1, plan }, () => undefined, signal);
}

/** A centre without rows stays where it is. */
function moveCentres(centres: Rows, sample: Rows, labels: Uint32Array): void {
  const { d } = centres;
  const sums = new Float64Array(centres.n * d);
  const counts = new Uint32Array(centres.n);
  for (let i = 0; i < sample.n; i++) {
    counts[labels[i]]++;
    for (let t = 0; t < d; t++) sums[labels[i] * d + t] += sample.data[i * d + t];
  }
  for (let c = 0; c < centres.n; c++)
    if (counts[c] > 0) for (let t = 0; t < d; t++) centres.data[c * d + t] = sums[c * d + t] / counts[c];
}
