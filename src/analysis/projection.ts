import type { Projection, ProjectionOptions } from '../domain/projection';
import { alignAxes } from './align-axes';
import { fitPca } from './pca';
import type { Products } from './products';
import type { RowSource } from './row-source';

/** A projection of the rows at hand, without the name of their descriptor. */
export type Layout = Omit<Projection, 'specKey'>;

/**
 * Rows on their first principal components; 0 on an axis the data do not have. `earlier` are the axes (dims x d) of a
 * projection before this one, which the new axes are turned like.
 */
export async function pcaLayout(
  source: RowSource,
  products: Products,
  options: ProjectionOptions,
  earlier: Float64Array | null = null,
  signal?: AbortSignal,
): Promise<Layout> {
  const started = performance.now();
  const { n, d } = source;
  const { dims } = options;
  const pca = await fitPca(source, { components: dims }, products, signal);
  const found = pca.explained.length;
  const axes = new Float64Array(dims * d);
  axes.set(pca.components);
  const explained = Array.from({ length: dims }, (_, c) => pca.explained[c] ?? 0);
  if (earlier?.length === axes.length) alignAxes(axes, explained, earlier, dims, d);
  const coords = new Float32Array(n * dims);
  if (found > 0)
    for await (const block of source.chunks()) {
      const rows = { n: block.n, d, data: block.data };
      const scores = await products.project(rows, pca.mean, axes, dims, signal);
      coords.set(scores, dims * block.row0);
    }
  return {
    n,
    method: 'pca',
    dims,
    options,
    coords,
    explained,
    axes,
    quality: null,
    graph: null,
    reduced: null,
    laid: n,
    engine: 'cpu',
    seconds: (performance.now() - started) / 1000,
  };
}
