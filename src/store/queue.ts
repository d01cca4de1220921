import { TesseraError } from '../domain/errors';
import type { ProjectSummary } from '../domain/project';
import { specKey } from '../domain/spec';
import { countsOf } from './counts';
import { database, write } from './open';
import type { QueueEntry } from './schema';

export type { QueueEntry } from './schema';

/** A place in the queue, and the project that has it. */
export interface QueuedSet extends ProjectSummary {
  entry: QueueEntry;
}

/** The queue in its order, without projects that are removed. */
export async function readQueue(): Promise<QueuedSet[]> {
  const tx = (await database()).transaction(['queue', 'projects', 'tallies']);
  const entries = await tx.objectStore('queue').getAll();
  const sets = await Promise.all(
    entries.map(async (entry): Promise<QueuedSet | null> => {
      const [project, tally] = await Promise.all([
        tx.objectStore('projects').get(entry.projectId),
        tx.objectStore('tallies').get(entry.projectId),
      ]);
      if (!project || !tally || tally.deletedAt !== undefined) return null;
      const counts = countsOf(tally, specKey(project.spec));
      return { entry, project, counts, storedBytes: tally.storedBytes };
    }),
  );
  return sets.filter((set) => set !== null).sort((a, b) => a.entry.position - b.entry.position);
}

/** Whether everything of it that can be done is done. */
export const isFinished = ({ embeddedAt, failure }: QueueEntry): boolean =>
  embeddedAt !== undefined && failure === undefined;

/**
 * Puts a project at the end, or lets one that is there go on from its place. A new one is held when all others are. Those that
 * were finished and clustered are let go of when nothing else is left: a new heap begins. Errors: `quota`, `store` when the project does not exist.
 */
export async function enqueue(projectId: string): Promise<void> {
  await write(['queue', 'projects'], async (tx) => {
    if (!(await tx.objectStore('projects').get(projectId)))
      throw new TesseraError('store', 'This project no longer exists.');
    const entries = inOrder(await tx.objectStore('queue').getAll());
    const old = entries.find((entry) => entry.projectId === projectId);
    const unfinished = entries.filter((entry) => !isFinished(entry));
    if (unfinished.length === 0)
      for (const entry of entries)
        if (entry !== old && entry.clusteredAt !== undefined)
          await tx.objectStore('queue').delete([entry.projectId]);
    const isHeld = !old && unfinished.length > 0 && unfinished.every(({ held }) => held);
    const position = old?.position ?? (entries.at(-1)?.position ?? -1) + 1;
    const entry: QueueEntry = { projectId, position, paused: false };
    await tx.objectStore('queue').put(isHeld ? { ...entry, held: true } : entry, [projectId]);
  });
}

/** Takes a project out of the queue and leaves it as it is; the answer brings it back with `restoreEntry`. */
export function dequeue(projectId: string): Promise<QueueEntry | null> {
  return write(['queue'], async (tx) => {
    const store = tx.objectStore('queue');
    const entry = await store.get([projectId]);
    if (entry) await store.delete([projectId]);
    return entry ?? null;
  });
}

/** Puts an entry back where it was, unless the project has found another place since. */
export async function restoreEntry(entry: QueueEntry): Promise<void> {
  await write(['queue', 'projects'], async (tx) => {
    const store = tx.objectStore('queue');
    const exists = await tx.objectStore('projects').get(entry.projectId);
    if (exists && !(await store.get([entry.projectId]))) await store.put(entry, [entry.projectId]);
  });
}

/** Changes what is known of an entry; nothing happens when it is not there. A field given as undefined is taken away. */
export async function changeEntry(
  projectId: string,
  patch: Partial<Omit<QueueEntry, 'projectId' | 'position'>>,
): Promise<void> {
  await write(['queue'], async (tx) => {
    const store = tx.objectStore('queue');
    const entry = await store.get([projectId]);
    if (entry) await store.put({ ...entry, ...patch }, [projectId]);
  });
}

/** Puts a project before another one, or (null) at the end. */
export async function moveEntry(projectId: string, before: string | null): Promise<void> {
  if (projectId === before) return;
  await write(['queue'], async (tx) => {
    const entries = inOrder(await tx.objectStore('queue').getAll());
    const moved = entries.find((entry) => entry.projectId === projectId);
    if (!moved) return;
    const others = entries.filter((entry) => entry !== moved);
    const at = others.findIndex((entry) => entry.projectId === before);
    others.splice(at < 0 ? others.length : at, 0, moved);
    for (const [position, entry] of others.entries())
      if (entry.position !== position)
        await tx.objectStore('queue').put({ ...entry, position }, [entry.projectId]);
  });
}

/** Holds all that is not finished, or lets it go on; what lacked space may try again then. */
export async function holdAll(held: boolean): Promise<void> {
  await write(['queue'], async (tx) => {
    for (const entry of inOrder(await tx.objectStore('queue').getAll())) {
      if (isFinished(entry)) continue;
      const failure = !held && entry.failure?.code === 'quota' ? undefined : entry.failure;
      await tx.objectStore('queue').put({ ...entry, held, failure }, [entry.projectId]);
    }
  });
}

/** Takes the finished ones off the list. */
export async function clearFinished(): Promise<void> {
  await write(['queue'], async (tx) => {
    for (const entry of inOrder(await tx.objectStore('queue').getAll()))
      if (isFinished(entry)) await tx.objectStore('queue').delete([entry.projectId]);
  });
}

const inOrder = (entries: QueueEntry[]): QueueEntry[] => entries.sort((a, b) => a.position - b.position);
