import { noneOf } from '../../domain/clustering';
import type { Hierarchy, HierarchyNode } from '../../domain/hierarchy';

/** The place of a node in `nodes` by what a person types: `root-14-3`, `14-3`, in any case; -1 when there is none. */
export function placeOf({ nodes }: Pick<Hierarchy, 'nodes'>, typed: string): number {
  const id = typed.trim().toLowerCase().replaceAll(/\s+/g, '');
  if (id === '') return -1;
  const wanted = id === 'root' || id.startsWith('root-') ? id : `root-${id}`;
  return nodes.findIndex((node) => node.id === wanted);
}

/** The places from the root down to a node, itself included. */
export function pathTo({ nodes }: Pick<Hierarchy, 'nodes'>, place: number): number[] {
  const path: number[] = [];
  for (let at = place; at >= 0; at = nodes[at].parent) path.unshift(at);
  return path;
}

export function childrenOf({ nodes }: Pick<Hierarchy, 'nodes'>, place: number): number[] {
  const { firstChild, children } = nodes[place];
  return Array.from({ length: children }, (_, i) => firstChild + i);
}

/** The rows of a node, a view of the tree's order. */
export function rowsOf({ nodes, order }: Pick<Hierarchy, 'nodes' | 'order'>, place: number): Uint32Array {
  const { first, size } = nodes[place];
  return order.subarray(first, first + size);
}

/** Where an arrow key leads: up to the parent, down to the first child, left and right to the siblings; null for nowhere. */
export function movedPlace({ nodes }: Pick<Hierarchy, 'nodes'>, place: number, key: string): number | null {
  const { parent, firstChild, children } = nodes[place];
  if (key === 'ArrowUp') return parent < 0 ? null : parent;
  if (key === 'ArrowDown') return children > 0 ? firstChild : null;
  const step = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0;
  if (step === 0 || parent < 0) return null;
  const sibling = place + step;
  const { firstChild: start, children: count } = nodes[parent];
  return sibling >= start && sibling < start + count ? sibling : null;
}

/** The levels below the root that a tree has. */
export function depthOf({ nodes }: Pick<Hierarchy, 'nodes'>): number {
  return nodes.reduce((deepest, { depth }) => Math.max(deepest, depth), 0);
}

/**
 * Labels of all rows at one level: nodes of that depth, and leaves above it; numbered 0, 1, … in the order of `nodes`. Rows
 * that are in no node have none (`noneOf`).
 */
export function levelLabels(
  tree: Pick<Hierarchy, 'nodes' | 'order' | 'n'>,
  depth: number,
): { labels: Uint32Array; parts: HierarchyNode[] } {
  const parts = tree.nodes.filter(
    (node) => node.depth === depth || (node.depth < depth && node.children === 0),
  );
  const labels = new Uint32Array(tree.n);
  labels.fill(noneOf(labels));
  parts.forEach(({ first, size }, label) => {
    for (const row of tree.order.subarray(first, first + size)) labels[row] = label;
  });
  return { labels, parts };
}

/** Up to `count` rows that show what is in a node, the medoid first: of a leaf its nearest ones, else its children's medoids. */
export function typicalRows(tree: Hierarchy, place: number, count: number): number[] {
  const node = tree.nodes[place];
  const others =
    node.children > 0
      ? childrenOf(tree, place).map((child) => tree.nodes[child].medoid)
      : nearestFirst(tree, place);
  return [...new Set([node.medoid, ...others])].slice(0, count);
}

/** The rows of a leaf nearest to its centre first, ties by row; of other nodes as the tree has them, leaf by leaf. */
export function nearestFirst(tree: Hierarchy, place: number): Uint32Array {
  const rows = rowsOf(tree, place);
  if (tree.nodes[place].children > 0) return rows;
  const { distances } = tree;
  return rows.slice().sort((a, b) => distances[a] - distances[b] || a - b);
}
