import { openDB, type IDBPDatabase, type IDBPTransaction } from 'idb';
import { TesseraError } from '../domain/errors';
import { storeError } from './failure';
import { ALL_STORES, DB_NAME, DB_VERSION, type StoreName, type TesseraSchema } from './schema';

export type Database = IDBPDatabase<TesseraSchema>;
export type WriteTransaction<S extends StoreName> = IDBPTransaction<TesseraSchema, S[], 'readwrite'>;

let connection: Promise<Database> | null = null;

/**
 * The one connection of this thread. Errors: `blocked-upgrade` when another tab holds an older version open, `store`
 * when the browser refuses. A failed or closed connection is forgotten, so that the next call tries again.
 */
export function database(): Promise<Database> {
  connection ??= open().catch((error: unknown) => {
    connection = null;
    throw storeError(error);
  });
  return connection;
}

/** Closes this thread's connection; the next call of `database` opens another. */
export async function closeDatabase(): Promise<void> {
  const open = connection;
  connection = null;
  if (open) (await open.catch(() => null))?.close();
}

function open(): Promise<Database> {
  return new Promise((resolve, reject) => {
    let refused = false;
    openDB<TesseraSchema>(DB_NAME, DB_VERSION, {
      // Versions so far only added stores. One transaction: killed in the middle, the old version is left.
      upgrade(db, _old, _new, tx) {
        // The request that opens the database fails too, and tells.
        tx.done.catch(() => undefined);
        for (const name of ALL_STORES) if (!db.objectStoreNames.contains(name)) db.createObjectStore(name);
      },
      blocked() {
        refused = true;
        reject(
          new TesseraError(
            'blocked-upgrade',
            'Another tab keeps an older version of the stored projects open. Close the other tabs of this page and try again.',
          ),
        );
      },
      // An upgrade in another tab must not wait for this one: the next call here opens the new version.
      blocking: () => void closeDatabase(),
      terminated: () => (connection = null),
    }).then((db) => {
      if (refused) db.close();
      else resolve(db);
    }, reject);
  });
}

/**
 * One atomic write: `work` sees the stores in one transaction, which is committed when it resolves and undone when
 * it throws. `work` may await nothing but requests of that transaction.
 */
export async function write<S extends StoreName, T>(
  stores: readonly S[],
  work: (tx: WriteTransaction<S>) => Promise<T>,
): Promise<T> {
  const db = await database();
  const tx = db.transaction(stores as S[], 'readwrite', { durability: 'relaxed' });
  const done = tx.done;
  done.catch(() => undefined);
  try {
    const result = await work(tx);
    await done;
    return result;
  } catch (error) {
    try {
      tx.abort();
    } catch {
      // Already aborted by the request that failed.
    }
    throw storeError(tx.error ?? error);
  }
}

/** All keys that begin with the given parts: arrays sort after every other type of key. */
export function keysUnder(...parts: (string | number)[]): IDBKeyRange {
  return IDBKeyRange.bound(parts, [...parts, []]);
}
