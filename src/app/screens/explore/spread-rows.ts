import { enrichmentOf, type Enrichment } from './enrichment';
import { spreadOf, type Grouping } from './groupings';

/** A cluster or node in view, and how frequent the value is in it. */
export interface SpreadRow extends Enrichment {
  part: number;
}

export interface Spread {
  rows: SpreadRow[];
  /** Images with the value, images compared (those with any value), and the share. */
  having: number;
  all: number;
  share: number;
}

export type SpreadOrder = 'part' | 'share' | 'lift' | 'q';

/** One value over the parts in view; parts without an image to compare are left out, and take no part in the correction. */
export function spreadRows(grouping: Grouping, value: number, labels: ArrayLike<number>, k: number): Spread {
  const { found, sizes } = spreadOf(grouping, value, labels, k);
  const parts = [...sizes.keys()].filter((part) => sizes[part] > 0);
  const tested = enrichmentOf(
    parts.map((part) => found[part]),
    parts.map((part) => sizes[part]),
  );
  const having = parts.reduce((sum, part) => sum + found[part], 0);
  const all = parts.reduce((sum, part) => sum + sizes[part], 0);
  return {
    rows: tested.map((row, i) => ({ ...row, part: parts[i] })),
    having,
    all,
    share: all > 0 ? having / all : 0,
  };
}

/** The rows by number, by falling share or lift, or the surest first; ties by number. */
export function sortedRows(rows: readonly SpreadRow[], by: SpreadOrder): SpreadRow[] {
  const sign = by === 'share' || by === 'lift' ? -1 : 1;
  return [...rows].sort((a, b) => sign * (a[by] - b[by]) || a.part - b.part);
}
