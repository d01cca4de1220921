import type { Hierarchy } from '../../../../domain/hierarchy';
import type { Box, Treemap } from './layout';
import { mosaicGrid, mosaicRows } from './mosaic';
import type { Tint } from './tint';

/** A picture of the mosaic, and where it goes. */
export interface Cell extends Box {
  row: number;
}

/** A tile as it is painted: its colour shows as a frame around the pictures, or fills it. */
export interface ScenePart extends Box {
  place: number;
  colour: string;
  cells: Cell[];
}

/** Side of a picture wished for, and the least; the frame around the pictures of a tile. */
const SIDE = 44;
const LEAST = 18;
const FRAME = 2;
/** Pictures of one view, at most: beyond that they are larger rather than more. */
const MOST = 600;

/** What a treemap shows, tile by tile, with as many pictures as there is room for. */
export function sceneOf(
  tree: Hierarchy,
  { groups }: Pick<Treemap, 'groups'>,
  tint: (place: number) => Tint,
  pictures: boolean,
): ScenePart[] {
  const tiles = groups.flatMap((group) => group.tiles);
  const all = tiles.reduce((sum, { width, height }) => sum + width * height, 0);
  const side = Math.max(SIDE, Math.sqrt(all / MOST));
  return tiles.map(({ place, ...box }) => ({
    ...box,
    place,
    colour: tint(place).colour,
    cells: pictures ? cellsOf(tree, place, box, side) : [],
  }));
}

function cellsOf(tree: Hierarchy, place: number, box: Box, side: number): Cell[] {
  const [width, height] = [box.width - 2 * FRAME, box.height - 2 * FRAME];
  const grid = mosaicGrid(width, height, tree.nodes[place].size, side, LEAST);
  if (!grid) return [];
  const { columns, lines } = grid;
  const edge = (i: number, count: number, length: number): number => Math.round((i * length) / count);
  return mosaicRows(tree, place, columns * lines).map((row, i) => {
    const [column, line] = [i % columns, Math.floor(i / columns)];
    const x = edge(column, columns, width);
    const y = edge(line, lines, height);
    return {
      row,
      x: box.x + FRAME + x,
      y: box.y + FRAME + y,
      width: edge(column + 1, columns, width) - x,
      height: edge(line + 1, lines, height) - y,
    };
  });
}
