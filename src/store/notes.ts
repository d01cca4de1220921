import type { ClusterNote, Sweep } from '../domain/clustering';
import { database, write } from './open';

/**
 * Two sweeps with the same identity have the same clusters, so names given to them stay valid. Those of a model stay the
 * same as images are added.
 */
export function sweepIdentity(sweep: Sweep): string {
  if (sweep.model) return modelIdentity(sweep.specKey, sweep.model);
  const { specKey, n, without = 0, seed, nInit, maxIterations, tolerance, scaling, pca, engine } = sweep;
  return [specKey, n - without, seed, nInit, maxIterations, tolerance, scaling, pca ?? 'all', engine].join(
    '|',
  );
}

/** The identity of every sweep that a model labels. */
export function modelIdentity(specKey: string, { name, savedAt }: { name: string; savedAt: string }): string {
  return ['model', specKey, savedAt, name].join('|');
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
