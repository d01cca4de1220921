import { beforeEach, describe, expect, it, vi } from 'vitest';
import { freshDatabase } from '../../test/fresh-database';
import { closeDatabase, database, write } from './open';
import { DB_NAME, DB_VERSION, PROJECT_STORES } from './schema';

beforeEach(freshDatabase);

/** A connection as another tab would have it. */
function connect(version: number, onVersionChange: (db: IDBDatabase) => void): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DB_NAME, version);
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const db = request.result;
      db.onversionchange = () => onVersionChange(db);
      resolve(db);
    };
  });
}

describe('database', () => {
  it('is one connection with all stores', async () => {
    const db = await database();
    expect(await database()).toBe(db);
    expect([...db.objectStoreNames]).toEqual([...PROJECT_STORES, 'projects', 'tallies'].sort());
  });

  it('says that another tab blocks the upgrade, and opens when that is closed', async () => {
    const old = await connect(DB_VERSION, () => undefined);
    vi.resetModules();
    vi.doMock('./schema', async (original) => ({
      ...(await original<object>()),
      DB_VERSION: DB_VERSION + 1,
    }));
    const newer = await import('./open');
    await expect(newer.database()).rejects.toMatchObject({ code: 'blocked-upgrade' });
    old.close();
    expect((await newer.database()).version).toBe(DB_VERSION + 1);
    await newer.closeDatabase();
    vi.doUnmock('./schema');
  });

  it('gives way to an upgrade in another tab', async () => {
    await database();
    const newer = await connect(DB_VERSION + 1, () => undefined);
    expect(newer.version).toBe(DB_VERSION + 1);
    newer.close();
  });

  it('forgets a connection that failed', async () => {
    const newer = await connect(DB_VERSION + 1, (db) => db.close());
    newer.close();
    await expect(database()).rejects.toMatchObject({ code: 'store' });
    await new Promise((resolve) => (indexedDB.deleteDatabase(DB_NAME).onsuccess = resolve));
    expect((await database()).version).toBe(DB_VERSION);
  });

  it('opens again after it was closed', async () => {
    const first = await database();
    await closeDatabase();
    expect(await database()).not.toBe(first);
  });
});

describe('write', () => {
  it('undoes everything when the work throws', async () => {
    const failing = write(['projects', 'sweeps'], async (tx) => {
      await tx.objectStore('projects').put({ name: 'half' } as never, 'a');
      throw new Error('no');
    });
    await expect(failing).rejects.toMatchObject({ code: 'store', params: { reason: 'Error: no' } });
    expect(await (await database()).count('projects')).toBe(0);
  });

  it('tells that the space ran out', async () => {
    const failing = write(['projects'], () => Promise.reject(new DOMException('full', 'QuotaExceededError')));
    await expect(failing).rejects.toMatchObject({ code: 'quota' });
  });
});
