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
  /** The same as blocks, where they are too large to be in memory together; null where they are not. */
  streamed(options: PrepareOptions, signal?: AbortSignal): Promise<PreparedSource | null>;
}

/** Prepared rows that are read block by block. */
export interface PreparedSource {
  source: RowSource;
  preparation: Preparation;
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
  return fillPrepared(source, 'scaler' in how ? how : await learn(source, how, tools), tools);
}

/** What a preparation takes from the rows: their scaler and components, by a reading for each. */
export async function learn(
  source: RowSource,
  { scaling, pca }: PrepareOptions,
  { products, signal }: Pick<PrepareTools, 'products' | 'signal'>,
): Promise<Preparation> {
  const learns = scaling === 'standard' || scaling === 'minmax';
  const scaler = learns
    ? fitScaler(await columnStats(source, signal), scaling)
    : { ...noScaler(source.d), scaling };
  const scaled = scaledSource(source, scaler);
  const fitted = pca === null ? null : await fitPca(scaled, pcaTarget(pca), products, signal);
  return { scaler, pca: fitted && fitted.variances.length > 0 ? fitted : null };
}

/** Columns of prepared rows. */
export function preparedWidth({ scaler, pca }: Preparation): number {
  return pca ? pca.variances.length : scaler.offset.length;
}

/** Rows prepared as they are read; not centred. */
export function preparedSource(
  source: RowSource,
  preparation: Preparation,
  products: Products,
  signal?: AbortSignal,
): RowSource {
  const { scaler, pca } = preparation;
  const scaled = scaledSource(source, scaler);
  if (!pca) return scaled;
  const d = preparedWidth(preparation);
  const project = async (rows: Rows): Promise<Float32Array> =>
    Float32Array.from(await products.project(rows, pca.mean, pca.components, d, signal));
  return {
    n: source.n,
    d,
    copies: true,
    async *chunks() {
      for await (const block of scaled.chunks())
        yield { ...block, data: await project({ ...block, d: source.d }) };
    },
    async rows(indices) {
      return { n: indices.length, d, data: await project(await scaled.rows(indices)) };
    },
  };
}

/** The last reading: rows prepared as was learned before, on these or on other rows, and centred. */
async function fillPrepared(
  source: RowSource,
  preparation: Preparation,
  { products, allocate, signal, progress }: PrepareTools,
): Promise<PreparedRows> {
  const rows = allocate(source.n, preparedWidth(preparation));
  const pace = new Pace(signal);
  for await (const { row0, n, data } of preparedSource(source, preparation, products, signal).chunks()) {
    rows.data.set(data.subarray(0, n * rows.d), row0 * rows.d);
    progress?.((row0 + n) / source.n);
    await pace.turn();
  }
  return { ...centred(rows), preparation };
}

/** `pca` of the options as a target: 1, 2, … components, or a share of the variance below 1. */
export function pcaTarget(pca: number): PcaTarget {
  return pca < 1 ? { explained: pca } : { components: pca };
}
