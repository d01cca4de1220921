import type { ClusterNote } from './clustering';

/** Images that leave a cluster for another. */
export interface Part {
  cluster: number;
  rows: Uint32Array;
}

/**
 * Something done by hand to the clusters of one k of a sweep. A cluster keeps its number, its name and its colour for as long as
 * it lives; a new one gets a number that was never used.
 */
export type Edit =
  | { kind: 'merge'; clusters: readonly number[]; into: number }
  /** The largest part keeps the number; the others go to clusters of their own. */
  | { kind: 'split'; cluster: number; parts: readonly Part[]; seed: number }
  /** `to`: null is none, as noise. */
  | { kind: 'move'; rows: Uint32Array; to: number | null }
  | { kind: 'name'; cluster: number; note: ClusterNote };

/** An edit, and when it was made (milliseconds since 1970). */
export type LoggedEdit = Edit & { at: number };

export const EDITS_VERSION = 1;

/**
 * The edits of one k of a sweep, in order, with what they started from: the labels now are a pure function of this record.
 * Never changed in place.
 */
export interface EditLog {
  version: typeof EDITS_VERSION;
  /** `sweepIdentity`, the descriptor in it, and k. */
  sweep: string;
  specKey: string;
  k: number;
  /** Labels by row, and names by cluster, before the first edit. */
  base: Uint16Array;
  names: ReadonlyMap<number, ClusterNote>;
  edits: readonly LoggedEdit[];
  /** So many of them are in force; those after it were undone and can be done again. */
  done: number;
  /** Set once the person has dealt with the edits of an earlier sweep. */
  settled?: boolean;
}
