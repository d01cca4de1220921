import type { Margins, RowSilhouettes } from '../../../domain/row-scores';

/** Silhouettes of the members of a cluster. */
export interface SilhouetteFacts {
  mean: number;
  /** Members with a silhouette, and how many of these are nearer to another cluster. */
  of: number;
  negative: number;
  /** Highest first. */
  sorted: Float32Array;
}

/** null where no member has a silhouette. */
export function silhouetteFacts(
  { values }: Pick<RowSilhouettes, 'values'>,
  members: Uint32Array,
): SilhouetteFacts | null {
  const own = Float32Array.from(members, (row) => values[row] ?? NaN).filter((value) => !Number.isNaN(value));
  if (own.length === 0) return null;
  const mean = own.reduce((sum, value) => sum + value, 0) / own.length;
  const sorted = own.sort().reverse();
  return { mean, of: own.length, negative: own.reduce((n, value) => n + Number(value < 0), 0), sorted };
}

/** At most `count` of many values in their order, evenly drawn, the first and the last among them. */
export function evenly(values: Float32Array, count: number): Float32Array {
  if (values.length <= count) return values;
  return Float32Array.from(
    { length: count },
    (_, i) => values[Math.round((i * (values.length - 1)) / (count - 1))],
  );
}

/** Members by how little is missing to another cluster: the smallest gap first, ties by row; those without a gap last. */
export function borderFirst(members: Uint32Array, { gaps }: Pick<Margins, 'gaps'>): Uint32Array {
  const gapOf = (row: number): number => (Number.isNaN(gaps[row] ?? NaN) ? Infinity : gaps[row]);
  return members.slice().sort((a, b) => {
    const [first, second] = [gapOf(a), gapOf(b)];
    return first === second ? a - b : first - second;
  });
}

/**
 * The members nearest to another cluster, the nearest first. Where a member is by far nearer to its own cluster by the silhouette it
 * is not borderline, whatever the gap.
 */
export function borderlineRows(
  members: Uint32Array,
  margins: Margins,
  silhouettes: Pick<RowSilhouettes, 'values'> | null,
  count: number,
): Uint32Array {
  const ordered = borderFirst(members, margins).filter((row) => !Number.isNaN(margins.gaps[row] ?? NaN));
  const clear = silhouettes ? ordered.filter((row) => !(silhouettes.values[row] > CLEARLY_OWN)) : ordered;
  return (clear.length > 0 ? clear : ordered).subarray(0, count);
}

/** Rousseeuw's table: above it, reasonably structured. */
const CLEARLY_OWN = 0.5;
