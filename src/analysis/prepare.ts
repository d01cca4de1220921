import type { Scaling } from '../domain/clustering';
import type { Preparation } from '../domain/model';
import { columnStats } from './column-stats';
import { Pace } from './pace';
import { fitPca, type PcaTarget } from './pca';
import type { Products } from './products';
import type { RowSource } from './row-source';
import { centre, type Rows } from './rows';
import { fitScaler, noScaler, scaledSource } from './scaling';

/** Mean-centred rows and what was subtracted from each column. */
export interface CentredRows {
  rows: Rows;
  mean: Float64Array;
}

/** Rows as they are clustered, and how a vector becomes one of them. */
export interface PreparedRows extends CentredRows {
  preparation: Preparation;
}

/** How vectors are prepared; see `SweepOptions`. */
export interface PrepareOptions {
  scaling: Scaling;
  pca: number | null;
}

export interface PrepareTools {
  products: Products;
  /** Room for the result: the only n x d' matrix there is. */
  allocate: (n: number, d: number) => Rows;
  signal?: AbortSignal;
  /** 0..1. */
  progress?: (fraction: number) => void;
}

/** The vectors that are loaded, n x d, to be had in any preparation. The engine may keep the rows until the next call. */
export interface Vectors {
  readonly n: number;
  readonly d: number;
  /** In a preparation that is learned from them, or that was learned before, on these or on other vectors. */
  prepared(
    how: PrepareOptions | Preparation,
    signal?: AbortSignal,
    progress?: (fraction: number) => void,
  ): Promise<PreparedRows>;
}

/** Centres rows in place. */
export function centred(rows: Rows): CentredRows {
  return { rows, mean: centre(rows) };
}

/**
 * What k-means works on: the rows scaled, then reduced to principal components, then centred. Scaler and components are
 * learned (unless they are given), and the result is filled, from readings of the source, so that no other matrix is held.
 */
export async function prepareRows(
  source: RowSource,
  how: PrepareOptions | Preparation,
  tools: PrepareTools,
): Promise<PreparedRows> {
  const { signal, products } = tools;
  if ('scaler' in how) return fillPrepared(source, how, tools);
  const { scaling, pca } = how;
  const learns = scaling === 'standard' || scaling === 'minmax';
  const scaler = learns
    ? fitScaler(await columnStats(source, signal), scaling)
    : { ...noScaler(source.d), scaling };
  const scaled = scaledSource(source, scaler);
  const fitted = pca === null ? null : await fitPca(scaled, pcaTarget(pca), products, signal);
  const preparation: Preparation = { scaler, pca: fitted && fitted.variances.length > 0 ? fitted : null };
  return fillPrepared(source, preparation, tools);
}

/** The last reading: rows prepared as was learned before, on these or on other rows, and centred. */
async function fillPrepared(
  source: RowSource,
  preparation: Preparation,
  { products, allocate, signal, progress }: PrepareTools,
): Promise<PreparedRows> {
  const { scaler, pca } = preparation;
  const { n, d } = source;
  const rows = allocate(n, pca ? pca.variances.length : d);
  const pace = new Pace(signal);
  for await (const block of scaledSource(source, scaler).chunks()) {
    const data = pca
      ? await products.project({ ...block, d }, pca.mean, pca.components, rows.d, signal)
      : block.data.subarray(0, block.n * d);
    rows.data.set(data, block.row0 * rows.d);
    progress?.((block.row0 + block.n) / n);
    await pace.turn();
  }
  return { ...centred(rows), preparation };
}

/** `pca` of the options as a target: 1, 2, … components, or a share of the variance below 1. */
export function pcaTarget(pca: number): PcaTarget {
  return pca < 1 ? { explained: pca } : { components: pca };
}
