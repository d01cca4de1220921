import type { Rows } from '../analysis/rows';
import { countVectors, readVectors } from '../store/vectors';

/** All committed vectors of a descriptor as one n x d matrix, filled chunk by chunk so that no second copy is held. */
export async function loadRows(projectId: string, specKey: string): Promise<Rows> {
  const n = await countVectors(projectId, specKey);
  let rows: Rows = { n: 0, d: 0, data: new Float32Array(0) };
  for await (const { row0, n: count, d, data } of readVectors(projectId, specKey)) {
    if (row0 >= n) break;
    if (rows.n === 0) rows = { n, d, data: new Float32Array(n * d) };
    // Rows committed since the count was taken stay out.
    rows.data.set(data.subarray(0, Math.min(count, n - row0) * d), row0 * d);
  }
  return rows;
}
