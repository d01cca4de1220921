import { clustersOf, type Clustering } from '../../domain/clustering';
import type { LoggedEdit } from '../../domain/edits';
import type { Block } from './blocks';
import type { Words } from './words/en';

/** What was edited by hand: how much came of it, and each edit with its time. Nothing without edits. */
export function editsChapter(
  fit: Clustering,
  edits: readonly LoggedEdit[],
  w: Words,
  { int, real }: { int: (n: number) => string; real: (n: number) => string },
): Block[] {
  if (edits.length === 0) return [];
  const { title, text, caption, when, what, scores, as, fitted, edited } = w.edits;
  const { labels, base = fit } = fit;
  const moved = labels.reduce((sum, label, row) => sum + Number(label !== base.labels[row]), 0);
  const line = (name: string, { inertia, calinskiHarabasz, daviesBouldin }: Clustering): string[] => [
    name,
    ...[inertia, calinskiHarabasz, daviesBouldin].map(real),
  ];
  const time = new Intl.DateTimeFormat(w.locale, { dateStyle: 'medium', timeStyle: 'short' });
  return [
    { kind: 'heading', text: title },
    { kind: 'text', text: text(int(moved), int(labels.length), int(base.k), int(clustersOf(fit).length)) },
    {
      kind: 'table',
      caption: scores,
      head: [as, w.inertia, w.calinski, w.davies],
      rows: [line(fitted, base), line(edited, fit)],
    },
    {
      kind: 'table',
      caption,
      head: [when, what],
      rows: edits.map((edit) => [time.format(edit.at), wordsOf(edit, w, int)]),
    },
  ];
}

function wordsOf(edit: LoggedEdit, { edits: w }: Words, int: (n: number) => string): string {
  switch (edit.kind) {
    case 'merge':
      return w.merge(edit.clusters.filter((cluster) => cluster !== edit.into).join(', '), String(edit.into));
    case 'split':
      return w.split(String(edit.cluster), int(edit.parts.length + 1), String(edit.seed));
    case 'move':
      return edit.to === null
        ? w.none(int(edit.rows.length))
        : w.move(int(edit.rows.length), String(edit.to));
    case 'name':
      return w.name(String(edit.cluster), edit.note.name);
  }
}
