import { isPathColumn } from '../../domain/path-columns';
import type { Views } from '../i18n/messages';

/** What a column is called: one of the path (`folder`, `folder_2`, `split`, `class`) in words, others by their own name. */
export function columnName(column: string, { map }: Views): string {
  if (!isPathColumn(column)) return column;
  if (column === 'folder') return map.byFolder;
  if (column === 'split') return map.bySplit;
  if (column === 'class') return map.byClass;
  return map.byLevel(Number(column.slice('folder_'.length)));
}
