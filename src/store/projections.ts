import { kindOf, type Projection, type ProjectionKind } from '../domain/projection';
import { database, write } from './open';
import { arrayBytes } from './size';
import { changeTally } from './tally';

/** Keeps the last layout of its method and dimensions for its descriptor; replaces the one before. Errors: `quota`, `store`. */
export async function saveProjection(projectId: string, projection: Projection): Promise<void> {
  const key: [string, string, ProjectionKind] = [projectId, projection.specKey, kindOf(projection)];
  await write(['tallies', 'projections'], async (tx) => {
    const store = tx.objectStore('projections');
    const before = await store.get(key);
    await store.put(projection, key);
    await changeTally(tx, projectId, (tally) => {
      tally.storedBytes += arrayBytes(projection) - arrayBytes(before);
    });
  });
}

/** The last layout of a kind, or null. It may cover fewer rows than there are now: compare its `n`. */
export async function loadProjection(
  projectId: string,
  specKey: string,
  kind: ProjectionKind,
): Promise<Projection | null> {
  return (await (await database()).get('projections', [projectId, specKey, kind])) ?? null;
}
