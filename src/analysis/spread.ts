import { NO_CLUSTER, type Clustering, type MeasuredClusters, type Sweep } from '../domain/clustering';
import { TesseraError } from '../domain/errors';
import type { Hierarchy, Parts } from '../domain/hierarchy';
import type { Projection } from '../domain/projection';
import type { ScoredLabelling } from '../domain/row-scores';
import type { Layout } from './projection';

/**
 * Rows without a vector take part in no analysis: it works on those that have one, packed, and what it finds is spread over
 * all rows again. Packed row i is row `present[i]`; null stands for all rows, and then nothing is changed.
 */
export interface Presence {
  present: Uint32Array | null;
  /** All rows. */
  total: number;
}

/** NaN for rows without a vector. */
export function spreadLayout(found: Layout, specKey: string, { present, total }: Presence): Projection {
  if (!present) return { ...found, specKey };
  const { dims } = found;
  const coords = new Float32Array(dims * total).fill(NaN);
  present.forEach((row, i) => coords.set(found.coords.subarray(dims * i, dims * (i + 1)), dims * row));
  return { ...found, specKey, n: total, coords };
}

/** A projection of some of the rows as the packed rows have it: NaN for rows that it does not know. */
export function packLayout(found: Projection, { present, total }: Presence): Layout {
  const { dims } = found;
  const n = present?.length ?? total;
  const coords = new Float32Array(dims * n).fill(NaN);
  for (let i = 0; i < n; i++) {
    const row = present ? present[i] : i;
    if (row < found.n) coords.set(found.coords.subarray(dims * row, dims * (row + 1)), dims * i);
  }
  return { ...found, n, coords };
}

/** `NO_CLUSTER` and NaN for rows without a vector. */
export function spreadSweep(found: Sweep, presence: Presence): Sweep {
  const { present, total } = presence;
  if (!present) return found;
  const clusterings = found.clusterings.map((one) => spreadClustering(one, present, total));
  return { ...found, n: total, without: total - present.length, clusterings };
}

function spreadClustering(found: Clustering, present: Uint32Array, total: number): Clustering {
  const labels = new Uint16Array(total).fill(NO_CLUSTER);
  // A caller that has no use for distances leaves them out.
  const distances = new Float32Array(found.distances.length > 0 ? total : 0).fill(NaN);
  present.forEach((row, i) => {
    labels[row] = found.labels[i];
    if (distances.length > 0) distances[row] = found.distances[i];
  });
  return { ...found, labels, distances };
}

/** A spread sweep as the packed rows have it. */
export function packSweep(sweep: Sweep, { present }: Presence): Sweep {
  if (!present) return sweep;
  const clusterings = sweep.clusterings.map((one) => ({
    ...one,
    labels: Uint16Array.from(present, (row) => one.labels[row]),
    distances: new Float32Array(0),
  }));
  return { ...sweep, n: present.length, clusterings };
}

/** The labels of the packed rows. Errors: `internal` when other rows are loaded than were labelled. */
export function packLabelling(
  of: ScoredLabelling,
  { present, total, specKey }: Presence & { specKey: string },
): ScoredLabelling {
  if (of.labels.length !== total || of.specKey !== specKey)
    throw new TesseraError(
      'internal',
      `${of.labels.length} images are labelled, ${total} are loaded: cluster again.`,
    );
  return present ? { ...of, labels: Uint16Array.from(present, (row) => of.labels[row]) } : of;
}

/** Values of the packed rows at the places of all rows; `none` for rows without a vector. */
export function spreadValues<T extends Float32Array | Uint16Array>(
  values: T,
  none: number,
  { present, total }: Presence,
): T {
  if (!present) return values;
  const out = (values instanceof Uint16Array ? new Uint16Array(total) : new Float32Array(total)).fill(none);
  present.forEach((row, i) => (out[row] = values[i]));
  return out as T;
}

/** Labels of the packed rows, and what was measured for them over all rows again. */
export function packLabels(labels: Uint16Array, { present }: Presence): Uint16Array {
  if (!present) return labels;
  const known = present.filter((row) => row < labels.length);
  return Uint16Array.from(known, (row) => labels[row]);
}

export function spreadMeasured(found: MeasuredClusters, { present }: Presence, n: number): MeasuredClusters {
  if (!present) return found;
  const distances = new Float32Array(n).fill(NaN);
  found.distances.forEach((distance, i) => (distances[present[i]] = distance));
  return { ...found, distances };
}

/** The parts of the packed rows. Those of another number of rows are left as they are, to be refused. */
export function packParts(parts: Parts, { present, total }: Presence): Parts {
  if (!present || parts.of.length !== total) return parts;
  return { ...parts, of: Uint32Array.from(present, (row) => parts.of[row]) };
}

/** Rows without a vector are in no node. */
export function spreadHierarchy(found: Hierarchy, { present, total }: Presence): Hierarchy {
  if (!present) return found;
  const distances = new Float32Array(total).fill(NaN);
  present.forEach((row, i) => (distances[row] = found.distances[i]));
  return {
    ...found,
    n: total,
    order: found.order.map((i) => present[i]),
    distances,
    nodes: found.nodes.map((node) => ({ ...node, medoid: present[node.medoid] })),
  };
}

/** Packed rows as rows of the project. */
export function spreadRanking<T extends { rows: Uint32Array; within: Uint32Array | null }>(
  found: T,
  { present }: Presence,
): T {
  if (!present) return found;
  const spread = (rows: Uint32Array): Uint32Array => rows.map((i) => present[i]);
  return { ...found, rows: spread(found.rows), within: found.within && spread(found.within) };
}

/** The place of a row among the packed ones; -1 for a row without a vector. */
export function packedRow(row: number, { present, total }: Presence): number {
  if (!present) return row < total ? row : -1;
  let low = 0;
  let high = present.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (present[middle] < row) low = middle + 1;
    else high = middle;
  }
  return present[low] === row ? low : -1;
}
