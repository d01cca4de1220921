import type { Stability, StabilityOptions } from '../domain/agreement';
import type { SweepOptions } from '../domain/clustering';
import { adjustedRand, crossed, normalisedMutualInformation, numbered } from './agreement';
import type { EngineHost } from './engine-host';
import { needImages, type Job } from './job';
import { centresAt, lloyd, type Fit } from './kmeans';
import { Pace } from './pace';
import { ProgressMeter } from './progress';
import { Random } from './random';
import { columnVariances, distinctRows, type Rows } from './rows';
import { seedRestarts } from './seeding';
import { onEngine } from './sweep';

/** One k in one run: the best of its restarts. */
type Run = Pick<Fit, 'labels' | 'inertia'>;

/**
 * Runs of each k from the seeds `seed`, `seed + 1`, …, compared two by two. A run is what a sweep with that seed and the
 * same largest k finds, restarts included; all runs and k advance together. Numbers of clusters that the rows cannot fill
 * are left out. Errors: `too-few-images`, `cancelled`.
 */
export async function stability(
  { vectors, host, signal, report }: Job,
  { ks, runs, seed }: StabilityOptions,
  options: SweepOptions,
): Promise<Stability[]> {
  needImages(vectors);
  const meter = new ProgressMeter(
    [
      { stage: 'pca', work: options.scaling === 'none' && options.pca === null ? 0 : 1 },
      { stage: 'kmeans', work: 9 },
    ],
    report,
  );
  const { rows } = await vectors.prepared(options, signal, (done) => meter.at('pca', done));
  const most = Math.max(1, Math.min(rows.n - 1, distinctRows(rows, Math.max(1, ...ks))));
  const able = [...new Set(ks)].filter((k) => k >= 1 && k <= most).sort((a, b) => a - b);
  if (able.length === 0) return [];
  const { found } = await onEngine(host, rows, options.engine, async () => ({
    found: await fitRuns(rows, able, { runs, seed }, options, host, meter, signal),
  }));
  const pace = new Pace(signal);
  const results: Stability[] = [];
  for (const [i, k] of able.entries()) results.push(await compare(k, found[i], pace));
  return results;
}

/** [k][run]. */
async function fitRuns(
  rows: Rows,
  ks: number[],
  { runs, seed }: Pick<StabilityOptions, 'runs' | 'seed'>,
  { nInit, maxIterations, tolerance }: SweepOptions,
  host: EngineHost,
  meter: ProgressMeter,
  signal?: AbortSignal,
): Promise<Run[][]> {
  const kMax = ks[ks.length - 1];
  const seeds = await host.run((engine) => {
    const starts = Array.from({ length: runs * nInit }, (_, i) => i);
    const randoms = starts.map((i) => new Random(seed + Math.floor(i / nInit), i % nInit));
    return seedRestarts(engine, kMax, randoms, signal);
  }, meter.notify);
  const variance = columnVariances(rows, new Float64Array(rows.d)).reduce((sum, v) => sum + v, 0) / rows.d;
  const best = ks.map((): Run[] => []);
  const jobs = ks.flatMap((k, place) => seeds.map((chosen, start) => ({ k, place, chosen, start })));
  const together = await host.run(async (engine) => engine.slots(kMax));
  for (let at = 0; at < jobs.length; at += together) {
    const some = jobs.slice(at, at + together);
    const done = (iteration: number, active: number): void => {
      const left = (active / some.length) * 0.9 ** iteration;
      meter.at('kmeans', (at + (1 - left) * some.length) / jobs.length);
    };
    const fits = await host.run((engine) => {
      const inits = some.map(({ k, chosen }) => centresAt(engine, chosen.subarray(0, k)));
      return lloyd(engine, inits, {
        maxIterations,
        shift: tolerance * variance,
        signal,
        onIteration: done,
      });
    }, meter.notify);
    fits.forEach(({ labels, inertia }, i) => {
      const { place, start } = some[i];
      const run = Math.floor(start / nInit);
      const known = best[place][run] as Run | undefined;
      if (!known || inertia < known.inertia) best[place][run] = { labels, inertia };
    });
  }
  return best;
}

/** Mean and lowest agreement over all pairs of runs; 1 for a single one. */
async function compare(k: number, runs: Run[], pace: Pace): Promise<Stability> {
  const ari: number[] = [];
  const nmi: number[] = [];
  const labellings = runs.map(({ labels }) => numbered(labels));
  for (const [i, a] of labellings.entries()) {
    for (const b of labellings.slice(i + 1)) {
      const table = crossed(a, b);
      ari.push(adjustedRand(table));
      nmi.push(normalisedMutualInformation(table));
      await pace.turn();
    }
  }
  const mean = (values: number[]): number =>
    values.length === 0 ? 1 : values.reduce((sum, x) => sum + x, 0) / values.length;
  return {
    k,
    runs: runs.length,
    ari: mean(ari),
    lowestAri: Math.min(1, ...ari),
    nmi: mean(nmi),
    inertia: runs.map(({ inertia }) => inertia),
  };
}
