import { beforeEach, expect, it, vi } from 'vitest';
import { audit } from '../../test/audit';
import { freshDatabase } from '../../test/fresh-database';
import { PROJECT_2, SPEC_2, sweep2 } from '../../test/version-2';
import { makeVersion3, STORES_3 } from '../../test/version-3';
import type { EditLog } from '../domain/edits';
import { DEFAULT_PROJECTION, type Projection } from '../domain/projection';
import { loadEdits, saveEdits } from './edits';
import { loadNotes, sweepIdentity } from './notes';
import { closeDatabase, database } from './open';
import { listProjects } from './projects';
import { loadProjection, saveProjection } from './projections';
import { ALL_STORES, DB_VERSION } from './schema';
import { loadSweep } from './sweeps';
import { readTables } from './tables';

beforeEach(async () => {
  await freshDatabase();
  await makeVersion3(PROJECT_2);
});

async function expectWhole(): Promise<void> {
  const db = await database();
  const [{ project, counts }] = await listProjects();
  expect(project).toMatchObject({ id: PROJECT_2, name: 'from version 2' });
  expect(counts).toMatchObject({ announced: 5, embedded: 3 });
  expect(await loadSweep(PROJECT_2, SPEC_2)).toEqual(sweep2());
  expect(await readTables(PROJECT_2)).toHaveLength(1);
  expect(await db.count('facts')).toBe(1);
  expect(await db.count('queue')).toBe(1);
  await audit(PROJECT_2);
}

it('opens a database of version 3 with everything in it, and has room for maps and edits', async () => {
  const db = await database();
  expect(db.version).toBe(DB_VERSION);
  expect([...db.objectStoreNames].sort()).toEqual([...ALL_STORES].sort());
  await expectWhole();

  const map: Projection = {
    ...{ specKey: SPEC_2, n: 3, method: 'umap', dims: 2, options: { ...DEFAULT_PROJECTION, method: 'umap' } },
    ...{ coords: Float32Array.of(1, 2, 3, 4, NaN, NaN), explained: [], axes: new Float64Array(0) },
    ...{ quality: null, graph: null, reduced: null, laid: 2, engine: 'cpu', seconds: 1 },
  };
  await saveProjection(PROJECT_2, map);
  expect(await loadProjection(PROJECT_2, SPEC_2, 'umap-2')).toEqual(map);

  const sweep = (await loadSweep(PROJECT_2, SPEC_2))!;
  const log: EditLog = {
    ...{ version: 1, sweep: sweepIdentity(sweep), specKey: SPEC_2, k: 2, base: Uint16Array.of(0, 1, 0) },
    ...{ names: await loadNotes(PROJECT_2, sweep, 2), done: 1 },
    edits: [{ kind: 'merge', clusters: [0, 1], into: 0, at: 8 }],
  };
  await saveEdits(PROJECT_2, log, log.names);
  expect(await loadEdits(PROJECT_2)).toEqual([log]);
  await audit(PROJECT_2);
});

it('leaves version 3 whole wherever the upgrade is killed, and takes it up the next time', async () => {
  const { createObjectStore } = IDBDatabase.prototype;
  for (let nth = 1; nth <= ALL_STORES.length - STORES_3.length; nth++) {
    let made = 0;
    vi.spyOn(IDBDatabase.prototype, 'createObjectStore').mockImplementation(function (
      this: IDBDatabase,
      ...args
    ) {
      if (++made === nth) throw new DOMException('killed', 'AbortError');
      return createObjectStore.apply(this, args);
    });
    await expect(database()).rejects.toMatchObject({ code: 'store' });
    vi.restoreAllMocks();
    const old = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open('tessera');
      request.onsuccess = () => resolve(request.result);
    });
    expect([old.version, old.objectStoreNames.length]).toEqual([3, STORES_3.length]);
    old.close();
  }
  await expectWhole();
  await closeDatabase();
});
