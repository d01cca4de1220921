import type { Agreement } from '../../domain/agreement';

/** A confusion table as it is shown: rows and columns in an order that puts what belongs together on the diagonal. */
export interface CrossTable {
  /** The label of each shown row and column, and how many images have it. */
  rows: readonly Margin[];
  columns: readonly Margin[];
  /** Largest count. */
  most: number;
  total: number;
  /** Images in the cells where a row meets the column matched to it. */
  matched: number;
  /** Images of the shown row r and the shown column c. */
  count(r: number, c: number): number;
}

export interface Margin {
  label: number;
  total: number;
}

type Counts = Pick<Agreement, 'counts' | 'rows' | 'columns'>;

/** Orders a table: rows by falling total; each column behind the row it is matched to, the others by where they weigh most. */
export function crossTable({ counts, rows, columns }: Counts): CrossTable {
  const rowTotals = new Float64Array(rows);
  const columnTotals = new Float64Array(columns);
  let most = 0;
  counts.forEach((count, i) => {
    rowTotals[Math.floor(i / columns)] += count;
    columnTotals[i % columns] += count;
    most = Math.max(most, count);
  });
  const rowOrder = byFalling(rowTotals);
  const match = matchedColumns(counts, rows, columns);
  const columnOrder = orderColumns(counts, columns, rowOrder, match);
  const margin = (totals: Float64Array) => (label: number) => ({ label, total: totals[label] });
  return {
    rows: rowOrder.map(margin(rowTotals)),
    columns: columnOrder.map(margin(columnTotals)),
    most,
    total: rowTotals.reduce((sum, x) => sum + x, 0),
    matched: match.reduce((sum, c, r) => sum + (c < 0 ? 0 : counts[r * columns + c]), 0),
    count: (r, c) => counts[rowOrder[r] * columns + columnOrder[c]],
  };
}

/** For each row a column of its own, or -1: the largest counts first. Empty cells match nothing. */
export function matchedColumns(counts: ArrayLike<number>, rows: number, columns: number): number[] {
  const filled: number[] = [];
  for (let i = 0; i < counts.length; i++) if (counts[i] > 0) filled.push(i);
  filled.sort((a, b) => counts[b] - counts[a] || a - b);
  const match = new Array<number>(rows).fill(-1);
  const taken = new Uint8Array(columns);
  for (const i of filled) {
    const [r, c] = [Math.floor(i / columns), i % columns];
    if (match[r] >= 0 || taken[c]) continue;
    match[r] = c;
    taken[c] = 1;
  }
  return match;
}

/** Matched columns in the order of their rows; the others beside the row in which they have most. */
function orderColumns(
  counts: ArrayLike<number>,
  columns: number,
  rowOrder: readonly number[],
  match: readonly number[],
): number[] {
  const place = new Float64Array(columns);
  for (let c = 0; c < columns; c++) {
    let best = 0;
    rowOrder.forEach((row, at) => {
      if (counts[row * columns + c] > counts[rowOrder[best] * columns + c]) best = at;
    });
    place[c] = best + 0.5;
  }
  rowOrder.forEach((row, at) => {
    if (match[row] >= 0) place[match[row]] = at;
  });
  return Array.from({ length: columns }, (_, c) => c).sort((a, b) => place[a] - place[b] || a - b);
}

function byFalling(totals: Float64Array): number[] {
  return Array.from(totals.keys()).sort((a, b) => totals[b] - totals[a] || a - b);
}
