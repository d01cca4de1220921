import type { ClusterNote, Sweep } from '../domain/clustering';
import type { EditLog } from '../domain/edits';
import { TesseraError } from '../domain/errors';
import type { Hierarchy } from '../domain/hierarchy';
import type { Project, ProjectSummary, RowTable } from '../domain/project';
import type { Timing } from '../domain/timing';
import { readAwaited } from '../store/addresses';
import {
  markDescriptorRemoved,
  purgeDescriptors,
  readDescriptors,
  restoreDescriptor,
  type DescriptorState,
} from '../store/descriptors';
import { loadHierarchy, saveHierarchy } from '../store/hierarchies';
import { closeDatabase } from '../store/open';
import { readOriginal } from '../store/intake';
import { isProjectLocked } from '../store/locks';
import { deleteEdits, loadEdits, saveEdits } from '../store/edits';
import { loadAllNotes, loadNotes, saveNotes, sweepIdentity } from '../store/notes';
import { loadProjection, saveProjection } from '../store/projections';
import * as store from '../store/projects';
import { askPersistence, storageState, type StorageState } from '../store/quota';
import type { HierarchyKind } from '../store/schema';
import { loadRowSlice, loadRowTable, loadSkipped, readRowChunks, type RowSlice } from '../store/rows';
import { loadSweep, saveSweep } from '../store/sweeps';
import { readThumbnails } from '../store/thumbs';
import { isLeftOut, purgeRemoved, removeProject, UNDO_MS } from './remove-project';
import { unlessFull } from './unless-full';

export type { DescriptorState } from '../store/descriptors';
export type { HierarchyKind } from '../store/schema';
export type { NewProject, ProjectPatch } from '../store/projects';
export type { RowSlice } from '../store/rows';
export type { StorageState } from '../store/quota';

/** All projects with counts and size, last used first. Also frees projects whose removal can no longer be undone. */
export async function listProjects(): Promise<ProjectSummary[]> {
  await store.purgeDeleted(UNDO_MS);
  return (await store.listProjects()).filter(({ project }) => !isLeftOut(project.id));
}

/** Creates an empty project and asks the browser to keep it. Errors: `quota`, `store`. */
export async function createProject(fields: store.NewProject): Promise<Project> {
  const project = await store.createProject(fields);
  void askPersistence();
  return project;
}

/** Opens a project and marks it as used now, if there is space for that. Throws `store` when it does not exist. */
export async function openProject(projectId: string): Promise<Project> {
  const project = await store.getProject(projectId);
  if (!project) throw new TesseraError('store', 'This project no longer exists.');
  return store.updateProject(projectId, {}).catch(unlessFull(project));
}

/** Where the pictures lie that were listed by their addresses and are not here, most first. */
export const awaitedOrigins = readAwaited;

/** Keeps with a project how long a run of it took. */
export const addTiming = store.addTiming;

/** How long the runs of a project took, as it is kept now. */
export async function timingsOf(projectId: string): Promise<readonly Timing[]> {
  return (await store.getProject(projectId))?.timings ?? [];
}

/** Changes name, descriptor, k … of a project. */
export const updateProject = store.updateProject;

export function renameProject(projectId: string, name: string): Promise<Project> {
  return store.updateProject(projectId, { name });
}

export { purgeRemoved, removeProject, UNDO_MS };

/** The images of a project by row. */
export function loadRows(projectId: string): Promise<RowTable> {
  return loadRowTable(projectId);
}

/** The images from `row0` on, for those who hold the rows before it; duplicates come with `loadRows` only. */
export function loadRowsFrom(projectId: string, row0: number): Promise<RowSlice> {
  return loadRowSlice(projectId, row0);
}

/** Files without an embedding, with the reason, in order of announcement. */
export { isProjectLocked, loadSkipped };

/** Thumbnail of a row, long side 128 px. Throws `store` when there is none. */
export async function thumbnail(projectId: string, row: number): Promise<Blob> {
  const [found] = await readThumbnails(projectId, [row]);
  if (!found) throw new TesseraError('store', `Image ${row} has no thumbnail.`, { row });
  return found;
}

