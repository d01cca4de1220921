import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { closeDatabase } from '../src/store/open';

/** An empty database in memory for the next test. */
export async function freshDatabase(): Promise<void> {
  await closeDatabase();
  globalThis.indexedDB = new IDBFactory();
}

/** The databases of one test file side by side: closing and opening stands for a new page. */
export const reopen = closeDatabase;
