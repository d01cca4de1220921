import type { Edit, EditLog } from '../../domain/edits';
import type { ClusterNote } from '../../domain/clustering';
import type { Editing } from '../i18n/messages';

/** A cluster as its number, with its name where it has one. */
export function clusterWords(cluster: number, names: ReadonlyMap<number, ClusterNote>): string {
  const name = names.get(cluster)?.name;
  return name ? `${cluster} (${name})` : String(cluster);
}

/** What an edit was, as a phrase; `log`: all that came before it, to tell whether a cluster was new. */
export function editWords(
  edit: Edit,
  log: Pick<EditLog, 'k' | 'edits'>,
  names: ReadonlyMap<number, ClusterNote>,
  { steps: t }: Editing,
): string {
  const of = (cluster: number): string => clusterWords(cluster, names);
  switch (edit.kind) {
    case 'merge':
      return t.merge(edit.clusters.filter((cluster) => cluster !== edit.into).map(of), of(edit.into));
    case 'split':
      return t.split(of(edit.cluster), edit.parts.length + 1);
    case 'move':
      if (edit.to === null) return t.noise(edit.rows.length);
      return isNew(edit.to, log)
        ? t.moveNew(edit.rows.length, of(edit.to))
        : t.move(edit.rows.length, of(edit.to));
    case 'name': {
      const before = log.edits.findLast((one) => one.kind === 'name' && one.cluster === edit.cluster);
      const name = before?.kind === 'name' ? before.note.name : '';
      return edit.note.note && edit.note.name === name
        ? t.note(edit.cluster)
        : t.name(edit.cluster, edit.note.name);
    }
  }
}

function isNew(cluster: number, { k, edits }: Pick<EditLog, 'k' | 'edits'>): boolean {
  return (
    cluster >= k &&
    !edits.some(
      (edit) =>
        (edit.kind === 'move' && edit.to === cluster) ||
        (edit.kind === 'split' && edit.parts.some((part) => part.cluster === cluster)),
    )
  );
}
