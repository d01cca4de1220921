import type { Value, Values } from './values';

/** What is counted: the cluster of each row (those not below `k` are in none), and the rows that take part (null: all). */
export interface Clustered {
  labels: ArrayLike<number>;
  k: number;
  within: Uint8Array | null;
}

export type Order = 'count' | 'name';

/** Some of the groups of a column in an order, the rest as one group where there is a rest. */
export interface Axis {
  values: readonly Value[];
  /** Images of each. */
  totals: readonly number[];
  /** Where each group of the column is on the axis. */
  place: Uint32Array;
}

/** Images of each group, among those in a cluster and within. */
export function groupTotals({ values, of }: Values, { labels, k, within }: Clustered): Uint32Array {
  const totals = new Uint32Array(values.length);
  const n = Math.min(of.length, labels.length);
  for (let row = 0; row < n; row++) if (labels[row] < k && (!within || within[row])) totals[of[row]]++;
  return totals;
}

/**
 * The `most` largest groups in the order asked, by falling count or as the column has them; what is left is one group
 * `others` behind them, no value the last. Groups without an image are left out: their place is that of nobody.
 */
export function topGroups(
  { values }: Pick<Values, 'values'>,
  totals: Uint32Array,
  most: number,
  order: Order,
): Axis {
  const filled = [...values.keys()].filter((group) => totals[group] > 0);
  const named = filled.filter((group) => values[group].kind !== 'none');
  const byCount = [...named].sort((a, b) => totals[b] - totals[a] || a - b);
  const shown = byCount.slice(0, most);
  const rest = byCount.slice(most);
  if (order === 'name') shown.sort((a, b) => a - b);
  const place = new Uint32Array(values.length).fill(NOBODY);
  shown.forEach((group, i) => (place[group] = i));
  const axis = { values: shown.map((group) => values[group]), totals: shown.map((group) => totals[group]) };
  const append = (value: Value, groups: readonly number[]): void => {
    for (const group of groups) place[group] = axis.values.length;
    axis.values.push(value);
    axis.totals.push(groups.reduce((sum, group) => sum + totals[group], 0));
  };
  if (rest.length > 0) append({ kind: 'others', values: rest.length }, rest);
  const none = filled.find((group) => values[group].kind === 'none');
  if (none !== undefined) append(values[none], [none]);
  return { ...axis, place };
}

const NOBODY = 0xffffffff;

/** Images of cluster c at place p of the axis: `counts[c * places + p]`. */
export function crossCounts(
  { of }: Values,
  { values, place }: Axis,
  { labels, k, within }: Clustered,
): Uint32Array {
  const places = values.length;
  const counts = new Uint32Array(k * places);
  const n = Math.min(of.length, labels.length);
  for (let row = 0; row < n; row++) {
    const label = labels[row];
    if (label < k && (!within || within[row])) counts[label * places + place[of[row]]]++;
  }
  return counts;
}

/** Those of the rows that are at a place of the axis and take part. */
export function rowsAt(
  rows: Uint32Array,
  at: number,
  { of }: Values,
  { place }: Axis,
  within: Uint8Array | null,
): Uint32Array {
  return rows.filter((row) => row < of.length && place[of[row]] === at && (!within || within[row] === 1));
}

/** The numbers of the clusters that have an image, by number or by falling count. */
export function clusterOrder(
  counts: Uint32Array,
  k: number,
  order: Order,
): { clusters: number[]; totals: number[] } {
  const places = k === 0 ? 0 : counts.length / k;
  const totals = Array.from({ length: k }, (_, c) =>
    counts.subarray(c * places, (c + 1) * places).reduce((sum, x) => sum + x, 0),
  );
  const clusters = [...totals.keys()].filter((c) => totals[c] > 0);
  if (order === 'count') clusters.sort((a, b) => totals[b] - totals[a] || a - b);
  return { clusters, totals };
}
