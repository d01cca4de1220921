import type { PictureSource, PixelSummary } from '../../domain/pictures';
import type { Clustering } from '../../domain/clustering';
import type { Project, RowTable } from '../../domain/project';
import { PicturesJob } from '../../jobs/pictures-job';
import { membersOf } from '../screens/clusters/members';
import { PerClustering } from './per-clustering.svelte';
import { pictureSet, timed } from './picture-tasks';

interface Host {
  readonly project: Project | null;
  readonly rows: RowTable;
  readonly clustering: Clustering | null;
  readonly life: AbortSignal;
}

/** The key of what is made of a cluster's thumbnails or originals. */
export const summaryKey = (cluster: number, source: PictureSource): string => `${cluster} ${source}`;

/** Mean, median and spread of the pictures of clusters, made one after the other in a worker; keys are `summaryKey`'s. */
export function pixelSummaries(host: Host): PerClustering<PixelSummary> {
  const job = new PicturesJob();
  return new PerClustering(host, async (clustering, key, report, signal) => {
    const [cluster, source] = key.split(' ');
    const { project, rows } = host;
    if (!project) throw new Error('No project is open.');
    const set = pictureSet(project.id, rows, membersOf(clustering, Number(cluster)), source as PictureSource);
    return job.summarise(set, timed(report), signal);
  });
}
