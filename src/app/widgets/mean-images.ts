import type { Clustering } from '../../domain/clustering';
import { membersOf } from '../screens/clusters/members';
import type { Session } from '../state/session';
import { createSerial } from './serial';

export interface MeanImage {
  rgba: Uint8ClampedArray;
  /** Images that were averaged. */
  of: number;
}

/** Side of the mean images in pixels. */
export const MEAN_SIDE = 96;

const made = new WeakMap<Clustering, Map<number, MeanImage>>();
const serial = createSerial();

/** The mean image of a cluster, made once for a clustering; one at a time, and none that nobody waits for any more. */
export async function meanImageOf(
  session: Session,
  clustering: Clustering,
  cluster: number,
  signal: AbortSignal,
): Promise<MeanImage> {
  const known = made.get(clustering) ?? new Map<number, MeanImage>();
  made.set(clustering, known);
  const image = known.get(cluster);
  if (image) return image;
  const fresh = await serial(() => session.meanImage(membersOf(clustering, cluster), MEAN_SIDE), signal);
  known.set(cluster, fresh);
  return fresh;
}
