import { Pace } from './pace';
import type { RowSource } from './row-source';

/** What one reading of n x d rows tells about its columns, all f64. */
export interface ColumnStats {
  n: number;
  mean: Float64Array;
  /** Population variance. */
  variance: Float64Array;
  low: Float64Array;
  high: Float64Array;
}

/**
 * Mean, variance and range of each column. Blocks are combined by the pairwise update of Chan, Golub and LeVeque (1983), so
 * that a large common mean does not cancel the variance.
 */
export async function columnStats(source: RowSource, signal?: AbortSignal): Promise<ColumnStats> {
  const { n, d } = source;
  const pace = new Pace(signal);
  const mean = new Float64Array(d);
  const squared = new Float64Array(d);
  const low = new Float64Array(d).fill(Infinity);
  const high = new Float64Array(d).fill(-Infinity);
  let seen = 0;
  for await (const { n: count, data } of source.chunks()) {
    const sum = new Float64Array(d);
    for (let i = 0, p = 0; i < count; i++) {
      for (let j = 0; j < d; j++, p++) {
        const x = data[p];
        sum[j] += x;
        if (x < low[j]) low[j] = x;
        if (x > high[j]) high[j] = x;
      }
    }
    const own = sum.map((s) => s / count);
    const spread = new Float64Array(d);
    for (let i = 0, p = 0; i < count; i++)
      for (let j = 0; j < d; j++, p++) spread[j] += (data[p] - own[j]) ** 2;
    const total = seen + count;
    for (let j = 0; j < d; j++) {
      const gap = own[j] - mean[j];
      squared[j] += spread[j] + gap * gap * ((seen * count) / total);
      mean[j] += (gap * count) / total;
    }
    seen = total;
    await pace.turn();
  }
  return { n, mean, variance: squared.map((s) => s / Math.max(1, n)), low, high };
}
