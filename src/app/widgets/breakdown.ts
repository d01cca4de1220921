/** How many of the rows lie in each cluster, the fullest first, ties by number; rows in no cluster are left out. */
export function countByCluster(
  rows: Uint32Array,
  labels: Uint16Array,
  k: number,
): { cluster: number; count: number }[] {
  const counts = new Uint32Array(k);
  for (const row of rows) if (row < labels.length && labels[row] < k) counts[labels[row]]++;
  return Array.from(counts, (count, cluster) => ({ cluster, count }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || a.cluster - b.cluster);
}
