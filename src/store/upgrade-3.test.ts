import { beforeEach, expect, it } from 'vitest';
import { audit } from '../../test/audit';
import { freshDatabase } from '../../test/fresh-database';
import { PROJECT_2, SPEC_2, sweep2 } from '../../test/version-2';
import { makeVersion3 } from '../../test/version-3';
import { DEFAULT_PROJECTION, type Projection } from '../domain/projection';
import { database } from './open';
import { listProjects } from './projects';
import { loadProjection, saveProjection } from './projections';
import { ALL_STORES, DB_VERSION } from './schema';
import { loadSweep } from './sweeps';
import { readTables } from './tables';

beforeEach(async () => {
  await freshDatabase();
  await makeVersion3(PROJECT_2);
});

it('opens a database of version 3 with everything in it, and has room for maps', async () => {
  const db = await database();
  expect(db.version).toBe(DB_VERSION);
  expect([...db.objectStoreNames].sort()).toEqual([...ALL_STORES].sort());
  const [{ project, counts }] = await listProjects();
  expect(project).toMatchObject({ id: PROJECT_2, name: 'from version 2' });
  expect(counts).toMatchObject({ announced: 5, embedded: 3 });
  expect(await loadSweep(PROJECT_2, SPEC_2)).toEqual(sweep2());
  expect(await readTables(PROJECT_2)).toHaveLength(1);
  expect(await db.count('facts')).toBe(1);
  expect(await db.count('queue')).toBe(1);
  await audit(PROJECT_2);

  const map: Projection = {
    ...{ specKey: SPEC_2, n: 3, method: 'umap', dims: 2, options: { ...DEFAULT_PROJECTION, method: 'umap' } },
    ...{ coords: Float32Array.of(1, 2, 3, 4, NaN, NaN), explained: [], axes: new Float64Array(0) },
    ...{ quality: null, graph: null, reduced: null, laid: 2, engine: 'cpu', seconds: 1 },
  };
  await saveProjection(PROJECT_2, map);
  expect(await loadProjection(PROJECT_2, SPEC_2, 'umap-2')).toEqual(map);
  await audit(PROJECT_2);
});
