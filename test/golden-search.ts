import type { Metric } from '../src/domain/search';
import type { Rows } from '../src/analysis/rows';
import cases from './golden/search.json';

export interface SearchCase {
  n: number;
  d: number;
  query: number;
  metric: Metric;
  rows: number[];
  distances: number[];
  radius: number;
  within: number[];
}

export const searchCases = cases as SearchCase[];

/** The rows of a case, as test/golden/search.py makes them. */
export function goldenRows(n: number, d: number): Rows {
  const data = Float32Array.from(
    { length: n * d },
    (_, p) => ((p * p * 7919 + p * 104729 + 13) % 99991) / 4096 - 7,
  );
  for (let i = 41; i < n; i += 41) data.copyWithin(i * d, (i - 1) * d, i * d);
  return { n, d, data };
}
