import type { SweepOptions } from '../domain/clustering';
import { toRecord } from '../domain/errors';
import type { AnalysisProgress } from '../domain/progress';
import type { Project } from '../domain/project';
import { specKey } from '../domain/spec';
import { loadSweep, saveSweep } from '../store/sweeps';
import { vectorExtent } from '../store/vectors';
import { AnalysisJob } from './analysis-job';

/**
 * Sweeps the numbers of clusters over all committed rows of a project that nobody looks at, and keeps the result, so that it is
 * there when the project is opened. A sweep of as many rows that is kept already is enough, and too few images have none: then
 * the answer is false.
 * Errors: `cancelled`, `store`, `quota`.
 */
export async function clusterSet(
  project: Project,
  options: SweepOptions,
  progress: (progress: AnalysisProgress) => void,
  signal: AbortSignal,
): Promise<boolean> {
  const key = specKey(project.spec);
  const { rows } = await vectorExtent(project.id, key);
  if (rows === 0 || (await loadSweep(project.id, key))?.n === rows) return false;
  const job = new AnalysisJob();
  try {
    await job.load(project.id, key, signal);
    let scoring = 0;
    const sweep = await job.sweep(
      options,
      (now) => {
        if (now.stage === 'silhouette') scoring ||= performance.now();
        progress(now);
      },
      signal,
    );
    const silhouetteSeconds = scoring ? (performance.now() - scoring) / 1000 : undefined;
    const { kMin, kMax, pca, silhouetteSample } = options;
    const asked = { kMin, kMax, pca, silhouetteSample };
    if (!signal.aborted) await saveSweep(project.id, { silhouetteSeconds, ...sweep, asked });
    return true;
  } catch (error) {
    if (toRecord(error).code !== 'too-few-images') throw error;
    return false;
  } finally {
    job.dispose();
  }
}
