import type { Page } from '@playwright/test';

/** What is kept of the layouts of the one project, by method and dimensions. */
export const keptLayouts = (
  page: Page,
): Promise<Record<string, { n: number; laid: number; coords: number[] }>> =>
  page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('tessera');
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error!);
    });
    const all = await new Promise<
      { method: string; dims: number; n: number; laid: number; coords: Float32Array }[]
    >((resolve) => {
      const request = database.transaction('projections').objectStore('projections').getAll();
      request.onsuccess = () => resolve(request.result);
    });
    database.close();
    return Object.fromEntries(
      all.map(({ method, dims, n, laid, coords }) => [`${method}-${dims}`, { n, laid, coords: [...coords] }]),
    );
  });
