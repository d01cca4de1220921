import type { Hierarchy } from '../../../domain/hierarchy';

/** How many images of each node are selected: one pass over the selection, whatever is asked then. */
export function selectedCounts(
  { nodes, order }: Pick<Hierarchy, 'nodes' | 'order'>,
  mask: Uint8Array,
): (place: number) => number {
  const before = new Uint32Array(order.length + 1);
  order.forEach((row, i) => (before[i + 1] = before[i] + (mask[row] ?? 0)));
  return (place) => {
    const { first, size } = nodes[place];
    return before[first + size] - before[first];
  };
}
