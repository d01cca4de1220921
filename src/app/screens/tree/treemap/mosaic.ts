import type { Hierarchy } from '../../../../domain/hierarchy';
import { childrenOf, rowsOf } from '../../../state/tree-walk';

export interface Grid {
  columns: number;
  lines: number;
}

/**
 * How pictures fill a box: cells of about `side` pixels, fewer and larger ones where there are not so many pictures, so that
 * no cell stays empty. Null where not even one picture of `least` pixels fits.
 */
export function mosaicGrid(
  width: number,
  height: number,
  count: number,
  side: number,
  least: number,
): Grid | null {
  if (count < 1 || Math.min(width, height) < least) return null;
  for (let cell = Math.max(side, Math.sqrt((width * height) / count)); ; cell *= 1.04) {
    const columns = Math.max(1, Math.round(width / cell));
    const lines = Math.max(1, Math.round(height / cell));
    if (columns * lines <= count) return { columns, lines };
  }
}

/**
 * Up to `count` rows that show what is in a node: its medoid, the medoids of its children, of theirs, and so on; then of its
 * leaves in turn the rows nearest their centres.
 */
export function mosaicRows(tree: Hierarchy, place: number, count: number): number[] {
  const rows = new Set<number>();
  const leaves: number[] = [];
  let level = [place];
  while (level.length > 0 && rows.size < count) {
    for (const at of level) {
      rows.add(tree.nodes[at].medoid);
      if (rows.size >= count) break;
    }
    leaves.push(...level.filter((at) => tree.nodes[at].children === 0));
    level = level.flatMap((at) => childrenOf(tree, at));
  }
  if (rows.size < count) addInTurn(rows, nearestOf(tree, leaves, count), count);
  return [...rows];
}

/** Of each leaf the rows nearest its centre, as many as may be wanted of it; ties by row. */
function nearestOf(tree: Hierarchy, leaves: readonly number[], count: number): number[][] {
  return leaves.map((leaf) => nearestRows(rowsOf(tree, leaf), tree.distances, count));
}

/** The `count` rows with the smallest distances, nearest first: without sorting hundreds of thousands for a few hundred. */
export function nearestRows(rows: Uint32Array, distances: Float32Array, count: number): number[] {
  const best: number[] = [];
  const isBefore = (a: number, b: number): boolean =>
    distances[a] < distances[b] || (distances[a] === distances[b] && a < b);
  for (const row of rows) {
    if (best.length === count && !isBefore(row, best[count - 1])) continue;
    let low = 0;
    let high = best.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isBefore(best[middle], row)) low = middle + 1;
      else high = middle;
    }
    best.splice(low, 0, row);
    if (best.length > count) best.pop();
  }
  return best;
}

function addInTurn(rows: Set<number>, lists: readonly number[][], count: number): void {
  const longest = lists.reduce((most, { length }) => Math.max(most, length), 0);
  for (let turn = 0; turn < longest; turn++)
    for (const list of lists) {
      if (turn < list.length) rows.add(list[turn]);
      if (rows.size >= count) return;
    }
}
