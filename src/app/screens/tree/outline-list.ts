import type { Hierarchy } from '../../../domain/hierarchy';
import { childrenOf, pathTo } from '../../state/tree-walk';

type Tree = Pick<Hierarchy, 'nodes'>;

/** The nodes that an outline shows: each one, and below it, where it is open, its children. */
export function outlineOf(tree: Tree, open: ReadonlySet<number>): number[] {
  const shown: number[] = [];
  const waiting = tree.nodes.length > 0 ? [0] : [];
  while (waiting.length > 0) {
    const place = waiting.pop()!;
    shown.push(place);
    if (!open.has(place)) continue;
    const { firstChild, children } = tree.nodes[place];
    for (let i = children - 1; i >= 0; i--) waiting.push(firstChild + i);
  }
  return shown;
}

/** The nodes to open so that this one is shown, added to those that are. */
export function openTo(tree: Tree, place: number, open: ReadonlySet<number>): ReadonlySet<number> {
  const above = pathTo(tree, place).slice(0, -1);
  return above.every((at) => open.has(at)) ? open : new Set([...open, ...above]);
}

/** What a key does in an outline (the keys of the ARIA tree pattern). */
export type OutlineMove = { kind: 'focus'; place: number } | { kind: 'open' | 'close'; places: number[] };

export function outlineMove(
  tree: Tree,
  shown: readonly number[],
  open: ReadonlySet<number>,
  at: number,
  key: string,
  page: number,
): OutlineMove | null {
  const index = shown.indexOf(at);
  const { parent, children, firstChild } = tree.nodes[at];
  const focus = (place: number | undefined): OutlineMove | null =>
    place === undefined || place < 0 ? null : { kind: 'focus', place };
  switch (key) {
    case 'ArrowDown':
      return focus(shown[index + 1]);
    case 'ArrowUp':
      return focus(shown[index - 1]);
    case 'Home':
      return focus(shown[0]);
    case 'End':
      return focus(shown.at(-1));
    case 'PageDown':
      return focus(shown[Math.min(index + page, shown.length - 1)]);
    case 'PageUp':
      return focus(shown[Math.max(index - page, 0)]);
    case 'ArrowRight':
      if (children === 0) return null;
      return open.has(at) ? focus(firstChild) : { kind: 'open', places: [at] };
    case 'ArrowLeft':
      return open.has(at) && children > 0 ? { kind: 'close', places: [at] } : focus(parent);
    case '*':
      return { kind: 'open', places: parent < 0 ? [at] : childrenOf(tree, parent) };
    default:
      return null;
  }
}
