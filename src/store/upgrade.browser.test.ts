import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeVersion1, OLD_PROJECT, OLD_SPEC } from '../../test/version-1';
import { loadHierarchy } from './hierarchies';
import { readOriginal } from './intake';
import { closeDatabase, database } from './open';
import { listProjects } from './projects';
import { loadRowTable } from './rows';
import { DB_NAME, DB_VERSION } from './schema';

async function empty(): Promise<void> {
  await closeDatabase();
  await new Promise<void>((resolve, reject) => {
    const request = indexedDB.deleteDatabase(DB_NAME);
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error);
  });
}

beforeEach(empty);
afterEach(empty);

/** A worker that opens version 2 and adds a store in a transaction that it never lets end. */
const STUCK = `
const request = indexedDB.open('tessera', 2);
request.onupgradeneeded = () => {
  const store = request.result.createObjectStore('hierarchies');
  const keepAlive = () => (store.get('x').onsuccess = keepAlive);
  keepAlive();
  postMessage('in the middle');
};`;

it('takes up a database of version 1 after a page was killed in the middle of the upgrade', async () => {
  await makeVersion1();
  const address = URL.createObjectURL(new Blob([STUCK], { type: 'text/javascript' }));
  const worker = new Worker(address);
  await new Promise((resolve) => (worker.onmessage = resolve));
  worker.terminate();
  URL.revokeObjectURL(address);

  const db = await database();
  expect(db.version).toBe(DB_VERSION);
  expect([...db.objectStoreNames]).toEqual(expect.arrayContaining(['hierarchies', 'models', 'sweeps']));
  const [{ project, counts }] = await listProjects();
  expect([project.name, counts.embedded]).toEqual(['from version 1', 2]);
  expect((await loadRowTable(OLD_PROJECT)).paths).toEqual(['a.png', 'b/c.png']);
  expect(await (await readOriginal(OLD_PROJECT, 'bb'))!.text()).toBe('bbb');
  expect(await loadHierarchy(OLD_PROJECT, OLD_SPEC, 'kmeans')).toBeNull();
});
