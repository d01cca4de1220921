import type { ClusterNote } from '../../domain/clustering';

export type Notes = ReadonlyMap<number, ClusterNote>;
export const NO_NOTES: Notes = new Map();

/** Notes of several clusterings, each under its sweep and k. */
export type KeptNotes = ReadonlyMap<string, Notes>;
export const NO_KEPT_NOTES: KeptNotes = new Map();

export const notesKey = (sweep: string, k: number | null): string => `${k}|${sweep}`;

export const keptNotes = (all: readonly { sweep: string; k: number; notes: Notes }[]): KeptNotes =>
  new Map(all.map(({ sweep, k, notes }) => [notesKey(sweep, k), notes]));

export const withNotes = (kept: KeptNotes, key: string, notes: Notes): KeptNotes =>
  new Map(kept).set(key, notes);
