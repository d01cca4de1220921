import type { Clustering, SweepOptions } from '../domain/clustering';
import type { EngineHost } from './engine-host';
import type { KMeansEngine } from './engine';
import type { Fit } from './kmeans';
import { partitionsOf } from './partition';
import type { ProgressMeter } from './progress';
import { Random } from './random';
import type { Rows } from './rows';
import { SAMPLE_STREAM, stratifiedSample } from './sample';
import { scoresOf } from './scores';
import { silhouettes } from './silhouette';
import { scorePartitions } from './partition-scores';

export type Scores = Pick<
  Clustering,
  | 'silhouette'
  | 'silhouetteError'
  | 'silhouetteSample'
  | 'silhouetteSquared'
  | 'calinskiHarabasz'
  | 'daviesBouldin'
>;

type Options = Pick<SweepOptions, 'seed' | 'silhouetteSample' | 'engine'>;

/** Work of scoring fits of these k, in dot products with every row. */
export function scoringWork(ks: number[], n: number, silhouetteSample: number) {
  const euclidean = Math.min(n, silhouetteSample) * (1 + ks.length / 20);
  const squared = ks.reduce((sum, k) => sum + k, 0);
  return { euclidean, squared, total: euclidean + squared };
}

/**
 * The scores of fits of these mean-centred rows, which the host has in use. The Euclidean silhouette is estimated from one
 * sample for all fits, or exact when it has all rows. Reports stage `silhouette`. Errors: `cancelled`.
 */
export async function scoreFits(
  host: EngineHost,
  rows: Rows,
  fits: Fit[],
  { seed, silhouetteSample, engine: choice }: Options,
  meter: ProgressMeter,
  signal?: AbortSignal,
): Promise<Scores[]> {
  const ks = fits.map(({ k }) => k);
  const { euclidean, squared, total } = scoringWork(ks, rows.n, silhouetteSample);
  const sample = stratifiedSample(fits, rows.n, silhouetteSample, new Random(seed, SAMPLE_STREAM));
  const onEuclidean = (done: number) => meter.at('silhouette', (done * euclidean) / total);
  const onSquared = (done: number) => meter.at('silhouette', (euclidean + done * squared) / total);

  const estimate = (engine: KMeansEngine) => silhouettes(engine, fits, sample, onEuclidean, signal);
  const estimates = await host.run(estimate, meter.notify);
  const partition = (engine: KMeansEngine) => partitionsOf(engine, rows, fits, signal);
  const partitions = await host.run(partition, meter.notify);
  const products = await host.products(choice);
  const exact = await scorePartitions(rows, partitions, products, onSquared, signal);
  return exact.map(({ silhouette, spread }, i) => ({
    silhouette: estimates[i].mean,
    silhouetteError: estimates[i].error,
    silhouetteSample: estimates[i].sample,
    silhouetteSquared: silhouette,
    ...scoresOf({ ...partitions[i], spread }, rows.n, rows.d),
  }));
}
