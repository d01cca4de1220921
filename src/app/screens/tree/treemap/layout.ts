import { hierarchy, treemap, treemapSquarify } from 'd3-hierarchy';
import type { Hierarchy } from '../../../../domain/hierarchy';

/** In CSS pixels. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Tile extends Box {
  /** Its node in `nodes`. */
  place: number;
}

/** A child of the open node: its head, and its own children as tiles; or itself as the one tile where it has none or no room. */
export interface Group extends Tile {
  /** Height of the line with its name; 0 where there is no room for one. */
  head: number;
  tiles: Tile[];
}

export interface Treemap {
  groups: Group[];
  /** Children too small to be drawn, and their images. */
  hidden: { nodes: number; images: number };
}

type Tree = Pick<Hierarchy, 'nodes'>;

const HEAD = 22;
const GAP = 3;
/** A child is divided from this size on. */
const ROOMY = { width: 72, height: 72 };
/** What is smaller is not drawn: nobody could see or hit it. */
const LEAST = 7;
const LEAST_TILE = 4;

/**
 * Two levels of a node as nested boxes whose area is their number of images (squarified: Bruls, Huizing and van Wijk, 2000).
 * Edges lie on whole pixels.
 */
export function treemapOf(tree: Tree, place: number, width: number, height: number): Treemap {
  if (width < 1 || height < 1) return { groups: [], hidden: { nodes: 0, images: 0 } };
  const boxes = divide(tree, place, { x: 0, y: 0, width, height }, GAP);
  const drawn = boxes.filter((box) => Math.min(box.width, box.height) >= LEAST);
  const images = (list: Tile[]): number => list.reduce((sum, box) => sum + tree.nodes[box.place].size, 0);
  return {
    groups: drawn.map((box) => groupOf(tree, box)),
    hidden: { nodes: boxes.length - drawn.length, images: images(boxes) - images(drawn) },
  };
}

function groupOf(tree: Tree, box: Tile): Group {
  const isRoomy = box.width >= ROOMY.width && box.height >= ROOMY.height;
  const head = isRoomy ? HEAD : 0;
  const inner = { x: box.x, y: box.y + head, width: box.width, height: box.height - head };
  if (!isRoomy || tree.nodes[box.place].children === 0)
    return { ...box, head, tiles: [{ ...inner, place: box.place }] };
  const tiles = divide(tree, box.place, inner, 1);
  return { ...box, head, tiles: tiles.filter((t) => Math.min(t.width, t.height) >= LEAST_TILE) };
}

/** The children of a node within a box, in the order of `nodes`. */
function divide({ nodes }: Tree, place: number, box: Box, gap: number): Tile[] {
  const { firstChild, children } = nodes[place];
  const items = Array.from({ length: children }, (_, i) => firstChild + i);
  const root = hierarchy<number>(place, (at) => (at === place ? items : null));
  root.sum((at) => (at === place ? 0 : nodes[at].size));
  treemap<number>().tile(treemapSquarify).round(true).size([box.width, box.height]).paddingInner(gap)(root);
  return (root.children ?? []).map((node) => {
    const { x0, y0, x1, y1 } = node as unknown as Record<'x0' | 'y0' | 'x1' | 'y1', number>;
    return { place: node.data, x: box.x + x0, y: box.y + y0, width: x1 - x0, height: y1 - y0 };
  });
}
