import type { Hierarchy } from '../domain/hierarchy';
import type { RowTable } from '../domain/project';
import type { Artifact } from './artifact';
import { csv, float32, type Cell, type CsvOptions } from './csv';

/**
 * per-folder.csv of parts that were clustered one by one: path, the value of the column they were made by, cluster (counted
 * from 0 by falling size within the part), distance (Euclidean, to the centre of the cluster). In row order; the
 * cells of a row without a vector are empty.
 */
export function perFolderCsv(rows: RowTable, tree: Hierarchy, options: CsvOptions = {}): Artifact {
  const column = tree.by === 'kmeans' ? 'node' : tree.by.column;
  const header = ['path', column, 'cluster', 'distance'];
  return { name: 'per-folder.csv', type: 'text/csv', chunks: csv(header, records(rows, tree), options) };
}

function* records(rows: RowTable, { nodes, order, distances, n }: Hierarchy): Generator<Cell[]> {
  const clusterOf = new Uint32Array(n);
  const partOf = new Uint32Array(n);
  const isIn = new Uint8Array(n);
  nodes.forEach(({ depth, first, size, parent }, place) => {
    if (depth !== 2) return;
    for (const row of order.subarray(first, first + size)) {
      clusterOf[row] = place - nodes[parent].firstChild;
      partOf[row] = parent;
      isIn[row] = 1;
    }
  });
  for (let row = 0; row < n; row++)
    yield isIn[row]
      ? [rows.paths[row], nodes[partOf[row]].name ?? '', clusterOf[row], float32(distances[row])]
      : [rows.paths[row], '', '', ''];
}
