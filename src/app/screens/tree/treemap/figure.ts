import type { Hierarchy } from '../../../../domain/hierarchy';
import type { Cell } from '../../../../exports/csv';
import { escapeXml } from '../../../widgets/figure/compose-svg';
import { inkOn } from '../../../widgets/ink';
import type { Group } from './layout';
import type { ScenePart } from './scene';
import type { Tint } from './tint';

export interface Drawing {
  groups: readonly Group[];
  parts: readonly ScenePart[];
  tint: (place: number) => Tint;
  nameOf: (place: number) => string;
  sizeOf: (place: number) => string;
  /** The address of a picture as data, cropped to this shape; null where there is none. */
  picture: (row: number, width: number, height: number) => string | null;
}

/** The treemap as the markup of an SVG, pictures and all. */
export function treemapMarkup({ groups, parts, tint, nameOf, sizeOf, picture }: Drawing): string {
  const body: string[] = [];
  for (const { x, y, width, height, colour, cells } of parts) {
    body.push(`<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${colour}"/>`);
    for (const cell of cells) {
      const href = picture(cell.row, cell.width, cell.height);
      if (href)
        body.push(
          `<image x="${cell.x}" y="${cell.y}" width="${cell.width}" height="${cell.height}" href="${href}"/>`,
        );
    }
  }
  for (const { place, x, y, width, head } of groups) {
    if (head === 0) continue;
    const { colour } = tint(place);
    const shown = clipped(`${nameOf(place)}  ${sizeOf(place)}`, width - 12);
    body.push(
      `<rect x="${x}" y="${y}" width="${width}" height="${head}" fill="${colour}"/>`,
      `<text x="${x + 6}" y="${y + head - 7}" font-size="12" font-weight="600" fill="${inkOn(colour)}">${escapeXml(shown)}</text>`,
    );
  }
  return body.join('');
}

/** The nodes drawn, with what their area and colour stand for. */
export function treemapTable(
  { nodes }: Pick<Hierarchy, 'nodes'>,
  groups: readonly Group[],
  tint: (place: number) => Tint,
  pathOf: (row: number) => string,
): { columns: string[]; rows: Cell[][] } {
  const rowOf = (place: number): Cell[] => {
    const { id, name = '', parent, depth, size, children, medoid } = nodes[place];
    const { cluster, share } = tint(place);
    const above = parent < 0 ? null : nodes[parent];
    return [
      id,
      name,
      above?.id ?? '',
      depth,
      size,
      above ? size / above.size : 1,
      children,
      cluster,
      share,
      pathOf(medoid),
    ];
  };
  return {
    columns: [
      'node',
      'name',
      'parent',
      'level',
      'images',
      'share_of_parent',
      'children',
      'cluster',
      'share',
      'medoid',
    ],
    rows: groups.flatMap((group) => [
      rowOf(group.place),
      ...group.tiles.filter(({ place }) => place !== group.place).map(({ place }) => rowOf(place)),
    ]),
  };
}

/** Text cut to about a width, at 6.5 pixels a letter. */
function clipped(text: string, width: number): string {
  const letters = Math.max(Math.floor(width / 6.5), 1);
  return text.length <= letters ? text : `${text.slice(0, letters - 1)}…`;
}