/** Thumbnails of many rows, in the order asked; null where there is none. */
export function thumbnails(projectId: string, rows: ArrayLike<number>): Promise<(Blob | null)[]> {
  return readThumbnails(projectId, rows);
}

/** The bytes with a content hash (SHA-256, hex), exactly as they were dropped; null when they are not kept. */
export function originalBytes(projectId: string, hash: string): Promise<Blob | null> {
  return readOriginal(projectId, hash);
}

/** The bytes of a row's image, exactly as they were dropped. Throws `original-missing` when they are not kept. */
export async function original(projectId: string, row: number): Promise<Blob> {
  const [chunk] = await readRowChunks(projectId, row, 1);
  const hash = chunk?.hashes[row - chunk.row0];
  const bytes = hash === undefined ? null : await readOriginal(projectId, hash);
  if (!bytes)
    throw new TesseraError(
      'original-missing',
      `The bytes of image ${row} are not kept: the project came in a file without them. Give its folder again.`,
      { row },
    );
  return bytes;
}

/** The descriptors a project has vectors of. Also frees those whose removal can no longer be undone. */
export async function listDescriptors(projectId: string): Promise<DescriptorState[]> {
  await purgeDescriptors(projectId, UNDO_MS);
  return readDescriptors(projectId);
}

/**
 * Takes vectors from a file off the list and frees their space after `UNDO_MS`; `undo` within that time brings them back.
 */
export async function removeDescriptor(projectId: string, key: string): Promise<{ undo(): Promise<void> }> {
  await markDescriptorRemoved(projectId, key);
  const purge = (): void => void purgeDescriptors(projectId, UNDO_MS).catch(() => undefined);
  const timer = setTimeout(purge, UNDO_MS);
  return {
    async undo() {
      clearTimeout(timer);
      await restoreDescriptor(projectId, key);
    },
  };
}

/** The last sweep of a project and descriptor, or null; it may cover fewer rows than there are now. */
export function lastSweep(projectId: string, specKey: string): Promise<Sweep | null> {
  return loadSweep(projectId, specKey);
}

/** Keeps a sweep in place of the last. */
export function keepSweep(projectId: string, sweep: Sweep): Promise<void> {
  return saveSweep(projectId, sweep);
}

/** Keeps a tree in place of the last of its kind: k-means within k-means, or parts clustered one by one. */
export function keepHierarchy(projectId: string, hierarchy: Hierarchy): Promise<void> {
  return saveHierarchy(projectId, hierarchy);
}

/** The last tree of a kind, or null; it may cover fewer rows than there are now. */
export function lastHierarchy(
  projectId: string,
  specKey: string,
  kind: HierarchyKind,
): Promise<Hierarchy | null> {
  return loadHierarchy(projectId, specKey, kind);
}

/** The last layout of each method and number of dimensions; it may cover fewer rows than there are now. */
export { loadProjection as lastProjection, saveProjection as keepProjection };

/** Names and notes of the clusters of one k of a sweep. */
export function notes(projectId: string, sweep: Sweep, k: number): Promise<Map<number, ClusterNote>> {
  return loadNotes(projectId, sweep, k);
}

export function keepNotes(
  projectId: string,
  sweep: Sweep,
  k: number,
  all: ReadonlyMap<number, ClusterNote>,
): Promise<void> {
  return saveNotes(projectId, sweep, k, all);
}

/** Those of all clusterings of a project. */
export const allNotes = loadAllNotes;

/** Two sweeps of the same identity have the same clusters. */
export { sweepIdentity };

/** All edits of clusters kept with a project, those of earlier sweeps among them. */
export function edits(projectId: string): Promise<EditLog[]> {
  return loadEdits(projectId);
}

/** Keeps edits and the names that clusters have after them. */
export function keepEdits(
  projectId: string,
  log: EditLog,
  names: ReadonlyMap<number, ClusterNote>,
): Promise<void> {
  return saveEdits(projectId, log, names);
}

export function forgetEdits(projectId: string, log: EditLog): Promise<void> {
  return deleteEdits(projectId, log);
}

/** Space used and allowed, and whether the browser promised to keep it. */
export function storage(): Promise<StorageState> {
  return storageState();
}

/** Lets go of the database; the next call opens it again. */
export { closeDatabase };
