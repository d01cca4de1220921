import { TesseraError } from '../domain/errors';
import type { KMeansEngine, LloydStep } from './engine';
import { centresAt } from './kmeans';
import { moveCentres, reassignStarved, SmoothedStop, type BatchCentres } from './minibatch-rules';
import { Random } from './random';
import type { RowSource } from './row-source';
import { columnMeans, squaredNorms, type Rows } from './rows';
import { seedRestarts } from './seeding';

export interface MiniBatchOptions {
  k: number;
  seed: number;
  /** Rows of a batch. */
  batch: number;
  /** Starts that are compared on a sample; the best is gone on with. */
  nInit: number;
  /** Readings of all rows, at most, that the batches may amount to. */
  maxPasses: number;
  signal?: AbortSignal;
  /** 0..1. */
  progress?: (fraction: number) => void;
}

/** scikit-learn's defaults. */
export const MINI_BATCH = { batch: 1024, nInit: 3, maxPasses: 100 };

export interface MiniBatchFit {
  k: number;
  /** k x d, in the space of the source. */
  centres: Float64Array;
  labels: Uint16Array;
  /** Squared distance of each row to its centre. */
  squared: Float32Array;
  /** Sum of the squared distances, f64. */
  inertia: number;
  /** Batches that moved the centres. */
  steps: number;
}

/** Does a piece of work on an engine for a few rows, which is gone afterwards. */
export type OnRows = <T>(rows: Rows, work: (engine: KMeansEngine) => Promise<T>) => Promise<T>;

/** Rows in this many bytes are read at once, batches for several steps. */
const AHEAD_BYTES = 32 * 2 ** 20;
const REASSIGNMENT_RATIO = 0.01;
const PATIENCE = 10;

/**
 * Mini-batch k-means (Sculley 2010) with the rules of scikit-learn's MiniBatchKMeans, for matrices that are read block by block:
 * k-means++ on a sample of three batches, batches of rows drawn with replacement, one last reading of all rows for labels and
 * distances. Few rows are in memory at a time. The same rows, seed and engine give the same result. Throws RangeError unless
 * 1 <= k <= n, `cancelled` once aborted, and what the source throws.
 */
export async function miniBatchKMeans(
  source: RowSource,
  onRows: OnRows,
  options: MiniBatchOptions,
): Promise<MiniBatchFit> {
  const { n, d } = source;
  const { k, seed, maxPasses, signal, progress } = options;
  if (k < 1 || k > n) throw new RangeError(`${k} clusters for ${n} rows`);
  const batch = Math.min(options.batch, n);
  const random = new Random(seed, 0x6d62);
  const origin = columnMeans(await source.rows(someRows(random, n, sampleSize(n, k, batch))));
  const draw = async (count: number) => shifted(await source.rows(someRows(random, n, count)), origin);

  const state: BatchCentres = {
    centres: await start(draw, onRows, sampleSize(n, k, batch), options),
    counts: new Float64Array(k),
  };
  const stop = new SmoothedStop(n, batch, PATIENCE);
  const most = Math.max(1, Math.floor((maxPasses * n) / batch));
  const ahead = Math.max(1, Math.floor(AHEAD_BYTES / (batch * d * 4)));
  let steps = 0;
  let sinceReassigned = 0;
  for (let stopped = false; !stopped && steps < most;) {
    const drawn = await draw(batch * Math.min(ahead, most - steps));
    for (let at = 0; at < drawn.n && !stopped; at += batch) {
      check(signal);
      const rows = { n: batch, d, data: drawn.data.subarray(at * d, (at + batch) * d) };
      const { step, inertia } = await stepOn(onRows, rows, state.centres, k, signal);
      // Asked before the centres move: a centre without rows is always given one.
      sinceReassigned += batch;
      const reassign = state.counts.includes(0) || sinceReassigned >= 10 * k;
      moveCentres(state, step);
      if (reassign) {
        reassignStarved(state, rows, REASSIGNMENT_RATIO, random);
        sinceReassigned = 0;
      }
      stopped = stop.after(inertia);
      steps++;
      progress?.(0.5 * (1 - 0.99 ** steps));
    }
  }
  const last = await assignAll(source, onRows, origin, state.centres, k, signal, (fraction) =>
    progress?.(0.5 + 0.5 * fraction),
  );
  const centres = state.centres.map((x, p) => x + origin[p % d]);
  return { k, centres, steps, ...last };
}

