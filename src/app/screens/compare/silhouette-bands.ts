/** The silhouettes of a cluster, from the highest to the lowest, thinned out to what can be drawn. */
export interface SilhouetteBand {
  cluster: number;
  size: number;
  mean: number;
  /** Members nearer to another cluster than to their own: silhouette below 0. */
  negative: number;
  /** Place among the members, 0..size, and the silhouette there; falling. */
  points: { at: number; value: number }[];
}

export interface SilhouetteBands {
  bands: SilhouetteBand[];
  /** Over all rows of a cluster. */
  mean: number;
  n: number;
}

/**
 * Silhouettes sorted within each cluster (Rousseeuw, 1987, figure 1). `values` are n, NaN for rows of no cluster, `labels` 0..k-1.
 * About `points` of all rows are kept for drawing, at least the ends of each cluster; means and counts are of all rows.
 */
export function silhouetteBands(
  values: ArrayLike<number>,
  labels: ArrayLike<number>,
  k: number,
  points = 1500,
): SilhouetteBands {
  const sizes = new Uint32Array(k);
  for (let row = 0; row < values.length; row++) if (isScored(values, labels, row, k)) sizes[labels[row]]++;
  const members = Array.from(sizes, (size) => new Float32Array(size));
  const filled = new Uint32Array(k);
  for (let row = 0; row < values.length; row++)
    if (isScored(values, labels, row, k)) members[labels[row]][filled[labels[row]]++] = values[row];
  const n = sizes.reduce((sum, size) => sum + size, 0);
  let sum = 0;
  const bands = members.flatMap((of, cluster) => {
    if (of.length === 0) return [];
    const rising = of.sort();
    const total = rising.reduce((before, value) => before + value, 0);
    sum += total;
    const band: SilhouetteBand = {
      cluster,
      size: rising.length,
      mean: total / rising.length,
      negative: rising.findIndex((value) => value >= 0),
      points: thinned(rising, Math.max(2, Math.round((points * rising.length) / n))),
    };
    if (band.negative < 0) band.negative = rising.length;
    return [band];
  });
  return { bands, mean: sum / Math.max(n, 1), n };
}

/** Rows of a cluster, or of any (null), whose silhouette is below 0. */
export function misplacedRows(values: ArrayLike<number>): Uint32Array {
  const rows: number[] = [];
  for (let row = 0; row < values.length; row++) if (values[row] < 0) rows.push(row);
  return Uint32Array.from(rows);
}

function isScored(values: ArrayLike<number>, labels: ArrayLike<number>, row: number, k: number): boolean {
  return labels[row] < k && !Number.isNaN(values[row]);
}

/** Steps down a rising list: the value holds from its place to the next. Few values are all kept. */
function thinned(rising: Float32Array, most: number): { at: number; value: number }[] {
  const { length } = rising;
  const count = Math.min(length, most);
  const points = Array.from({ length: count }, (_, i) => {
    const place = count === 1 ? 0 : Math.round((i * (length - 1)) / (count - 1));
    return { at: (i * length) / count, value: rising[length - 1 - place] };
  });
  return [...points, { at: length, value: rising[0] }];
}
