import { beforeEach, expect, it, vi } from 'vitest';
import { audit } from '../../test/audit';
import { failWrites } from '../../test/failing-writes';
import { freshDatabase, reopen } from '../../test/fresh-database';
import { RAW_PIXELS } from '../domain/spec';
import type { JoinKey, Table } from '../domain/table';
import { createProject, listProjects, purgeProject } from './projects';
import * as tables from './tables';

const KEY: JoinKey = { column: 'path', by: 'path', extension: true, ignoreCase: false };
let id = '';

beforeEach(async () => {
  await freshDatabase();
  const fields = { spec: RAW_PIXELS, backend: 'auto', seed: 1, k: null, kMin: 5, kMax: 30 } as const;
  id = (await createProject({ ...fields, name: 'kept' })).id;
});

const size = async (): Promise<number> => (await listProjects())[0].storedBytes;
const ids = async (): Promise<string[]> => (await tables.readTables(id)).map((kept) => kept.id);

function table(n = 3): Table {
  const codes = Uint32Array.from({ length: n }, (_, i) => i + 1);
  return {
    n,
    columns: [
      { name: 'path', type: 'text', codes, words: ['', ...Array.from(codes, (code) => `${code}.png`)] },
      { name: '__proto__', type: 'number', values: Float64Array.from(codes, (code) => code / 2) },
      { name: 'תאריך', type: 'boolean', values: new Uint8Array(n).fill(2) },
    ],
    problems: [{ line: 2, reason: 'odd' }],
    problemCount: 1,
  };
}

it('come back as they were, in the order they came, and are counted', async () => {
  const now = vi.spyOn(Date, 'now').mockReturnValueOnce(2).mockReturnValueOnce(3);
  const first = await tables.addTable(id, 'a.csv', KEY, table());
  const second = await tables.addTable(id, 'b.csv', KEY, table(0));
  now.mockRestore();
  await tables.changeTableKey(id, first.id, { ...KEY, by: 'name' });
  expect(await tables.readTables(id)).toEqual([{ ...first, key: { ...KEY, by: 'name' } }, second]);
  expect(await tables.readTable(id, second.id)).toEqual(second);
  expect(await size()).toBe(3 * (4 + 8 + 1) + 3 * '1.png'.length);
  await audit(id);
});

it('are out of sight once removed, can be brought back, and free their space when purged', async () => {
  const first = await tables.addTable(id, 'a.csv', KEY, table());
  const second = await tables.addTable(id, 'b.csv', KEY, table());
  await tables.setTableRemoved(id, first.id, true);
  expect(await ids()).toEqual([second.id]);
  await tables.setTableRemoved(id, first.id, false);
  expect((await ids()).sort()).toEqual([first.id, second.id].sort());
  await tables.setTableRemoved(id, first.id, true);
  await audit(id);
  await tables.purgeTables(id);
  await tables.purgeTables(id);
  expect(await size()).toBe(3 * 13 + 15);
  await audit(id);
  await expect(tables.setTableRemoved(id, first.id, false)).rejects.toMatchObject({ code: 'store' });
  await expect(tables.readTable(id, first.id)).rejects.toMatchObject({ code: 'store' });
});

it('of a project that is gone are refused', async () => {
  await purgeProject(id);
  await expect(tables.addTable(id, 'a.csv', KEY, table())).rejects.toMatchObject({ code: 'store' });
  expect(await ids()).toEqual([]);
});

it('leave true books wherever the page is killed', async () => {
  const kept = await tables.addTable(id, 'a.csv', KEY, table());
  await tables.setTableRemoved(id, kept.id, true);
  let kills = 0;
  for (const deed of [() => tables.addTable(id, 'b.csv', KEY, table(5)), () => tables.purgeTables(id)])
    for (let nth = 1; ; nth++) {
      const { writes, restore } = failWrites(nth, () => new DOMException('killed', 'AbortError'), {
        dead: true,
      });
      await deed().catch(() => undefined);
      const reached = writes() >= nth;
      restore();
      await reopen();
      await audit(id);
      if (!reached) break;
      kills++;
    }
  expect(kills).toBeGreaterThan(3);
});
