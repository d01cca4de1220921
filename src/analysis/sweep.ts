import type { Clustering, Sweep, SweepOptions } from '../domain/clustering';
import { TesseraError } from '../domain/errors';
import type { Preparation } from '../domain/model';
import type { AnalysisProgress } from '../domain/progress';
import { memoryOf } from '../simd/matrix';
import { chooseK } from './choose-k';
import type { EngineHost, EngineInfo } from './engine-host';
import { centresAt, lloyd, type Fit, type LloydOptions } from './kmeans';
import type { PreparedSource, Vectors } from './prepare';
import { ProgressMeter } from './progress';
import { Random } from './random';
import { columnVariances, distinctRows, type Rows } from './rows';
import { scoreFits, scoringWork, type Scores } from './score-fits';
import { seedRestarts } from './seeding';
import { streamedSweep } from './streamed-sweep';

/** Iterations a fit takes on real features, about; only for the progress. */
const USUAL_ITERATIONS = 20;

/**
 * k-means for every k of a range and the choice among them. The numbers of clusters are limited to what n rows, as many of
 * them different as there are, can fill and be scored on: 2 <= k <= min(n - 1, different rows); below that one cluster.
 * Clusters are numbered by falling size. Centroids are in the space that was clustered: of the vectors themselves, or
 * scaled and reduced if the options say so. Throws `too-few-images` for n = 0 and `cancelled`.
 */
export async function sweep(
  vectors: Vectors,
  specKey: string,
  options: SweepOptions,
  host: EngineHost,
  signal: AbortSignal | undefined,
  report: (progress: AnalysisProgress) => void,
): Promise<Sweep> {
  const started = performance.now();
  const { n, d } = vectors;
  if (n === 0)
    throw new TesseraError('too-few-images', 'No image has an embedding yet: add images, then cluster.', {
      n,
      needed: 1,
    });
  const meter = progressMeter(kRange(options, n, n), options, n, report);
  const streamed = await vectors.streamed(options, signal);
  const made = streamed
    ? await sweepBlocks(streamed, options, host, meter, signal)
    : await sweepRows(vectors, options, host, meter, signal);
  const { preparation, clusterings, engine, adapter, width, scored, peakBytes } = made;
  return {
    specKey,
    n,
    d,
    seed: options.seed,
    nInit: options.nInit,
    maxIterations: options.maxIterations,
    tolerance: options.tolerance,
    scaling: options.scaling,
    pca: options.pca === null ? null : width,
    preparation,
    ...(scored !== undefined && { scoredRows: scored }),
    engine,
    adapter,
    seconds: (performance.now() - started) / 1000,
    peakBytes,
    clusterings,
    choice: chooseK(clusterings),
  };
}

interface Swept extends EngineInfo {
  clusterings: Clustering[];
  preparation: Preparation;
  /** Columns of the rows that were clustered. */
  width: number;
  peakBytes: Sweep['peakBytes'];
  /** Rows that were scored, where these were not all. */
  scored?: number;
}

async function sweepRows(
  vectors: Vectors,
  options: SweepOptions,
  host: EngineHost,
  meter: ProgressMeter,
  signal?: AbortSignal,
): Promise<Swept> {
  const prepared = await vectors.prepared(options, signal, (fraction) => meter.at('pca', fraction));
  const { rows, mean, preparation } = prepared;
  const ks = kRange(options, rows.n, distinctRows(rows, options.kMax));
  const { fits, scores, ...info } = await onEngine(
    host,
    rows,
    options.engine,
    async () => {
      const fits = await fitAll(rows, ks, options, host, signal, meter);
      const scores = await scoreFits(host, rows, fits, options, meter, signal);
      const peakBytes = { gpu: host.gpuPeak?.bytes ?? 0, rows: memoryOf(rows) };
      return { fits, scores, peakBytes };
    },
    options.half,
  );
  const clusterings = fits.map((fit, i) => toClustering(mean, fit, scores[i]));
  return { ...info, clusterings, preparation, width: rows.d };
}

async function sweepBlocks(
  { source, preparation }: PreparedSource,
  options: SweepOptions,
  host: EngineHost,
  meter: ProgressMeter,
  signal?: AbortSignal,
): Promise<Swept> {
  const ks = kRange(options, source.n, source.n);
  const { fits, scores, ...info } = await streamedSweep(source, ks, options, host, meter, signal);
  const origin = new Float64Array(source.d);
  const clusterings = fits.map((fit, i) => toClustering(origin, fit, scores[i]));
  return { ...info, clusterings, preparation, width: source.d };
}

/** The engine holds memory only as long as the work runs. */
export async function onEngine<T>(
  host: EngineHost,
  rows: Rows,
  choice: SweepOptions['engine'],
  work: () => Promise<T>,
  half = false,
): Promise<EngineInfo & T> {
  await host.use(rows, choice, half);
  try {
    return { ...(await work()), ...host.inUse };
  } finally {
    host.release();
  }
}

