import type { DroppedFile } from '../../domain/files';

/** Files that could be a project of their own; `name` is null for those that lay beside the folders. */
export interface DropSet {
  name: string | null;
  files: DroppedFile[];
}

const ARCHIVE = /\.(zip|tar|tar\.gz|tgz)$/i;
const SYSTEM = /^(\.DS_Store|Thumbs\.db|desktop\.ini|\..*)$/i;

/**
 * The sets that a drop consists of: each folder and each archive at its top, then what lay beside them. Fewer than two folders or
 * archives are one set.
 */
export function splitDrop(files: readonly DroppedFile[]): DropSet[] {
  const groups = new Map<string, DropSet>();
  const beside: DroppedFile[] = [];
  for (const file of files) {
    const [top, ...rest] = file.path.split('/');
    if (rest.length === 0 && !ARCHIVE.test(top)) beside.push(file);
    else {
      const group = groups.get(top) ?? { name: top.replace(rest.length ? '' : ARCHIVE, ''), files: [] };
      group.files.push(file);
      groups.set(top, group);
    }
  }
  const sets = [...groups.values()];
  if (sets.length < 2) return [{ name: null, files: [...files] }];
  // What the system left there is no set, and stands in the books of the first.
  if (beside.every(({ path }) => SYSTEM.test(path))) sets[0].files.push(...beside);
  else sets.push({ name: null, files: beside });
  return sets;
}
