import { NO_CLUSTER, type ClusterNote } from './clustering';
import type { Edit, EditLog } from './edits';
import { TesseraError } from './errors';

/** Labels after some edits. */
export interface Edited {
  labels: Uint16Array;
  /** Numbers that a label can be. */
  k: number;
}

/**
 * Labels after the edits, of base labels that may cover more rows than there were then. O(n + rows in the edits): each row holds
 * a handle, and a merge renames handles, not rows.
 */
export function replay(base: Uint16Array, k: number, edits: readonly Edit[]): Edited {
  const slots = Math.max(k, ...edits.map((edit) => highest(edit) + 1));
  // Not `from`, which goes through an iterator: this is done at every edit.
  const handles = new Uint32Array(base);
  const names = Array.from({ length: slots }, (_, cluster) => cluster);
  const handleOf = new Map(names.map((cluster) => [cluster, cluster]));
  /** A handle that stands for a cluster; one that was merged away and comes back gets another. */
  const handleFor = (cluster: number): number => {
    let handle = handleOf.get(cluster);
    if (handle === undefined) {
      handle = names.push(cluster) - 1;
      handleOf.set(cluster, handle);
    }
    return handle;
  };
  const NONE = 0xffffffff;
  const move = (rows: Uint32Array, handle: number): void => {
    for (const row of rows) if (row < handles.length) handles[row] = handle;
  };
  for (const edit of edits) {
    if (edit.kind === 'split') for (const { cluster, rows } of edit.parts) move(rows, handleFor(cluster));
    else if (edit.kind === 'move') move(edit.rows, edit.to === null ? NONE : handleFor(edit.to));
    else if (edit.kind === 'merge') {
      const gone = new Set(edit.clusters.filter((cluster) => cluster !== edit.into));
      handleFor(edit.into);
      names.forEach((cluster, handle) => {
        if (gone.has(cluster)) names[handle] = edit.into;
      });
      for (const cluster of gone) handleOf.delete(cluster);
    }
  }
  const labels = new Uint16Array(base.length);
  for (let row = 0; row < labels.length; row++) labels[row] = names[handles[row]] ?? NO_CLUSTER;
  return { labels, k: slots };
}

/** The edits in force. */
export const inForce = ({ edits, done }: EditLog): EditLog['edits'] => edits.slice(0, done);

/** Names and notes of clusters after the edits. */
export function namesAfter(log: EditLog): Map<number, ClusterNote> {
  const names = new Map(log.names);
  for (const edit of inForce(log)) {
    if (edit.kind !== 'name') continue;
    if (edit.note.name || edit.note.note) names.set(edit.cluster, edit.note);
    else names.delete(edit.cluster);
  }
  return names;
}

/** The log with one more edit in force; what had been undone is let go of. */
export function withEdit(log: EditLog, edit: Edit, at: number): EditLog {
  return { ...log, edits: [...inForce(log), { ...edit, at }], done: log.done + 1 };
}

/** The same log with another number of its edits in force. */
export function withDone(log: EditLog, done: number): EditLog {
  return { ...log, done: Math.min(Math.max(done, 0), log.edits.length) };
}

/** The first of numbers that no cluster ever had, so that none takes over the name of another. Throws past 16 bits. */
export function nextCluster({ k, names, edits }: Pick<EditLog, 'k' | 'names' | 'edits'>): number {
  const used = [...names.keys(), ...edits.map(highest)];
  const next = Math.max(k, ...used.map((cluster) => cluster + 1));
  if (next >= NO_CLUSTER)
    throw new TesseraError(
      'internal',
      'There are more clusters than can be numbered: cluster the images again.',
    );
  return next;
}

function highest(edit: Edit): number {
  switch (edit.kind) {
    case 'merge':
      return Math.max(edit.into, ...edit.clusters);
    case 'split':
      return Math.max(edit.cluster, ...edit.parts.map(({ cluster }) => cluster));
    case 'move':
      return edit.to ?? -1;
    case 'name':
      return edit.cluster;
  }
}
