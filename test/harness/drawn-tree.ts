import type { Hierarchy, HierarchyNode } from '../../src/domain/hierarchy';

/** A made-up tree of two levels over n rows: the sizes of the root's children, and of theirs. Distances grow within a leaf. */
export function drawnTree(n: number, sizes: number[], below: number[][]): Hierarchy {
  const order = Uint32Array.from({ length: n }, (_, i) => (i * 5) % n);
  if (new Set(order).size < n) order.forEach((_, i) => (order[i] = i));
  const distances = new Float32Array(n);
  order.forEach((row, i) => (distances[row] = ((i * 7) % 11) / 10));
  const nodes: HierarchyNode[] = [];
  const add = (id: string, parent: number, first: number, size: number): void => {
    const depth = id.split('-').length - 1;
    const medoid = order[first + (size >> 1)];
    nodes.push({ id, parent, depth, firstChild: 0, children: 0, first, size, medoid, inertia: size });
  };
  add('root', -1, 0, n);
  const split = (place: number, parts: number[]): void => {
    const { id, first } = nodes[place];
    nodes[place].firstChild = nodes.length;
    nodes[place].children = parts.length;
    let from = first;
    parts.forEach((size, i) => {
      add(`${id}-${i}`, place, from, size);
      from += size;
    });
  };
  split(0, sizes);
  below.forEach((parts, i) => parts.length && split(1 + i, parts));
  return {
    specKey: 'drawn',
    n,
    d: 1,
    by: 'kmeans',
    branching: sizes.length,
    depth: 2,
    minimumSize: 2,
    seed: 1,
    nInit: 1,
    scaling: 'none',
    pca: null,
    engine: 'cpu',
    adapter: '',
    seconds: 0.4,
    nodes,
    order,
    distances,
    centroids: new Float32Array(nodes.length),
  };
}
