import type { Hierarchy } from '../../../../domain/hierarchy';
import { pathTo } from '../../../state/tree-walk';
import type { Box, Group } from './layout';

interface View {
  place: number;
  groups: readonly Group[];
}

const MS = 160;

/**
 * The box that becomes the whole view, or that the whole view shrinks to; null where neither of two views is within the other.
 */
export function zoomBox(
  tree: Pick<Hierarchy, 'nodes'>,
  from: View,
  to: View,
): { way: 'in' | 'out'; box: Box } | null {
  const inside = within(tree, to.place, from);
  if (inside) return { way: 'in', box: inside };
  const outside = within(tree, from.place, to);
  return outside && { way: 'out', box: outside };
}

/** Where a node lies in a view that shows it or one above it. */
function within(tree: Pick<Hierarchy, 'nodes'>, place: number, { groups }: View): Box | null {
  const path = pathTo(tree, place);
  const group = groups.find((one) => path.includes(one.place));
  return group ? (group.tiles.find((tile) => path.includes(tile.place)) ?? group) : null;
}

/** Lets the stage grow out of a tile or shrink back from it, unless the person asked for less motion. */
export function zoom(
  stage: HTMLElement,
  tree: Pick<Hierarchy, 'nodes'>,
  from: View,
  to: View,
  size: { width: number; height: number },
): void {
  const found = zoomBox(tree, from, to);
  if (!found || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  const { x, y, width, height } = found.box;
  const scale = [width / size.width, height / size.height];
  const transform =
    found.way === 'in'
      ? `translate(${x}px, ${y}px) scale(${scale[0]}, ${scale[1]})`
      : `scale(${1 / scale[0]}, ${1 / scale[1]}) translate(${-x}px, ${-y}px)`;
  stage.animate(
    [
      { transform, opacity: 0.4 },
      { transform: 'none', opacity: 1 },
    ],
    {
      duration: MS,
      easing: 'ease-out',
    },
  );
}
