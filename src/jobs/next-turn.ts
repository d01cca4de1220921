import { isFinished, type QueuedSet } from '../store/queue';

/** What is done next, and for whom. */
export interface Turn {
  projectId: string;
  step: 'embed' | 'cluster';
}

/** Whether it takes its turn when that comes. */
export function isReady({ entry }: QueuedSet): boolean {
  return !entry.paused && !entry.held && !entry.failure && !isFinished(entry);
}

/**
 * The next step of the queue: what is embedded is clustered first, unless it is `shown` (then that is done where it is looked
 * at); else the first set that is ready. `apart` are left alone.
 */
export function nextTurn(
  sets: readonly QueuedSet[],
  shown: string | null,
  apart: ReadonlySet<string>,
): Turn | null {
  const free = sets.filter(({ project }) => !apart.has(project.id));
  const embedded = free.find(
    ({ entry, project }) =>
      isFinished(entry) && !entry.clusteredAt && !entry.held && !entry.paused && project.id !== shown,
  );
  if (embedded) return { projectId: embedded.project.id, step: 'cluster' };
  const ready = free.find(isReady);
  return ready ? { projectId: ready.project.id, step: 'embed' } : null;
}
