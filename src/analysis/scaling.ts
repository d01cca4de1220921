import type { Scaling } from '../domain/clustering';
import type { Scaler } from '../domain/model';
import { columnMeans, columnVariances, type Rows } from './rows';

/**
 * Learns the scaling of the columns, as scikit-learn's StandardScaler (population variance) and MinMaxScaler; constant
 * columns become 0. `none` and `l2` have nothing to learn.
 */
export function fitScaler(rows: Rows, scaling: Scaling): Scaler {
  const { d } = rows;
  const offset = new Float64Array(d);
  const factor = new Float64Array(d).fill(1);
  if (scaling === 'standard') {
    offset.set(columnMeans(rows));
    columnVariances(rows, offset).forEach((variance, j) => {
      // A constant column has the rounding of its mean for a variance, not always 0.
      const constant = variance <= 1e-12 * offset[j] ** 2;
      factor[j] = constant ? 0 : 1 / Math.sqrt(variance);
    });
  } else if (scaling === 'minmax') {
    const { low, high } = columnRanges(rows);
    for (let j = 0; j < d; j++) {
      offset[j] = low[j];
      factor[j] = high[j] > low[j] ? 1 / (high[j] - low[j]) : 0;
    }
  }
  return { scaling, offset, factor };
}

/** A scaled copy of the rows; a row of zeros stays zero under `l2`. */
export function scale({ n, d, data }: Rows, { scaling, offset, factor }: Scaler): Rows {
  const out = new Float32Array(n * d);
  for (let i = 0, p = 0; i < n; i++) {
    const length = scaling === 'l2' ? rowLength(data, p, d) : 0;
    for (let j = 0; j < d; j++, p++) {
      if (scaling === 'l2') out[p] = length > 0 ? data[p] / length : 0;
      else out[p] = (data[p] - offset[j]) * factor[j];
    }
  }
  return { n, d, data: out };
}

function rowLength(data: Float32Array, from: number, d: number): number {
  let sum = 0;
  for (let p = from; p < from + d; p++) sum += data[p] * data[p];
  return Math.sqrt(sum);
}

function columnRanges({ n, d, data }: Rows): { low: Float64Array; high: Float64Array } {
  const low = new Float64Array(d).fill(Infinity);
  const high = new Float64Array(d).fill(-Infinity);
  for (let i = 0, p = 0; i < n; i++) {
    for (let j = 0; j < d; j++, p++) {
      if (data[p] < low[j]) low[j] = data[p];
      if (data[p] > high[j]) high[j] = data[p];
    }
  }
  return { low, high };
}
