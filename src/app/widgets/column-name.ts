import type { Views } from '../i18n/messages';

/** What a column of the path is called: `folder`, `folder_2`, `split`, `class`. */
export function columnName(column: string, { map }: Views): string {
  if (column === 'folder') return map.byFolder;
  if (column === 'split') return map.bySplit;
  if (column === 'class') return map.byClass;
  return map.byLevel(Number(column.slice('folder_'.length)));
}
