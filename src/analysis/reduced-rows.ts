import { fitPca } from './pca';
import type { Products } from './products';
import type { RowSource } from './row-source';
import type { Rows } from './rows';

/** Where a matrix lies. */
export interface Memory {
  allocate(n: number, d: number): Rows;
  release(rows: Rows): void;
}

/** Principal components that neighbours are sought in, as is usual before t-SNE. */
export const COMPONENTS = 50;

export interface ReducedRows {
  /** n x m, m the components or 1 where all rows are the same: the leading ones first, about the mean. */
  rows: Rows;
  /** d: the mean of the vectors. */
  mean: Float64Array;
  /** Share of the variance that is kept, 0..1. */
  explained: number;
}

/**
 * Rows in their leading principal components, which turns them and leaves distances as they are but for what is cut off. The
 * caller releases them. Errors: `cancelled`, `memory`.
 */
export async function reduceRows(
  source: RowSource,
  products: Products,
  memory: Memory,
  progress: (fraction: number) => void,
  signal?: AbortSignal,
): Promise<ReducedRows> {
  const { n, d } = source;
  const pca = await fitPca(source, { components: Math.min(COMPONENTS, d) }, products, signal);
  progress(0.5);
  const m = pca.variances.length;
  const rows = memory.allocate(n, Math.max(1, m));
  try {
    if (m > 0)
      for await (const block of source.chunks()) {
        const part = { n: block.n, d, data: block.data.subarray(0, block.n * d) };
        rows.data.set(await products.project(part, pca.mean, pca.components, m, signal), block.row0 * m);
        progress(0.5 + (0.5 * (block.row0 + block.n)) / n);
      }
  } catch (error) {
    memory.release(rows);
    throw error;
  }
  return { rows, mean: pca.mean, explained: pca.explained.reduce((sum, share) => sum + share, 0) };
}
