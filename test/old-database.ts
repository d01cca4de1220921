export type OldRecord = [store: string, key: IDBValidKey, value: unknown];

/** Makes the database `tessera` as an earlier version left it; the place must be empty. */
export function makeOldDatabase(
  version: number,
  stores: readonly string[],
  records: readonly OldRecord[],
): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('tessera', version);
    request.onupgradeneeded = () => stores.forEach((name) => request.result.createObjectStore(name));
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const db = request.result;
      const tx = db.transaction(stores, 'readwrite');
      for (const [store, key, value] of records) tx.objectStore(store).put(value, key);
      tx.onerror = () => reject(tx.error);
      tx.oncomplete = () => {
        db.close();
        resolve();
      };
    };
  });
}
