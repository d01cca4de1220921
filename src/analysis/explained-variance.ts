import type { Scaling } from '../domain/clustering';
import type { AnalysisProgress } from '../domain/progress';
import type { ExplainedVariance } from '../domain/variance';
import { needImages } from './job';
import { learn } from './prepare';
import type { Products } from './products';
import { ProgressMeter } from './progress';
import type { RowSource } from './row-source';

/** Readings of all rows that scaling and principal components take at most. */
const READINGS = 3;

/**
 * Shares of the variance on the principal components of the rows, scaled first: as a reduction in a sweep would find them.
 * `most` components, fewer where the rows have no more. Errors: `too-few-images`, `cancelled`.
 */
export async function explainedVariance(
  source: RowSource,
  scaling: Scaling,
  most: number,
  products: Products,
  report: (progress: AnalysisProgress) => void,
  signal?: AbortSignal,
): Promise<ExplainedVariance> {
  needImages(source);
  const { n, d } = source;
  const rank = Math.max(Math.min(n - 1, d), 0);
  const meter = new ProgressMeter([{ stage: 'pca', work: 1 }], report);
  const { pca } = await learn(
    watched(source, (readings) => meter.at('pca', readings / READINGS)),
    { scaling, pca: Math.max(Math.min(most, rank), 1) },
    { products, signal },
  );
  return { explained: pca?.explained ?? [], rank, d, scaling };
}

/** The same rows; tells how often they were read so far. */
function watched(source: RowSource, read: (readings: number) => void): RowSource {
  let rows = 0;
  return {
    n: source.n,
    d: source.d,
    copies: source.copies,
    async *chunks() {
      for await (const block of source.chunks()) {
        yield block;
        rows += block.n;
        read(rows / source.n);
      }
    },
    rows: (indices) => source.rows(indices),
  };
}
