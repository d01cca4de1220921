import type { Parts } from '../../../domain/hierarchy';

/** A value, how many of some images have it, and how many of all. */
export interface ValueShare {
  part: number;
  name: string;
  here: number;
  all: number;
}

/** The values that some of the images have, the most frequent first. */
export function valueShares({ names, of }: Parts, members: Uint32Array): ValueShare[] {
  const all = new Uint32Array(names.length);
  for (const part of of) all[part]++;
  const here = new Uint32Array(names.length);
  for (const row of members) if (row < of.length) here[of[row]]++;
  return names
    .map((name, part) => ({ part, name, here: here[part], all: all[part] }))
    .filter((value) => value.here > 0)
    .sort((a, b) => b.here - a.here || a.part - b.part);
}

/** Lowest, median and highest value of some rows, all when none are named; null when none of them has one. */
export function spanOf(
  values: Float64Array,
  rows: Uint32Array | null,
): { low: number; middle: number; high: number } | null {
  const chosen = rows ? Float64Array.from(rows, (row) => values[row] ?? NaN) : values;
  const sorted = chosen.filter(Number.isFinite).sort();
  if (sorted.length === 0) return null;
  const half = (sorted.length - 1) / 2;
  const middle = sorted[Math.floor(half)] / 2 + sorted[Math.ceil(half)] / 2;
  return { low: sorted[0], middle, high: sorted[sorted.length - 1] };
}
