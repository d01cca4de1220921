import type { Hierarchy, HierarchyNode } from '../domain/hierarchy';
import type { RowTable } from '../domain/project';
import type { Artifact } from './artifact';
import { csv, float32, type Cell, type CsvOptions } from './csv';

/**
 * tree.csv: path, node (the id of the image's leaf), distance (Euclidean, to the leaf's centre), a column for the id of its
 * node at each level, and the name of the leaf or of the nearest named node above it. In row order; the cells of a row
 * without a vector are empty.
 */
export function hierarchyCsv(rows: RowTable, tree: Hierarchy, options: CsvOptions = {}): Artifact {
  const levels = tree.nodes.reduce((deepest, { depth }) => Math.max(deepest, depth), 0);
  const header = ['path', 'node', 'distance', 'name'];
  for (let level = 1; level <= levels; level++) header.push(`level_${level}`);
  return { name: 'tree.csv', type: 'text/csv', chunks: csv(header, records(rows, tree, levels), options) };
}

function* records(rows: RowTable, tree: Hierarchy, levels: number): Generator<Cell[]> {
  const { nodes, n, distances } = tree;
  const leafOf = leaves(tree);
  const shown = new Map<number, Cell[]>();
  for (let row = 0; row < n; row++) {
    const leaf = leafOf[row];
    if (leaf === NOWHERE) {
      yield [rows.paths[row], '', '', '', ...new Array<Cell>(levels).fill('')];
      continue;
    }
    const ends = shown.get(leaf) ?? describe(nodes, leaf, levels);
    shown.set(leaf, ends);
    yield [rows.paths[row], nodes[leaf].id, float32(distances[row]), ...ends];
  }
}

/** Of rows without a vector. */
const NOWHERE = 0xffffffff;

/** The place of each row's leaf. */
function leaves({ nodes, order, n }: Hierarchy): Uint32Array {
  const leafOf = new Uint32Array(n).fill(NOWHERE);
  nodes.forEach(({ children, first, size }, place) => {
    if (children > 0) return;
    for (const row of order.subarray(first, first + size)) leafOf[row] = place;
  });
  return leafOf;
}

/** Name and the ids of all levels of a leaf; empty below it. */
function describe(nodes: readonly HierarchyNode[], leaf: number, levels: number): Cell[] {
  const ids = new Array<Cell>(levels).fill('');
  let name = '';
  for (let at = leaf; at >= 0; at = nodes[at].parent) {
    const { depth, id, name: own } = nodes[at];
    if (depth > 0) ids[depth - 1] = id;
    name ||= own ?? '';
  }
  return [name, ...ids];
}