/** The numbers of clusters to try, rising. */
export function kRange(
  { kMin, kMax }: Pick<SweepOptions, 'kMin' | 'kMax'>,
  n: number,
  distinct: number,
): number[] {
  const upper = Math.max(1, Math.min(kMax, n - 1, distinct));
  const lower = kMin <= upper ? Math.max(1, kMin) : Math.min(2, upper);
  return Array.from({ length: upper - lower + 1 }, (_, i) => lower + i);
}

function progressMeter(
  ks: number[],
  { nInit, pca, scaling, silhouetteSample }: SweepOptions,
  n: number,
  report: (progress: AnalysisProgress) => void,
): ProgressMeter {
  const sum = ks.reduce((a, b) => a + b, 0);
  return new ProgressMeter(
    [
      { stage: 'pca', work: (scaling === 'none' ? 0 : 100) + (pca === null ? 0 : 500) },
      { stage: 'kmeans', work: nInit * sum * USUAL_ITERATIONS },
      { stage: 'silhouette', work: scoringWork(ks, n, silhouetteSample).total },
    ],
    report,
  );
}

/** The best of `nInit` fits for each k; restart r of every k starts from the first k rows of the same seeding r. */
async function fitAll(
  rows: Rows,
  ks: number[],
  options: SweepOptions,
  host: EngineHost,
  signal: AbortSignal | undefined,
  meter: ProgressMeter,
): Promise<Fit[]> {
  const kMax = ks[ks.length - 1];
  const seeds = await host.run((engine) => {
    const randoms = Array.from({ length: options.nInit }, (_, r) => new Random(options.seed, r));
    return seedRestarts(engine, kMax, randoms, signal, (fraction) => meter.at('kmeans', 0.05 * fraction));
  }, meter.notify);
  const variance = columnVariances(rows, new Float64Array(rows.d)).reduce((sum, v) => sum + v, 0) / rows.d;
  const lloydOptions = { maxIterations: options.maxIterations, shift: options.tolerance * variance, signal };

  const total = ks.reduce((a, b) => a + b, 0);
  const fits: Fit[] = [];
  let done = 0;
  const slots = await host.run(async (engine) => engine.slots(kMax));
  for (const group of batches(ks, options.nInit, slots)) {
    const work = group.reduce((a, b) => a + b, 0);
    const onIteration: LloydOptions['onIteration'] = (iteration, active) => {
      const left = (active / (group.length * options.nInit)) * 0.9 ** iteration;
      meter.at('kmeans', 0.05 + 0.95 * ((done + work * (1 - left)) / total));
    };
    fits.push(...(await fitGroup(group, seeds, host, meter, { ...lloydOptions, onIteration })));
    done += work;
  }
  return fits;
}

async function fitGroup(
  group: number[],
  seeds: Uint32Array[],
  host: EngineHost,
  meter: ProgressMeter,
  options: LloydOptions,
): Promise<Fit[]> {
  const restarts = seeds.length;
  const all = await host.run((engine) => {
    const inits = group.flatMap((k) => seeds.map((rows) => centresAt(engine, rows.subarray(0, k))));
    return lloyd(engine, inits, options);
  }, meter.notify);
  return group.map((_, i) =>
    all
      .slice(i * restarts, (i + 1) * restarts)
      .reduce((best, fit) => (fit.inertia < best.inertia ? fit : best)),
  );
}

/** Consecutive k whose fits, `restarts` each, fit into `slots` together. */
function batches(ks: number[], restarts: number, slots: number): number[][] {
  const size = Math.max(1, Math.floor(slots / restarts));
  const groups: number[][] = [];
  for (let i = 0; i < ks.length; i += size) groups.push(ks.slice(i, i + size));
  return groups;
}

function toClustering(mean: Float64Array, fit: Fit, scores: Scores): Clustering {
  const { k } = fit;
  const d = mean.length;
  const counts = new Uint32Array(k);
  for (const label of fit.labels) counts[label]++;
  const order = Array.from(counts.keys()).sort((a, b) => counts[b] - counts[a] || a - b);
  const renamed = new Uint16Array(k);
  order.forEach((from, to) => (renamed[from] = to));
  const centroids = new Float32Array(k * d);
  order.forEach((from, to) => {
    for (let t = 0; t < d; t++) centroids[to * d + t] = fit.centres[from * d + t] + mean[t];
  });
  return {
    k,
    labels: fit.labels.map((label) => renamed[label]),
    centroids,
    distances: Float32Array.from(fit.squared, Math.sqrt),
    sizes: Uint32Array.from(order, (c) => counts[c]),
    iterations: fit.iterations,
    inertia: fit.inertia,
    ...scores,
  };
}
