import { TesseraError } from '../domain/errors';
import type { JoinKey, Table } from '../domain/table';
import { database, keysUnder, write } from './open';
import type { KeptTable } from './schema';
import { tableBytes } from './size';
import { changeTally } from './tally';

/** Keeps a table of metadata under a new id. Errors: `quota`, `store`. */
export async function addTable(
  projectId: string,
  name: string,
  key: JoinKey,
  table: Table,
): Promise<KeptTable> {
  const kept: KeptTable = { id: crypto.randomUUID(), name, addedAt: Date.now(), key, table };
  await write(['tallies', 'tables'], async (tx) => {
    await tx.objectStore('tables').add(kept, [projectId, kept.id]);
    await changeTally(tx, projectId, (tally) => (tally.storedBytes += tableBytes(table)));
  });
  return kept;
}

/** The tables of a project in the order they came; removed ones are left out. */
export async function readTables(projectId: string): Promise<KeptTable[]> {
  const kept = await (await database()).getAll('tables', keysUnder(projectId));
  return kept.filter(({ removed }) => !removed).sort((a, b) => a.addedAt - b.addedAt);
}

/** Throws `store` when there is no such table. */
export async function readTable(projectId: string, id: string): Promise<KeptTable> {
  return present(await (await database()).get('tables', [projectId, id]));
}

/** Joins a table by another key. Throws `store` when it is gone. */
export async function changeTableKey(projectId: string, id: string, key: JoinKey): Promise<void> {
  await change(projectId, id, (kept) => ({ ...kept, key }));
}

/** Takes a table away, or brings it back: its space is freed by `purgeTables`. Throws `store` when it is gone. */
export async function setTableRemoved(projectId: string, id: string, removed: boolean): Promise<void> {
  await change(projectId, id, (kept) => ({ ...kept, removed }));
}

/** Frees the space of the tables that were taken away. */
export async function purgeTables(projectId: string): Promise<void> {
  const kept = await (await database()).getAll('tables', keysUnder(projectId));
  const removed = kept.filter((table) => table.removed);
  if (removed.length === 0) return;
  await write(['tallies', 'tables'], async (tx) => {
    let freed = 0;
    for (const table of removed) {
      const key: [string, string] = [projectId, table.id];
      // Another tab may have purged it meanwhile.
      if ((await tx.objectStore('tables').getKey(key)) === undefined) continue;
      await tx.objectStore('tables').delete(key);
      freed += tableBytes(table.table);
    }
    await changeTally(tx, projectId, (tally) => (tally.storedBytes -= freed));
  });
}

async function change(projectId: string, id: string, to: (kept: KeptTable) => KeptTable): Promise<void> {
  await write(['tables'], async (tx) => {
    const store = tx.objectStore('tables');
    await store.put(to(present(await store.get([projectId, id]))), [projectId, id]);
  });
}

function present(kept: KeptTable | undefined): KeptTable {
  if (!kept) throw new TesseraError('store', 'This table is no longer kept; drop the file again.');
  return kept;
}
