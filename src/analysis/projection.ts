import type { Projection } from '../domain/clustering';
import { fitPca } from './pca';
import type { Products } from './products';
import type { RowSource } from './row-source';

/** Rows on their first two principal components; 0 on an axis the data do not have. */
export async function projection(
  source: RowSource,
  products: Products,
  signal?: AbortSignal,
): Promise<Projection> {
  const { n, d } = source;
  const { mean, components, explained } = await fitPca(source, { components: 2 }, products, signal);
  const axes = explained.length;
  const coords = new Float32Array(n * 2);
  if (axes > 0)
    for await (const block of source.chunks()) {
      const scores = await products.project(
        { n: block.n, d, data: block.data },
        mean,
        components,
        axes,
        signal,
      );
      for (let i = 0; i < block.n; i++)
        for (let c = 0; c < axes; c++) coords[2 * (block.row0 + i) + c] = scores[i * axes + c];
    }
  return { coords, explained: [explained[0] ?? 0, explained[1] ?? 0] };
}
