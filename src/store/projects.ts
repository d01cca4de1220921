import { TesseraError } from '../domain/errors';
import type { Project, ProjectSummary } from '../domain/project';
import { specKey } from '../domain/spec';
import { MOST_TIMINGS, type Timing } from '../domain/timing';
import { countsOf } from './counts';
import { isProjectLocked } from './locks';
import { database, keysUnder, write } from './open';
import { ALL_STORES, EMPTY_TALLY, PROJECT_STORES, type Tally } from './schema';

export type NewProject = Omit<Project, 'id' | 'createdAt' | 'updatedAt'>;
export type ProjectPatch = Partial<NewProject>;

/** Creates an empty project. Errors: `quota`, `store`. */
export async function createProject(fields: NewProject): Promise<Project> {
  const now = Date.now();
  const project: Project = { ...fields, id: crypto.randomUUID(), createdAt: now, updatedAt: now };
  await write(['projects', 'tallies'], async (tx) => {
    await tx.objectStore('projects').put(project, project.id);
    await tx.objectStore('tallies').put(structuredClone(EMPTY_TALLY), project.id);
  });
  return project;
}

/** The project, or null when it does not exist or is removed. */
export async function getProject(projectId: string): Promise<Project | null> {
  const tx = (await database()).transaction(['projects', 'tallies']);
  const [project, tally] = await Promise.all([
    tx.objectStore('projects').get(projectId),
    tx.objectStore('tallies').get(projectId),
  ]);
  return project && tally?.deletedAt === undefined ? project : null;
}

/** Changes fields of a project; an empty patch only marks it as used now. Throws `store` when it does not exist. */
export async function updateProject(projectId: string, patch: ProjectPatch): Promise<Project> {
  return write(['projects'], async (tx) => {
    const store = tx.objectStore('projects');
    const project = await store.get(projectId);
    if (!project) throw new TesseraError('store', 'This project no longer exists.');
    const changed: Project = { ...project, ...patch, updatedAt: Date.now() };
    await store.put(changed, projectId);
    return changed;
  });
}

/** Keeps how long a run of a project took; it is not used by that. Nothing where there is no such project. */
export async function addTiming(projectId: string, timing: Timing): Promise<void> {
  await write(['projects'], async (tx) => {
    const store = tx.objectStore('projects');
    const project = await store.get(projectId);
    if (!project) return;
    const timings = [...(project.timings ?? []), timing].slice(-MOST_TIMINGS);
    await store.put({ ...project, timings }, projectId);
  });
}

/** All projects with their counts and size, last used first; removed ones are left out. */
export async function listProjects(): Promise<ProjectSummary[]> {
  const tx = (await database()).transaction(['projects', 'tallies']);
  const [projects, keys, tallies] = await Promise.all([
    tx.objectStore('projects').getAll(),
    tx.objectStore('tallies').getAllKeys(),
    tx.objectStore('tallies').getAll(),
  ]);
  const byId = new Map(keys.map((key, i) => [key, tallies[i]]));
  return projects
    .map((project) => ({ project, tally: byId.get(project.id) }))
    .filter((entry): entry is { project: Project; tally: Tally } => entry.tally !== undefined)
    .filter(({ tally }) => tally.deletedAt === undefined)
    .map(({ project, tally }) => ({
      project,
      counts: countsOf(tally, specKey(project.spec)),
      storedBytes: tally.storedBytes,
    }))
    .sort((a, b) => b.project.updatedAt - a.project.updatedAt);
}

/** Takes a project off the list; `restoreProject` brings it back until `purgeProject` frees its space. */
export async function markDeleted(projectId: string, at = Date.now()): Promise<void> {
  await setDeleted(projectId, at);
}

export async function restoreProject(projectId: string): Promise<void> {
  await setDeleted(projectId, undefined);
}

async function setDeleted(projectId: string, at: number | undefined): Promise<void> {
  await write(['tallies'], async (tx) => {
    const store = tx.objectStore('tallies');
    const tally = await store.get(projectId);
    if (!tally) return;
    if (at === undefined) delete tally.deletedAt;
    else tally.deletedAt = at;
    await store.put(tally, projectId);
  });
}

/** Deletes everything of a project for good. */
export async function purgeProject(projectId: string): Promise<void> {
  await write(ALL_STORES, async (tx) => {
    await Promise.all([
      tx.objectStore('projects').delete(projectId),
      tx.objectStore('tallies').delete(projectId),
      ...PROJECT_STORES.map((name) => tx.objectStore(name).delete(keysUnder(projectId))),
    ]);
  });
}

/**
 * Frees the space of projects removed more than `graceMs` ago: a tab closed within the grace leaves them behind. One that is
 * still arriving looks the same and is locked by whoever writes it.
 */
export async function purgeDeleted(graceMs: number, now = Date.now()): Promise<void> {
  const db = await database();
  const [keys, tallies] = await Promise.all([db.getAllKeys('tallies'), db.getAll('tallies')]);
  for (const [i, tally] of tallies.entries())
    if (
      tally.deletedAt !== undefined &&
      now - tally.deletedAt >= graceMs &&
      !(await isProjectLocked(keys[i]))
    )
      await purgeProject(keys[i]);
}
