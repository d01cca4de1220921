import type { ClusterNote } from '../../domain/clustering';

export type Notes = ReadonlyMap<number, ClusterNote>;
export const NO_NOTES: Notes = new Map();

/** The notes with one set anew; an empty one is taken out. */
export function withNote(notes: Notes, cluster: number, note: ClusterNote): Notes {
  const next = new Map(notes);
  if (note.name || note.note) next.set(cluster, note);
  else next.delete(cluster);
  return next;
}
