import { DEFAULT_SWEEP, type Clustering, type ClusterNote, type Sweep } from '../domain/clustering';
import type { LoggedEdit } from '../domain/edits';
import { TesseraError } from '../domain/errors';
import { DEFAULT_HIERARCHY, type Hierarchy, type HierarchyOptions } from '../domain/hierarchy';
import type { AnalysisProgress } from '../domain/progress';
import type { Project, RowTable } from '../domain/project';
import { specKey } from '../domain/spec';
import type { Artifact } from '../exports/artifact';
import { matrixNpy } from '../exports/embeddings';
import { hierarchyCsv } from '../exports/hierarchy';
import { modelBundle } from '../exports/model';
import { perFolderCsv } from '../exports/per-folder';
import { scoresCsv } from '../exports/scores';
import { AnalysisJob } from '../jobs/analysis-job';
import { modelOf } from '../jobs/cluster-models';
import { labelFiles, type FileRequest } from './headless-files';
import { partsOf } from './state/parts';

/** What is made of the vectors. */
export interface AnalysisRequest extends Pick<Sweep, 'scaling' | 'pca'>, FileRequest {
  k: number | null;
  exactSilhouette: boolean;
  hierarchy: Pick<HierarchyOptions, 'branching' | 'depth' | 'minimumSize'> | null;
  perFolder: boolean;
  /** Keeps the clustering as model.zip. */
  saveModel: boolean;
  /** Labels by the model that was chosen in `#clusters`. */
  applyModel: boolean;
}

export interface AnalysisResult {
  sweep: Sweep;
  clustering: Clustering;
  /** What was edited in it by hand; absent: nothing. */
  edits?: readonly LoggedEdit[];
  /** What the clusters are called. */
  notes: ReadonlyMap<number, ClusterNote>;
  hierarchy: Hierarchy | null;
  perFolder: Hierarchy | null;
  artifacts: Artifact[];
}

/** Clusters the embedded images of a project in all ways asked for, and what is handed out of it. */
export async function analyse(
  project: Project,
  rows: RowTable,
  request: AnalysisRequest,
  bundle: File | null,
  report: (progress: AnalysisProgress) => void,
): Promise<AnalysisResult> {
  const job = new AnalysisJob();
  try {
    await job.load(project.id, specKey(project.spec));
    const { k, scaling, pca, exactSilhouette } = request;
    const options = {
      ...DEFAULT_SWEEP,
      ...(k === null ? {} : { kMin: k, kMax: k }),
      ...(exactSilhouette ? { silhouetteSample: Infinity } : {}),
      seed: project.seed,
      scaling,
      pca,
    };
    const { sweep, names } = request.applyModel
      ? await label(job, bundle, report)
      : { sweep: await job.sweep(options, report), names: null };
    const { clusterings, choice } = sweep;
    const clustering = clusterings.find((one) => one.k === (k ?? choice.k)) ?? clusterings[0];
    const { seed } = project;
    const hierarchy =
      request.hierarchy &&
      (await job.hierarchy({ ...DEFAULT_HIERARCHY, ...request.hierarchy, seed, scaling, pca }, report));
    const perFolder = request.perFolder
      ? await job.byPart(partsOf(rows.paths, 'folder', rows.n), options, report)
      : null;
    const model = request.saveModel ? modelOf(project, sweep, clustering, names ?? new Map()) : null;
    const dim = clustering.centroids.length / clustering.k;
    const artifacts = [
      ...labelFiles(project, rows, clustering, names, request),
      scoresCsv(sweep, clustering),
      matrixNpy({ rows: clustering.k, dim, chunks: [clustering.centroids] }, 'centroids.npy'),
      ...(hierarchy ? [{ ...hierarchyCsv(rows, hierarchy), name: 'hierarchy.csv' }] : []),
      ...(perFolder ? [perFolderCsv(rows, perFolder)] : []),
      ...(model ? [modelBundle(model)] : []),
    ];
    return { sweep, clustering, notes: names ?? new Map(), hierarchy, perFolder, artifacts };
  } finally {
    job.dispose();
  }
}

/** By the model in the bundle; its names of clusters, null where it has none. */
async function label(
  job: AnalysisJob,
  bundle: File | null,
  report: (progress: AnalysisProgress) => void,
): Promise<{ sweep: Sweep; names: ReadonlyMap<number, ClusterNote> | null }> {
  if (!bundle) throw new TesseraError('internal', 'No model was given.');
  const model = await job.readModel(bundle);
  const sweep = await job.applyModel(model, bundle.name, report);
  return { sweep, names: model.names.size > 0 ? model.names : null };
}
