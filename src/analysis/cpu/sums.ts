/** Columns that a part of the kernel `update` owns. */
const COLUMNS = 512;
/** Parts that are enough to keep every thread busy. */
const ENOUGH = 8;
/** Additions of a part, at most: some milliseconds. */
const PART_WORK = 2 ** 24;
/** Fewer rows are not worth a part. */
const LEAST_ROWS = 512;

export interface SumsLayout {
  groups: number;
  sumsBytes: number;
  countsBytes: number;
}

export function sumsLayout(k: number, d: number, groups: number): SumsLayout {
  return { groups, sumsBytes: 8 * groups * k * d, countsBytes: 4 * groups * k };
}

/** Groups of rows with sums of their own, so that few columns keep many threads busy. Depends on nothing but n and d. */
export function sumGroups(n: number, d: number): number {
  const wanted = Math.ceil(ENOUGH / Math.ceil(d / COLUMNS));
  return Math.max(1, Math.min(wanted, Math.floor(n / LEAST_ROWS)));
}

/** Fits `first` .. `last` - 1 add up rows `from` .. `to` - 1 in `groups` groups. */
export interface SumRange {
  first: number;
  last: number;
  from: number;
  to: number;
  groups: number;
}

/**
 * The `Part`s of the kernel `update` (see simd/assembly/update.ts) in rounds: parts of one round may run at the same time,
 * rounds follow one another.
 */
export function sumRounds(ranges: SumRange[], d: number): number[][] {
  const rounds: number[][] = [];
  for (const { first, last, from, to, groups } of ranges) {
    const perGroup = Math.ceil((to - from) / groups);
    const rows = Math.max(64, Math.floor(PART_WORK / (Math.min(d, COLUMNS) * (last - first))));
    for (let round = 0; round * rows < perGroup; round++) {
      const parts = (rounds[round] ??= []);
      for (let g = 0; g < groups; g++) {
        const begin = from + g * perGroup + round * rows;
        const end = Math.min(begin + rows, from + (g + 1) * perGroup, to);
        if (begin >= end) continue;
        for (let column = 0; column < d; column += COLUMNS)
          parts.push(first, last, begin, end, g, column, Math.min(COLUMNS, d - column));
      }
    }
  }
  return rounds;
}
export const SUM_PART_FIELDS = 7;
