import type { Messages } from '../../i18n/messages';
import type { Source } from '../../state/labellings';
import { BY_KMEANS } from '../../state/split-by';
import { columnName } from '../../widgets/column-name';

/** What a source is called in a list. */
export function sourceName(source: Source, { study, views, editing }: Messages): string {
  const t = study.compare;
  if (source.kind === 'clusters') return t.clustering(source.k);
  if (source.kind === 'edited') return editing.compared(source.clusters, source.k);
  if (source.kind === 'column') return columnName(source.column, views);
  const { by, depth, parts } = source;
  return by === BY_KMEANS ? t.level(depth, parts) : t.partLevel(columnName(by, views), depth, parts);
}
