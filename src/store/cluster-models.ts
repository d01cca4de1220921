import { TesseraError } from '../domain/errors';
import type { ClusterModel } from '../domain/model';
import type { Project } from '../domain/project';
import { modelIdentity } from './notes';
import { database, keysUnder, write } from './open';
import type { KeptModel } from './schema';
import { arrayBytes } from './size';
import { changeTally } from './tally';

/** Keeps a model under a new id. Errors: `quota`, `store`. */
export async function addModel(projectId: string, name: string, model: ClusterModel): Promise<KeptModel> {
  const kept = { id: crypto.randomUUID(), name, model };
  await write(['tallies', 'models'], async (tx) => {
    await tx.objectStore('models').add(kept, [projectId, kept.id]);
    await changeTally(tx, projectId, (tally) => (tally.storedBytes += arrayBytes(kept)));
  });
  return kept;
}

/** The models of a project, or of all projects, by the time they were saved. */
export async function readModels(projectId?: string): Promise<KeptModel[]> {
  const db = await database();
  const kept = await db.getAll('models', projectId === undefined ? undefined : keysUnder(projectId));
  const savedAt = ({ model }: KeptModel): string => model.provenance.savedAt;
  return kept.sort((a, b) => (savedAt(a) < savedAt(b) ? -1 : 1));
}

/** Forgets a model; a project that it labels goes back to fitting. */
export async function deleteModel(projectId: string, id: string): Promise<void> {
  await write(['tallies', 'models', 'projects'], async (tx) => {
    const store = tx.objectStore('models');
    const kept = await store.get([projectId, id]);
    if (!kept) return;
    await store.delete([projectId, id]);
    await changeTally(tx, projectId, (tally) => (tally.storedBytes -= arrayBytes(kept)));
    const project = await tx.objectStore('projects').get(projectId);
    if (project?.modelId === id)
      await tx.objectStore('projects').put({ ...project, modelId: null }, projectId);
  });
}

/**
 * Lets a model label the images of its project (null: none), under the names its clusters had unless they were named
 * here before. Throws `store` when project or model are gone.
 */
export async function setModelInUse(projectId: string, id: string | null): Promise<Project> {
  return write(['projects', 'models', 'notes'], async (tx) => {
    const project = await tx.objectStore('projects').get(projectId);
    const kept = id === null ? null : await tx.objectStore('models').get([projectId, id]);
    if (!project || kept === undefined)
      throw new TesseraError('store', 'This project or this model no longer exists.');
    if (kept) {
      const { k, names, specKey, provenance } = kept.model;
      const identity = modelIdentity(specKey, { name: kept.name, savedAt: provenance.savedAt });
      const notes = tx.objectStore('notes');
      if (!(await notes.getKey([projectId, identity, k]))) await notes.put(names, [projectId, identity, k]);
    }
    const changed = { ...project, modelId: id, updatedAt: Date.now() };
    await tx.objectStore('projects').put(changed, projectId);
    return changed;
  });
}

/** The model that labels the images of a project, or null. */
export async function readModelInUse(projectId: string): Promise<KeptModel | null> {
  const tx = (await database()).transaction(['projects', 'models']);
  const modelId = (await tx.objectStore('projects').get(projectId))?.modelId;
  return (modelId && (await tx.objectStore('models').get([projectId, modelId]))) || null;
}
