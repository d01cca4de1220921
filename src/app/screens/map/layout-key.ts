import type { Projection } from '../../../domain/projection';

/**
 * Equal for layouts in which an image has about the same place, so that the view can stay: more images are added to a layout,
 * and those of PCA only shift a little.
 */
export function layoutKey({ method, dims, options, laid }: Projection): string {
  if (method === 'pca') return `pca ${dims}`;
  const { neighbours, minDist, perplexity, seed } = options;
  return [method, dims, seed, laid, ...(method === 'umap' ? [neighbours, minDist] : [perplexity])].join(' ');
}
