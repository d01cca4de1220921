import type { Scaling } from '../domain/clustering';
import { fitPca, transform } from './pca';
import { centre, type Rows } from './rows';
import { fitScaler, scale } from './scaling';

/** Mean-centred rows and what was subtracted from each column. */
export interface CentredRows {
  rows: Rows;
  mean: Float64Array;
}

/** Centres rows in place. */
export function centred(rows: Rows): CentredRows {
  return { rows, mean: centre(rows) };
}

/**
 * What k-means works on: the rows scaled, then reduced to at most `pca` principal components (null: all), then centred
 * again. Without scaling and reduction the given rows are used as they are, with no copy.
 */
export async function prepareRows(
  source: CentredRows,
  scaling: Scaling,
  pca: number | null,
  signal?: AbortSignal,
): Promise<CentredRows> {
  const scaled = scaling === 'none' ? source : centred(scaledCopy(source, scaling));
  if (pca === null) return scaled;
  const fitted = await fitPca(scaled.rows, { components: pca }, signal);
  if (fitted.variances.length === 0) return scaled;
  const rows = await transform(scaled.rows, fitted, signal);
  return { rows, mean: new Float64Array(rows.d) };
}

/** Only `l2` depends on where the origin is. */
function scaledCopy({ rows, mean }: CentredRows, scaling: Scaling): Rows {
  if (scaling !== 'l2') return scale(rows, fitScaler(rows, scaling));
  const { n, d } = rows;
  const original = { n, d, data: rows.data.map((x, p) => x + mean[p % d]) };
  return scale(original, fitScaler(original, scaling));
}
