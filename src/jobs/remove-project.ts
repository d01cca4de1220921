import { TesseraError } from '../domain/errors';
import { lockProject } from '../store/locks';
import * as store from '../store/projects';
import { dequeue, restoreEntry } from '../store/queue';
import { unlessFull } from './unless-full';

/** How long a removed project can be brought back, in milliseconds. */
export const UNDO_MS = 10_000;

interface Removal {
  timer: ReturnType<typeof setTimeout>;
  /** Without space it cannot be marked as removed: then it is only here that it is left out of the list. */
  isMarked: boolean;
}
const removals = new Map<string, Removal>();

/** Whether it is off the list though the store has it. */
export const isLeftOut = (projectId: string): boolean => removals.get(projectId)?.isMarked === false;

/**
 * Takes a project off the list and frees its space after `UNDO_MS`; `undo` within that time brings it back whole. Needs no space
 * itself: a full storage is emptied in this way. Errors: `project-busy` while a run, here or in another tab, is writing it: cancel
 * that first.
 */
export async function removeProject(projectId: string): Promise<{ undo(): Promise<void> }> {
  const release = await lockProject(projectId);
  const isMarked = await store
    .markDeleted(projectId)
    .then(() => true, unlessFull(false))
    .finally(release);
  // What is marked has no turn; to take a place away needs no space.
  const entry = isMarked ? null : await dequeue(projectId);
  const timer = setTimeout(() => void purge(projectId).catch(() => undefined), UNDO_MS);
  removals.set(projectId, { timer, isMarked });
  return {
    async undo() {
      if (!removals.delete(projectId)) throw new TesseraError('store', 'This project no longer exists.');
      clearTimeout(timer);
      if (isMarked) await store.restoreProject(projectId);
      // A place in the queue is no part of the project.
      if (entry) await restoreEntry(entry).catch(unlessFull(undefined));
    },
  };
}

/** Frees the space of what was removed here at once; it cannot be brought back any more. */
export async function purgeRemoved(): Promise<void> {
  await Promise.all([...removals.keys()].map(purge));
}

async function purge(projectId: string): Promise<void> {
  clearTimeout(removals.get(projectId)?.timer);
  await store.purgeProject(projectId);
  removals.delete(projectId);
}
