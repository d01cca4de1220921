import type { Sweep } from '../domain/clustering';
import { database, write } from './open';

/** Keeps the last sweep of a project and descriptor; replaces the one before. */
export async function saveSweep(projectId: string, sweep: Sweep): Promise<void> {
  await write(['sweeps'], (tx) => tx.objectStore('sweeps').put(sweep, [projectId, sweep.specKey]));
}

/** The last sweep, or null. It may cover fewer rows than there are now: compare its `n`. */
export async function loadSweep(projectId: string, specKey: string): Promise<Sweep | null> {
  return (await (await database()).get('sweeps', [projectId, specKey])) ?? null;
}
