import type { CrossTable, Margin } from '../../state/cross-table';

/** A bar at one side: the images of one label, or of all labels that are too many to be drawn. */
export interface FlowNode {
  labels: readonly number[];
  total: number;
  y0: number;
  y1: number;
}

/** The images that a row and a column share, from `y0`..`y1` at the left to `y2`..`y3` at the right. */
export interface FlowBand {
  /** Places in the lists of nodes. */
  row: number;
  column: number;
  count: number;
  y0: number;
  y1: number;
  y2: number;
  y3: number;
}

export interface FlowLayout {
  rows: FlowNode[];
  columns: FlowNode[];
  bands: FlowBand[];
}

const MOST_GAP = 6;
/** Of the height, for all gaps together. */
const GAPS = 0.25;

/**
 * Two labellings as flows from left to right, as high as they have images (an alluvial diagram: Rosvall and Bergstrom, 2010). Each
 * side has at most `most` bars in the order of the table; what is beyond the largest is one bar at the end.
 */
export function flowLayout(table: CrossTable, height: number, most = 24): FlowLayout {
  const left = grouped(table.rows, most);
  const right = grouped(table.columns, most);
  const counts = countsOf(table, left, right);
  const bars = Math.max(left.length, right.length, 1);
  const gap = bars > 1 ? Math.min(MOST_GAP, (GAPS * height) / (bars - 1)) : 0;
  const scale = (height - gap * (bars - 1)) / Math.max(table.total, 1);
  const rows = placed(left, table.rows, height, gap, scale);
  const columns = placed(right, table.columns, height, gap, scale);
  const at = { left: rows.map(({ y0 }) => y0), right: columns.map(({ y0 }) => y0) };
  const bands: FlowBand[] = [];
  for (let row = 0; row < rows.length; row++)
    for (let column = 0; column < columns.length; column++) {
      const count = counts[row * columns.length + column];
      if (count === 0) continue;
      const [y0, y2] = [at.left[row], at.right[column]];
      const [y1, y3] = [y0 + count * scale, y2 + count * scale];
      at.left[row] = y1;
      at.right[column] = y3;
      bands.push({ row, column, count, y0, y1, y2, y3 });
    }
  return { rows, columns, bands };
}

/** Places in the table, each alone but the last ones: the smallest beyond `most` go together. */
function grouped(margins: readonly Margin[], most: number): number[][] {
  const places = margins.map((_, place) => place);
  if (places.length <= most) return places.map((place) => [place]);
  const falling = places.toSorted((a, b) => margins[b].total - margins[a].total || a - b);
  const rest = new Set(falling.slice(most - 1));
  return [
    ...places.filter((place) => !rest.has(place)).map((place) => [place]),
    [...rest].sort((a, b) => a - b),
  ];
}

function countsOf(table: CrossTable, left: number[][], right: number[][]): Float64Array {
  const counts = new Float64Array(left.length * right.length);
  left.forEach((rows, l) =>
    right.forEach((columns, r) => {
      for (const row of rows)
        for (const column of columns) counts[l * right.length + r] += table.count(row, column);
    }),
  );
  return counts;
}

function placed(
  groups: number[][],
  margins: readonly Margin[],
  height: number,
  gap: number,
  scale: number,
): FlowNode[] {
  const totals = groups.map((places) => places.reduce((sum, place) => sum + margins[place].total, 0));
  const used = totals.reduce((sum, total) => sum + total * scale, 0) + gap * Math.max(groups.length - 1, 0);
  let y = Math.max((height - used) / 2, 0);
  return groups.map((places, i) => {
    const node = {
      labels: places.map((place) => margins[place].label),
      total: totals[i],
      y0: y,
      y1: y + totals[i] * scale,
    };
    y = node.y1 + gap;
    return node;
  });
}
