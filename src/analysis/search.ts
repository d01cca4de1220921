import { TesseraError } from '../domain/errors';
import type { Metric } from '../domain/search';
import { exactDistance } from '../gpu/nearest/nearest.cpu';
import { candidates, candidatesWithin, errorBound } from './nearest-candidates';
import type { Rows } from './rows';
import type { Fraction, SearchRows } from './search-rows';

/** Rows by distance, nearest first, ties by row. */
export interface Found {
  rows: Uint32Array;
  distances: Float64Array;
  /** Rows up to the distance asked for, rising. */
  within: Uint32Array | null;
}

export interface Asked {
  metric: Metric;
  from: number;
  count: number;
  within: number | null;
  /** Rows that are not to be found. */
  without: Uint32Array;
}

/** Rows whose exact distances are computed at once. */
const BATCH = 1024;

/** The mean of rows (m x d) as a query, summed in f64. Throws RangeError without any row. */
export function meanQuery({ n, d, data }: Rows): Rows {
  if (n === 0) throw new RangeError('a query needs at least one row');
  const sums = new Float64Array(d);
  for (let i = 0, p = 0; i < n; i++) for (let t = 0; t < d; t++) sums[t] += data[p++];
  return { n: 1, d, data: Float32Array.from(sums, (sum) => sum / n) };
}

/**
 * The rows nearest to each query (at most 16). Exact: distances in f32 leave out what cannot be among them, the rest is
 * compared in f64. Errors: `model-mismatch` where the queries are of other dimensions; `cancelled`, `device-lost`, `store`.
 */
export async function search(
  all: SearchRows,
  queries: Rows,
  asked: Asked,
  signal?: AbortSignal,
  progress?: Fraction,
): Promise<Found[]> {
  const { n, d } = all;
  if (queries.d !== d)
    throw new TesseraError('model-mismatch', `The query has ${queries.d} numbers, the images have ${d}.`, {
      expected: d,
      given: queries.d,
    });
  const { metric, within } = asked;
  const bound = errorBound(metric, d);
  const left = new Set(asked.without);
  const distances = await all.distances(queries, metric, signal, progress);
  const found: Found[] = [];
  for (let q = 0; q < queries.n; q++) {
    const own = distances.subarray(q * n, (q + 1) * n);
    const exact = new Exact(all, queries, q, metric, signal);
    const near = await exact.ranked(candidates(own, asked.from + asked.count, bound, left));
    const part = near.slice(asked.from, asked.from + asked.count);
    found.push({
      rows: Uint32Array.from(part, ({ row }) => row),
      distances: Float64Array.from(part, ({ value }) => shown(value, metric)),
      within:
        within === null
          ? null
          : await exact.upTo(candidatesWithin(own, squaredIf(within, metric), bound, left), within),
    });
  }
  return found;
}

/** Distances in f64 of some rows to one query. */
class Exact {
  constructor(
    private readonly all: SearchRows,
    private readonly queries: Rows,
    private readonly q: number,
    private readonly metric: Metric,
    private readonly signal?: AbortSignal,
  ) {}

  async ranked(places: Uint32Array): Promise<{ row: number; value: number }[]> {
    const near: { row: number; value: number }[] = [];
    for await (const one of this.each(places)) near.push(one);
    return near.sort((a, b) => a.value - b.value || a.row - b.row);
  }

  async upTo(places: Uint32Array, limit: number): Promise<Uint32Array> {
    const rows: number[] = [];
    for await (const { row, value } of this.each(places))
      if (shown(value, this.metric) <= limit) rows.push(row);
    return Uint32Array.from(rows);
  }

  private async *each(places: Uint32Array): AsyncGenerator<{ row: number; value: number }> {
    for (let from = 0; from < places.length; from += BATCH) {
      const some = places.subarray(from, from + BATCH);
      const rows = await this.all.rows(some, this.signal);
      for (let i = 0; i < some.length; i++)
        yield { row: some[i], value: exactDistance(rows, i, this.queries, this.q, this.metric) };
    }
  }
}

const shown = (value: number, metric: Metric): number => (metric === 'euclidean' ? Math.sqrt(value) : value);
const squaredIf = (distance: number, metric: Metric): number =>
  metric === 'euclidean' ? distance * distance : distance;
