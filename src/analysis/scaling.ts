import type { Scaling } from '../domain/clustering';
import type { Scaler } from '../domain/model';
import type { ColumnStats } from './column-stats';
import type { RowSource } from './row-source';

/**
 * The scaling of the columns, as scikit-learn's StandardScaler (population variance) and MinMaxScaler; constant columns
 * become 0. `none` and `l2` learn nothing.
 */
export function fitScaler({ mean, variance, low, high }: ColumnStats, scaling: Scaling): Scaler {
  const d = mean.length;
  const offset = new Float64Array(d);
  const factor = new Float64Array(d).fill(1);
  if (scaling === 'standard') {
    offset.set(mean);
    variance.forEach((v, j) => {
      // A constant column has the rounding of its mean for a variance, not always 0.
      const constant = v <= 1e-12 * mean[j] ** 2;
      factor[j] = constant ? 0 : 1 / Math.sqrt(v);
    });
  } else if (scaling === 'minmax') {
    for (let j = 0; j < d; j++) {
      offset[j] = low[j];
      factor[j] = high[j] > low[j] ? 1 / (high[j] - low[j]) : 0;
    }
  }
  return { scaling, offset, factor };
}

/** The scaler that changes nothing. */
export function noScaler(d: number): Scaler {
  return { scaling: 'none', offset: new Float64Array(d), factor: new Float64Array(d).fill(1) };
}

/** Scales n x d rows into `out` (which may be `data` itself); a row of zeros stays zero under `l2`. */
export function scaleInto(
  data: Float32Array,
  d: number,
  { scaling, offset, factor }: Scaler,
  out: Float32Array,
): void {
  if (scaling === 'l2') {
    for (let from = 0; from < data.length; from += d) {
      const length = rowLength(data, from, d);
      for (let p = from; p < from + d; p++) out[p] = length > 0 ? data[p] / length : 0;
    }
  } else if (scaling === 'none') {
    if (out !== data) out.set(data);
  } else {
    for (let p = 0; p < data.length;) {
      for (let j = 0; j < d; j++, p++) out[p] = (data[p] - offset[j]) * factor[j];
    }
  }
}

/** The rows of a source, scaled as they are read. */
export function scaledSource(source: RowSource, scaler: Scaler): RowSource {
  if (scaler.scaling === 'none') return source;
  const { n, d } = source;
  return {
    n,
    d,
    copies: true,
    async *chunks() {
      for await (const { row0, n: count, data } of source.chunks()) {
        const scaled = source.copies ? data : new Float32Array(data.length);
        scaleInto(data, d, scaler, scaled);
        yield { row0, n: count, data: scaled };
      }
    },
    async rows(indices) {
      const picked = await source.rows(indices);
      scaleInto(picked.data, d, scaler, picked.data);
      return picked;
    },
  };
}

function rowLength(data: Float32Array, from: number, d: number): number {
  let sum = 0;
  for (let p = from; p < from + d; p++) sum += data[p] * data[p];
  return Math.sqrt(sum);
}
