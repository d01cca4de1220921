import type { Clustering } from '../../../domain/clustering';
import type { RowTable } from '../../../domain/project';

/** What the points can be coloured by beside clusters and columns. */
export const SCORES = ['distance', 'ratio', 'silhouette', 'pixels'] as const;
export type Score = (typeof SCORES)[number];

type Sized = Pick<RowTable, 'n' | 'widths' | 'heights'>;

/**
 * The score of each row, NaN where there is none; null when there can be none yet. `distance`: Euclidean, to the own
 * centre; `ratio`: the same in mean distances of the own cluster; `silhouette`: as given, once they are there; `pixels`: millions of pixels of the image.
 */
export function scoreValues(
  score: Score,
  clustering: Clustering | null,
  rows: Sized,
  silhouettes: ArrayLike<number> | null,
): Float64Array | null {
  if (score === 'silhouette') return silhouettes && Float64Array.from(silhouettes);
  if (score === 'pixels')
    return Float64Array.from({ length: rows.n }, (_, row) => {
      const pixels = rows.widths[row] * rows.heights[row];
      return pixels > 0 ? pixels / 1e6 : NaN;
    });
  if (!clustering) return null;
  return score === 'distance' ? Float64Array.from(clustering.distances) : ratios(clustering);
}

/** A cluster whose members all lie at its centre has no ratio. */
function ratios({ k, labels, distances }: Clustering): Float64Array {
  const sums = new Float64Array(k);
  const counts = new Uint32Array(k);
  for (let row = 0; row < labels.length; row++) {
    if (labels[row] >= k) continue;
    sums[labels[row]] += distances[row];
    counts[labels[row]]++;
  }
  return Float64Array.from(labels, (label, row) =>
    label < k && sums[label] > 0 ? (distances[row] * counts[label]) / sums[label] : NaN,
  );
}
