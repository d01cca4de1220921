import type { ClusterNote, Sweep } from '../domain/clustering';
import { database, write } from './open';

/** Two sweeps with the same identity have the same clusters, so names given to them stay valid. */
export function sweepIdentity(sweep: Sweep): string {
  const { specKey, n, seed, nInit, maxIterations, tolerance, scaling, pca, engine } = sweep;
  return [specKey, n, seed, nInit, maxIterations, tolerance, scaling, pca ?? 'all', engine].join('|');
}

/** Keeps the names and notes of the clusters of one k, by cluster index. */
export async function saveNotes(
  projectId: string,
  sweep: Sweep,
  k: number,
  notes: ReadonlyMap<number, ClusterNote>,
): Promise<void> {
  await write(['notes'], (tx) =>
    tx.objectStore('notes').put(new Map(notes), [projectId, sweepIdentity(sweep), k]),
  );
}

/** The names and notes of the clusters of one k; empty when there are none. */
export async function loadNotes(
  projectId: string,
  sweep: Sweep,
  k: number,
): Promise<Map<number, ClusterNote>> {
  return (await (await database()).get('notes', [projectId, sweepIdentity(sweep), k])) ?? new Map();
}
