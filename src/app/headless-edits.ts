import type { Clustering, Sweep } from '../domain/clustering';
import { inForce, replay } from '../domain/edit-log';
import type { EditLog } from '../domain/edits';
import type { Project } from '../domain/project';
import { specKey } from '../domain/spec';
import { AnalysisJob } from '../jobs/analysis-job';
import { edits, sweepIdentity } from '../jobs/projects';
import { editedClustering, touchedClusters } from './state/edited-clustering';

/** A clustering with what was edited in it by hand, measured; itself where nothing was. */
export async function withEdits(
  project: Project,
  { scaling, pca, preparation, ...sweep }: Sweep,
  base: Clustering,
): Promise<{ clustering: Clustering; edits: EditLog['edits'] }> {
  const identity = sweepIdentity({ scaling, pca, preparation, ...sweep });
  const log = (await edits(project.id)).find((one) => one.sweep === identity && one.k === base.k);
  if (!log) return { clustering: base, edits: [] };
  const done = inForce(log);
  const edited = replay(base.labels, base.k, done);
  const touched = touchedClusters(base.labels, edited);
  if (touched.length === 0) return { clustering: base, edits: done };
  const job = new AnalysisJob();
  try {
    await job.load(project.id, specKey(project.spec));
    const found = await job.measureClusters({ scaling, pca, preparation }, edited.labels, touched);
    return { clustering: editedClustering(base, edited, found, base), edits: done };
  } finally {
    job.dispose();
  }
}
