import { version } from '../../package.json';
import { clustersOf, type Clustering, type ClusterNote, type Sweep } from '../domain/clustering';
import { TesseraError } from '../domain/errors';
import type { ClusterModel } from '../domain/model';
import type { Project } from '../domain/project';
import { specKey } from '../domain/spec';
import * as store from '../store/cluster-models';
import type { KeptModel } from '../store/schema';

export type { KeptModel } from '../store/schema';

/**
 * A clustering of a sweep as a model that labels other images. `now` is kept as the time of saving. Throws `internal` for a
 * sweep whose scaling is not known any more.
 */
export function modelOf(
  project: Pick<Project, 'name' | 'spec'>,
  sweep: Sweep,
  clustering: Clustering,
  names: ReadonlyMap<number, ClusterNote>,
  now = new Date(),
): ClusterModel {
  const { n, d, seed, nInit, maxIterations, tolerance, engine, adapter, scaling, pca } = sweep;
  const { inertia } = clustering;
  const { silhouette } = clustering.base ?? clustering;
  const { k, centroids, names: renamed } = withoutGaps(clustering, names);
  if (!sweep.preparation && (scaling !== 'none' || pca !== null))
    throw new TesseraError(
      'internal',
      'This clustering was made by an earlier version, which kept no scaling: cluster again, then save the model.',
    );
  const nothing = {
    scaling: 'none',
    offset: new Float64Array(d),
    factor: new Float64Array(d).fill(1),
  } as const;
  return {
    spec: project.spec,
    specKey: specKey(project.spec),
    d,
    preparation: sweep.preparation ?? { scaler: nothing, pca: null },
    k,
    centroids,
    names: renamed,
    provenance: {
      tessera: version,
      savedAt: now.toISOString(),
      project: project.name,
      n,
      seed,
      nInit,
      maxIterations,
      tolerance,
      engine,
      adapter,
      inertia,
      silhouette,
    },
  };
}

/**
 * The clusters there are, numbered 0, 1, … in the order of their own numbers: a model has no gaps. A cluster whose number changes so
 * keeps it as its name, if it has no other.
 */
function withoutGaps(
  clustering: Clustering,
  names: ReadonlyMap<number, ClusterNote>,
): Pick<ClusterModel, 'k' | 'centroids' | 'names'> {
  const { k, centroids } = clustering;
  const d = centroids.length / k;
  // A cluster of images without a vector has no centre, and nothing can be nearest to it.
  const kept = clustersOf(clustering)
    .filter((cluster) => !Number.isNaN(centroids[cluster * d]))
    .sort((a, b) => a - b);
  if (kept.length === k) return { k, centroids, names: new Map(names) };
  const packed = new Float32Array(kept.length * d);
  const renamed = new Map<number, ClusterNote>();
  kept.forEach((cluster, place) => {
    packed.set(centroids.subarray(cluster * d, (cluster + 1) * d), place * d);
    const note = names.get(cluster);
    if (note?.name || place === cluster) {
      if (note) renamed.set(place, note);
    } else renamed.set(place, { name: String(cluster), note: note?.note ?? '' });
  });
  return { k: kept.length, centroids: packed, names: renamed };
}

/** Keeps a model with a project, also one that was made in another. Errors: `quota`, `store`. */
export function saveModel(projectId: string, name: string, model: ClusterModel): Promise<KeptModel> {
  return store.addModel(projectId, name, model);
}

/** The models kept with a project, or with all of them, by the time they were saved. */
export function listModels(projectId?: string): Promise<KeptModel[]> {
  return store.readModels(projectId);
}

/** Forgets a model; a project that it labels goes back to fitting. */
export function removeModel(projectId: string, id: string): Promise<void> {
  return store.deleteModel(projectId, id);
}

/**
 * Lets a model of the project label its images from now on (null: a sweep is fitted again), under the names that its
 * clusters have. What labels them is asked for with `modelInUse` before each analysis: `const kept = await modelInUse(id)`, then
 * `kept ? job.applyModel(kept.model, kept.name, …) : job.sweep(…)`.
 */
export function useModel(projectId: string, id: string | null): Promise<Project> {
  return store.setModelInUse(projectId, id);
}

/** The model that labels the images of a project, or null where they are fitted. */
export function modelInUse(projectId: string): Promise<KeptModel | null> {
  return store.readModelInUse(projectId);
}
