import type { ClusterNote, Sweep } from '../domain/clustering';
import { database, keysUnder, write } from './open';

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

/** Names and notes of all clusterings of a project. */
export async function loadAllNotes(
  projectId: string,
): Promise<{ sweep: string; k: number; notes: Map<number, ClusterNote> }[]> {
  const store = (await database()).transaction('notes').store;
  const under = keysUnder(projectId);
  const [keys, all] = await Promise.all([store.getAllKeys(under), store.getAll(under)]);
  return keys.map(([, sweep, k], i) => ({ sweep, k, notes: all[i] }));
}
