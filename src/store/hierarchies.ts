import type { Hierarchy } from '../domain/hierarchy';
import { database, write } from './open';
import type { HierarchyKind } from './schema';
import { arrayBytes } from './size';
import { changeTally } from './tally';

/** Keeps the last tree of its kind for its descriptor; replaces the one before. Errors: `quota`, `store`. */
export async function saveHierarchy(projectId: string, hierarchy: Hierarchy): Promise<void> {
  const key: [string, string, HierarchyKind] = [projectId, hierarchy.specKey, kindOf(hierarchy)];
  await write(['tallies', 'hierarchies'], async (tx) => {
    const store = tx.objectStore('hierarchies');
    const before = await store.get(key);
    await store.put(hierarchy, key);
    await changeTally(tx, projectId, (tally) => {
      tally.storedBytes += arrayBytes(hierarchy) - arrayBytes(before);
    });
  });
}

/** The last tree of a kind, or null. It may cover fewer rows than there are now: compare its `n`. */
export async function loadHierarchy(
  projectId: string,
  specKey: string,
  kind: HierarchyKind,
): Promise<Hierarchy | null> {
  return (await (await database()).get('hierarchies', [projectId, specKey, kind])) ?? null;
}

function kindOf({ by }: Hierarchy): HierarchyKind {
  return by === 'kmeans' ? 'kmeans' : 'parts';
}
