import { beforeEach, expect, it, vi } from 'vitest';
import { audit } from '../../test/audit';
import { freshDatabase } from '../../test/fresh-database';
import { makeVersion1, OLD_PROJECT, OLD_SPEC } from '../../test/version-1';
import { closeDatabase, database } from './open';
import { loadNotes } from './notes';
import { listProjects } from './projects';
import { loadRowTable, loadSkipped } from './rows';
import { DB_VERSION } from './schema';
import { loadSweep } from './sweeps';

beforeEach(async () => {
  await freshDatabase();
  await makeVersion1();
});

async function expectWhole(): Promise<void> {
  const [{ project, counts }] = await listProjects();
  expect(project).toMatchObject({ id: OLD_PROJECT, name: 'from version 1', updatedAt: 2 });
  expect(counts).toMatchObject({ announced: 4, embedded: 2, duplicates: 1, skipped: 1, missing: 0 });
  const rows = await loadRowTable(OLD_PROJECT);
  expect(rows.paths).toEqual(['a.png', 'b/c.png']);
  expect(await loadSkipped(OLD_PROJECT)).toMatchObject([{ path: 'broken.jpg', code: 'broken' }]);
  const sweep = (await loadSweep(OLD_PROJECT, OLD_SPEC))!;
  expect((await loadNotes(OLD_PROJECT, sweep, 1)).get(0)).toEqual({ name: 'greys', note: '' });
  await audit(OLD_PROJECT);
}

it('opens a database of version 1 with everything in it', async () => {
  expect((await database()).version).toBe(DB_VERSION);
  await expectWhole();
});

it('leaves version 1 whole when the upgrade is killed, and takes it up the next time', async () => {
  const { createObjectStore } = IDBDatabase.prototype;
  for (const nth of [1, 2]) {
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
    expect([old.version, old.objectStoreNames.contains('models')]).toEqual([1, false]);
    old.close();
  }
  await expectWhole();
  await closeDatabase();
});
