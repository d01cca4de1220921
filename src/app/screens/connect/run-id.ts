import type { Clustering } from '../../../domain/clustering';

/** A name for a clustering of a project: the same whenever every image is in the same cluster (FNV-1a of the labels). */
export function runId(projectId: string, { k, labels }: Pick<Clustering, 'k' | 'labels'>): string {
  let hash = 0x811c9dc5;
  for (const label of labels) {
    hash = Math.imul(hash ^ (label & 255), 0x01000193);
    hash = Math.imul(hash ^ (label >> 8), 0x01000193);
  }
  return `${projectId.slice(0, 8)}-k${k}-${(hash >>> 0).toString(16).padStart(8, '0')}`;
}
