import { NO_CLUSTER } from '../domain/clustering';
import type { Margins, ScoredLabelling } from '../domain/row-scores';
import type { Job } from './job';
import type { CentredRows } from './prepare';
import type { Products } from './products';
import { ProgressMeter } from './progress';
import { distanceBlocks } from './row-distances';
import { clusterSizes } from './silhouette';

/** How far each row is from going to another cluster, for all rows of a job. Errors: `cancelled`. */
export async function rowMargins(
  { vectors, host, signal, report }: Job,
  of: ScoredLabelling,
): Promise<Margins> {
  const { preparation, scaling, pca, engine } = of;
  const meter = new ProgressMeter(
    [
      { stage: 'pca', work: 1 },
      { stage: 'kmeans', work: 1 },
    ],
    report,
  );
  const prepared = await vectors.prepared(preparation ?? { scaling, pca }, signal, (done) =>
    meter.at('pca', done),
  );
  const products = await host.products(engine === 'cpu' ? 'cpu' : 'auto');
  return margins(prepared, of, products, (done) => meter.at('kmeans', done), signal);
}

/**
 * For each row the nearest centre but for its own, and how much farther that one is. Rows of no cluster have neither; a
 * cluster without rows has no centre.
 */
export async function margins(
  { rows, mean }: CentredRows,
  { k, labels, centroids }: Pick<ScoredLabelling, 'k' | 'labels' | 'centroids'>,
  products: Products,
  progress: (fraction: number) => void,
  signal?: AbortSignal,
): Promise<Margins> {
  const { n, d } = rows;
  const centres = { n: k, d, data: centroids.map((value, p) => value - mean[p % d]) };
  const sizes = clusterSizes({ k, labels });
  const second = new Uint16Array(n).fill(NO_CLUSTER);
  const gaps = new Float32Array(n).fill(NaN);
  for await (const { row0, n: count, distances } of distanceBlocks(rows, centres, products, signal)) {
    for (let i = 0; i < count; i++) {
      const own = labels[row0 + i];
      if (own >= k) continue;
      let next = NO_CLUSTER;
      let nearest = Infinity;
      for (let c = 0; c < k; c++)
        if (c !== own && sizes[c] > 0 && distances[i * k + c] < nearest) {
          nearest = distances[i * k + c];
          next = c;
        }
      if (next === NO_CLUSTER) continue;
      second[row0 + i] = next;
      gaps[row0 + i] = nearest - distances[i * k + own];
    }
    progress((row0 + count) / n);
  }
  return { second, gaps };
}
