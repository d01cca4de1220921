/** The most workgroups every device allows along one dimension. */
export const MOST_WORKGROUPS = 65_535;

/**
 * Splits n rows into ranges that one dispatch each works on: at most `work` multiply-adds at `workPerRow`, at most `most`
 * workgroups of `rowsPerGroup` rows.
 */
export function rowRanges(
  n: number,
  rowsPerGroup: number,
  workPerRow: number,
  work: number,
  most = MOST_WORKGROUPS,
): { from: number; count: number }[] {
  const groups = Math.max(1, Math.min(most, Math.floor(work / (workPerRow * rowsPerGroup))));
  const size = groups * rowsPerGroup;
  const ranges = [];
  for (let from = 0; from < n; from += size) ranges.push({ from, count: Math.min(size, n - from) });
  return ranges;
}
