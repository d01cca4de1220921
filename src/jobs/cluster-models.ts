import { version } from '../../package.json';
import type { Clustering, ClusterNote, Sweep } from '../domain/clustering';
import { TesseraError } from '../domain/errors';
import type { ClusterModel } from '../domain/model';
import type { Project } from '../domain/project';
import { specKey } from '../domain/spec';

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
  const { k, centroids, inertia, silhouette } = clustering;
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
    names: new Map(names),
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
