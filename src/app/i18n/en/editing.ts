import { createFormat } from '../format';

const f = createFormat('en');
const count = (n: number, one: string, other: string): string => `${f.int(n)} ${f.plural(n, { one, other })}`;
const images = (n: number): string => count(n, 'image', 'images');
const list = (of: readonly string[]): string => new Intl.ListFormat('en').format(of);

/** As they are written. */
export interface EditedScores {
  calinski: string;
  davies: string;
}

export const editing = {
  /** Of buttons; '' for what has no name. */
  undo: (what: string) => (what ? `Undo: ${what}` : 'Undo'),
  redo: (what: string) => (what ? `Redo: ${what}` : 'Redo'),
  undone: (what: string) => `Undone: ${what}.`,
  redone: (what: string | null) => (what === null ? 'Done again.' : `Done again: ${what}.`),
  nothingToRedo: 'There is nothing to do again.',
  /** Of a source to compare with. */
  compared: (clusters: number, k: number) => `Clusters edited by hand: ${f.int(clusters)}, from k = ${k}`,

  /** What was done, as a phrase after a colon; a cluster is its number, with its name if it has one. */
  steps: {
    k: (k: number) => `k = ${k}`,
    selection: (n: number) => (n === 0 ? 'clear the selection' : `select ${images(n)}`),
    merge: (from: readonly string[], into: string) => `merge ${list(from)} into ${into}`,
    split: (cluster: string, parts: number) => `split ${cluster} into ${f.int(parts)}`,
    move: (n: number, to: string) => `move ${images(n)} to ${to}`,
    moveNew: (n: number, to: string) => `make ${images(n)} a new cluster, ${to}`,
    noise: (n: number) => `take ${images(n)} out of the clusters`,
    name: (cluster: number, name: string) =>
      name ? `name cluster ${cluster} “${name}”` : `take the name off cluster ${cluster}`,
    note: (cluster: number) => `note on cluster ${cluster}`,
    goBack: 'go to another state of the edits',
    drop: 'drop all edits',
    takeOver: (n: number) => `take over ${count(n, 'edit', 'edits')}`,
  },

  /** What can be done to a cluster. */
  actions: {
    menu: 'Edit',
    menuOf: (name: string) => `Edit ${name}`,
    merge: 'Merge with…',
    mergeText: 'The nearest first. What is open keeps its number and name.',
    split: 'Split…',
    noise: 'Take its images out of all clusters',
    noiseText: 'As noise: they stay in the project.',
    back: 'Back',
    byNumber: 'Into a number of parts',
    parts: 'Parts',
    bySilhouette: 'Into as many as the silhouette says',
    splitNow: 'Split',
    splitting: 'Splitting',
    oneKind: 'It cannot be split: its images are alike to the last number.',
    changed: 'The cluster changed while it was split; nothing was done.',
    tooSmall: 'Fewer than three images cannot be split; move one of them instead.',
    was: (base: number) => `Was in cluster ${base}`,
    wasNone: 'Was in no cluster',
  },

  /** Several cards chosen in the overview. */
  chosen: {
    choose: (name: string) => `Choose ${name} for merging`,
    count: (n: number) => `${count(n, 'cluster', 'clusters')} chosen`,
    merge: (into: string) => `Merge into ${into}`,
    clear: 'Choose none',
    drag: 'Drag a card onto another to merge the two.',
  },

  /** The selection. */
  move: {
    label: 'Move to…',
    fresh: 'New cluster',
    none: 'No cluster (noise)',
    empty: 'Nothing to move there: the images are in it.',
  },

  /** The list of edits. */
  panel: {
    title: 'Edits by hand',
    open: (n: number) => (n === 0 ? 'Edits' : `Edits (${f.int(n)})`),
    about: (k: number) =>
      `Kept beside the clustering with k = ${k}, which itself stays as it was fitted. Every file that is saved has them.`,
    none: 'Nothing has been edited. Merge, split or rename clusters, or move images from one to another.',
    start: 'As it was clustered',
    here: 'Now',
    undone: 'undone',
    goTo: (step: string) => `Go to: ${step}`,
    back: 'Back to here',
    forward: 'Forward to here',
    drop: 'Drop all edits',
    others: 'Kept from other clusterings',
    ofK: (edits: number, k: number, n: number) =>
      `${count(edits, 'edit', 'edits')} of k = ${k}, ${images(n)}`,
    show: (k: number) => `Show k = ${k}`,
    takeOver: 'Take over',
    takeOverText: 'Images go where they had been put, by image; the rest stays as it is clustered now.',
    dropOthers: 'Drop',
    dropped: 'Edits dropped.',
    tookOver: (moved: number) => `Taken over: ${images(moved)} in another cluster.`,
    nothingLeft: 'Nothing to take over: the images are together as they had been put.',
    working: 'Measuring the edited clusters…',
  },

  /** Scores of edited clusters beside those of the clusters as they were fitted. */
  scores: {
    row: (clusters: number) => `${f.int(clusters)}, edited`,
    about:
      'The last line is of the clusters as edited, measured anew from all images that are in one. Their silhouette is on the page of each cluster and under Compare.',
    reading: (clusters: number, now: EditedScores, fitted: EditedScores) =>
      `Edited to ${count(clusters, 'cluster', 'clusters')}: Calinski-Harabasz ${now.calinski} (as fitted ${fitted.calinski}), Davies-Bouldin ${now.davies} (${fitted.davies}).`,
  },

  /** The images were clustered anew. */
  kept: (edits: number) =>
    `${count(edits, 'edit', 'edits')} of the clustering before ${f.plural(edits, { one: 'is', other: 'are' })} kept, but not part of the new one.`,
  showKept: 'Take over or drop…',
};
