import type { Agreement } from '../domain/agreement';
import { noneOf } from '../domain/clustering';

/** Counts of rows by (value of a, value of b); both sides numbered 0, 1, ... */
export interface Contingency {
  rows: number;
  columns: number;
  /** rows x columns, row-major. */
  counts: Float64Array;
  total: number;
}

/** Cross-tabulates two labellings of the same rows; labels are any non-negative integers. Throws RangeError for two lengths. */
export function contingency(a: ArrayLike<number>, b: ArrayLike<number>): Contingency {
  if (a.length !== b.length)
    throw new RangeError(
      `Two labellings of the same rows are needed, not of ${a.length} and of ${b.length}.`,
    );
  return crossed(numbered(a), numbered(b));
}

/** Labels as places among the different ones, in rising order. */
export interface Numbered {
  places: Uint32Array;
  count: number;
}

/** The table of two labellings of the same rows that are numbered already. */
export function crossed(first: Numbered, second: Numbered): Contingency {
  const columns = second.count;
  const total = first.places.length;
  const counts = new Float64Array(first.count * columns);
  for (let i = 0; i < total; i++) counts[first.places[i] * columns + second.places[i]]++;
  return { rows: first.count, columns, counts, total };
}

/** Labels below this are numbered through a table, which is much faster than a Map. */
const SMALL = 2 ** 20;

/** Numbers labels, any non-negative integers. */
export function numbered(labels: ArrayLike<number>): Numbered {
  const n = labels.length;
  let largest = 0;
  for (let i = 0; i < n; i++) largest = Math.max(largest, labels[i]);
  const places = new Uint32Array(n);
  if (largest >= SMALL) {
    const order = [...new Set(Array.from(labels))].sort((x, y) => x - y);
    const place = new Map(order.map((value, at) => [value, at]));
    for (let i = 0; i < n; i++) places[i] = place.get(labels[i])!;
    return { places, count: order.length };
  }
  const place = new Uint32Array(largest + 1);
  for (let i = 0; i < n; i++) place[labels[i]] = 1;
  let count = 0;
  place.forEach((there, value) => (place[value] = there ? count++ : 0));
  for (let i = 0; i < n; i++) places[i] = place[labels[i]];
  return { places, count };
}

/**
 * Both scores of two labellings and how often each pair of labels meets; values of either side in rising order. Rows that are
 * in no cluster on either side (`noneOf`) are left out.
 */
export function agreement(a: ArrayLike<number>, b: ArrayLike<number>): Agreement {
  const table = contingency(...inBoth(a, b));
  const { rows, columns, counts } = table;
  return { ari: adjustedRand(table), nmi: normalisedMutualInformation(table), counts, rows, columns };
}

function margins({ rows, columns, counts }: Contingency): [Float64Array, Float64Array] {
  const byRow = new Float64Array(rows);
  const byColumn = new Float64Array(columns);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      byRow[r] += counts[r * columns + c];
      byColumn[c] += counts[r * columns + c];
    }
  }
  return [byRow, byColumn];
}

/** Adjusted Rand index (Hubert and Arabie 1985): 1 = same partition, about 0 = chance. */
export function adjustedRand(table: Contingency): number {
  const pairs = (values: Float64Array) => values.reduce((sum, x) => sum + (x * (x - 1)) / 2, 0);
  const [byRow, byColumn] = margins(table);
  const all = (table.total * (table.total - 1)) / 2;
  if (all === 0) return 1;
  const expected = (pairs(byRow) * pairs(byColumn)) / all;
  const largest = (pairs(byRow) + pairs(byColumn)) / 2;
  return largest === expected ? 1 : (pairs(table.counts) - expected) / (largest - expected);
}

/** Normalised mutual information with the arithmetic mean of the entropies, as scikit-learn; 0..1. */
export function normalisedMutualInformation(table: Contingency): number {
  const { rows, columns, counts, total } = table;
  if (total === 0 || (rows === 1 && columns === 1)) return 1;
  const [byRow, byColumn] = margins(table);
  let information = 0;
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      const count = counts[r * columns + c];
      if (count > 0) information += (count / total) * Math.log((count * total) / (byRow[r] * byColumn[c]));
    }
  }
  const entropy = (values: Float64Array) =>
    -values.reduce((sum, x) => sum + (x / total) * Math.log(x / total), 0);
  const mean = (entropy(byRow) + entropy(byColumn)) / 2;
  return mean > 0 ? Math.min(1, Math.max(0, information / mean)) : 0;
}

/** The labels of rows that both sides have one for. */
function inBoth(a: ArrayLike<number>, b: ArrayLike<number>): [ArrayLike<number>, ArrayLike<number>] {
  if (a.length !== b.length) return [a, b];
  const [noA, noB] = [noneOf(a), noneOf(b)];
  const rows: number[] = [];
  for (let i = 0; i < a.length; i++) if (a[i] !== noA && b[i] !== noB) rows.push(i);
  if (rows.length === a.length) return [a, b];
  return [Uint32Array.from(rows, (row) => a[row]), Uint32Array.from(rows, (row) => b[row])];
}
