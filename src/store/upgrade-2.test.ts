import { beforeEach, expect, it, vi } from 'vitest';
import { audit } from '../../test/audit';
import { freshDatabase } from '../../test/fresh-database';
import { makeVersion2, MODEL_2, model2, PROJECT_2, SPEC_2, sweep2, tree2 } from '../../test/version-2';
import { readModelInUse, readModels } from './cluster-models';
import { loadHierarchy } from './hierarchies';
import { readOriginals } from './intake';
import { loadNotes } from './notes';
import { closeDatabase, database } from './open';
import { listProjects } from './projects';
import { loadRowTable, loadSkipped } from './rows';
import { ALL_STORES, DB_VERSION } from './schema';
import { loadSweep } from './sweeps';
import { addTable, readTables } from './tables';
import { readVectors } from './vectors';

beforeEach(async () => {
  await freshDatabase();
  await makeVersion2();
});

async function expectWhole(): Promise<void> {
  const [{ project, counts }] = await listProjects();
  expect(project).toMatchObject({ id: PROJECT_2, name: 'from version 2', updatedAt: 4, scaling: 'standard' });
  expect(counts).toMatchObject({ announced: 5, embedded: 3, duplicates: 1, skipped: 1, missing: 0 });
  const rows = await loadRowTable(PROJECT_2);
  expect(rows.paths).toEqual(['set/a.png', 'set/b.png', 'set/c.png']);
  expect(rows.duplicates).toEqual(new Map([[1, ['set/copy.png']]]));
  expect(await loadSkipped(PROJECT_2)).toMatchObject([{ path: 'notes.txt', code: 'not-image' }]);
  const originals = await readOriginals(PROJECT_2, ['aa', 'bb', 'cc', 'dd']);
  expect(originals.map((one) => one instanceof Uint8Array && [...one])).toEqual([
    [1, 2, 3],
    false,
    [7, 8, 9],
    false,
  ]);
  const vectors = [];
  for await (const { n, d } of readVectors(PROJECT_2, SPEC_2)) vectors.push([n, d]);
  expect(vectors).toEqual([[3, 3072]]);

  const sweep = (await loadSweep(PROJECT_2, SPEC_2))!;
  expect(sweep).toEqual(sweep2());
  expect((await loadNotes(PROJECT_2, sweep, 2)).get(0)).toEqual({ name: 'two', note: 'a pair' });
  expect(await loadHierarchy(PROJECT_2, SPEC_2, 'kmeans')).toEqual(tree2('kmeans'));
  expect(await loadHierarchy(PROJECT_2, SPEC_2, 'parts')).toEqual(tree2({ column: 'folder' }));
  expect(await readModelInUse(PROJECT_2)).toEqual(model2(MODEL_2, 'mine'));
  expect((await readModels(PROJECT_2)).map(({ name }) => name).sort()).toEqual(['mine', 'other']);
  await audit(PROJECT_2);
}

it('opens a database of version 2 with everything in it, and has room for what version 3 adds', async () => {
  const db = await database();
  expect(db.version).toBe(DB_VERSION);
  expect([...db.objectStoreNames].sort()).toEqual([...ALL_STORES].sort());
  await expectWhole();
  const key = { column: 'a', by: 'name', extension: false, ignoreCase: false } as const;
  const columns = [{ name: 'a', type: 'number' as const, values: Float64Array.of(1) }];
  await addTable(PROJECT_2, 'a.csv', key, { n: 1, columns, problems: [], problemCount: 0 });
  expect(await readTables(PROJECT_2)).toHaveLength(1);
  await audit(PROJECT_2);
});

it('leaves version 2 whole wherever the upgrade is killed, and takes it up the next time', async () => {
  const { createObjectStore } = IDBDatabase.prototype;
  const added = ALL_STORES.length - 14;
  for (let nth = 1; nth <= added; nth++) {
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
    expect([old.version, old.objectStoreNames.length]).toEqual([2, 14]);
    old.close();
  }
  await expectWhole();
  await closeDatabase();
});