/** Rows of the samples that starts are made of and compared on. */
function sampleSize(n: number, k: number, batch: number): number {
  return Math.min(n, 3 * Math.max(batch, k));
}

/** Drawn with replacement. */
function someRows(random: Random, n: number, count: number): Uint32Array {
  return Uint32Array.from({ length: count }, () => random.below(n));
}

/** The best of `nInit` seedings, each of a sample of its own, by their inertia on one more sample. */
async function start(
  draw: (count: number) => Promise<Rows>,
  onRows: OnRows,
  size: number,
  { k, seed, nInit, signal }: MiniBatchOptions,
): Promise<Float64Array> {
  const validation = await draw(size);
  let best: Float64Array | null = null;
  let least = Infinity;
  for (let i = 0; i < nInit; i++) {
    check(signal);
    const sample = await draw(size);
    const centres = await onRows(sample, async (engine) => {
      const [rows] = await seedRestarts(engine, k, [new Random(seed, i)], signal);
      return centresAt(engine, rows);
    });
    const { inertia } = await stepOn(onRows, validation, centres, k, signal);
    if (best && inertia >= least) continue;
    best = centres;
    least = inertia;
  }
  return best!;
}

/** Sums and counts of one assignment, and its inertia: sum |x|^2 - 2 c.S + n |c|^2 by cluster, f64. */
async function stepOn(
  onRows: OnRows,
  rows: Rows,
  centres: Float64Array,
  k: number,
  signal?: AbortSignal,
): Promise<{ step: LloydStep; inertia: number }> {
  const step = await onRows(rows, async (engine) => {
    const fits = engine.open([k]);
    try {
      return (await fits.step([{ slot: 0, centres }], signal))[0];
    } finally {
      fits.close();
    }
  });
  let inertia = squaredNorms(rows).reduce((sum, norm) => sum + norm, 0);
  for (let c = 0; c < k; c++) {
    for (let t = c * rows.d; t < (c + 1) * rows.d; t++)
      inertia += centres[t] * (step.counts[c] * centres[t] - 2 * step.sums[t]);
  }
  return { step, inertia };
}

/** Labels and distances of all rows. */
async function assignAll(
  source: RowSource,
  onRows: OnRows,
  origin: Float64Array,
  centres: Float64Array,
  k: number,
  signal: AbortSignal | undefined,
  progress: (fraction: number) => void,
): Promise<Pick<MiniBatchFit, 'labels' | 'squared' | 'inertia'>> {
  const { n, d } = source;
  const labels = new Uint16Array(n);
  const squared = new Float32Array(n);
  let inertia = 0;
  for await (const block of source.chunks()) {
    check(signal);
    const rows = shifted({ n: block.n, d, data: block.data.slice(0, block.n * d) }, origin);
    const found = await onRows(rows, async (engine) => {
      const fits = engine.open([k]);
      try {
        return (await fits.assign([{ slot: 0, centres }], signal))[0];
      } finally {
        fits.close();
      }
    });
    labels.set(found.labels, block.row0);
    squared.set(found.squared, block.row0);
    for (let i = 0; i < block.n; i++) inertia += found.squared[i];
    progress((block.row0 + block.n) / n);
  }
  return { labels, squared, inertia };
}

/** Subtracts the origin in place, so that products do not cancel for features with a large common mean. */
function shifted(rows: Rows, origin: Float64Array): Rows {
  const { n, d, data } = rows;
  for (let i = 0, p = 0; i < n; i++) for (let t = 0; t < d; t++, p++) data[p] -= origin[t];
  return rows;
}

function check(signal?: AbortSignal): void {
  if (signal?.aborted) throw new TesseraError('cancelled', 'Cancelled.');
}
