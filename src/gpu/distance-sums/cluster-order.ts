/** The rows of a block sorted by cluster, labelling after labelling. */
export interface ClusterOrder {
  /** labellings x rows: places in the block. */
  order: Uint32Array<ArrayBuffer>;
  /** Where each cluster of each labelling begins in `order`, and at last its length. */
  starts: Uint32Array<ArrayBuffer>;
}

/** Sorts rows `from .. to - 1` by cluster for each labelling (counting sort, so that rows stay in order). */
export function clusterOrder(
  labellings: { k: number; labels: Uint16Array }[],
  from: number,
  to: number,
): ClusterOrder {
  const rows = to - from;
  const order = new Uint32Array(labellings.length * rows);
  const starts = new Uint32Array(labellings.reduce((sum, { k }) => sum + k, 0) + 1);
  let slot = 0;
  labellings.forEach(({ k, labels }, l) => {
    const next = new Uint32Array(k + 1);
    for (let i = from; i < to; i++) next[labels[i] + 1]++;
    next[0] = l * rows;
    for (let c = 0; c < k; c++) {
      starts[slot++] = next[c];
      next[c + 1] += next[c];
    }
    for (let i = from; i < to; i++) order[next[labels[i]]++] = i - from;
  });
  starts[slot] = order.length;
  return { order, starts };
}
