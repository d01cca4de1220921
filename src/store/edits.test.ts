import { beforeEach, expect, it } from 'vitest';
import { failWrites } from '../../test/failing-writes';
import { freshDatabase, reopen } from '../../test/fresh-database';
import type { EditLog } from '../domain/edits';
import { deleteEdits, loadEdits, saveEdits } from './edits';
import { database } from './open';
import { purgeProject } from './projects';

const log = (sweep: string, k: number, done = 1): EditLog => ({
  version: 1,
  sweep,
  specKey: 'd',
  k,
  base: Uint16Array.of(0, 1, 1),
  names: new Map([[0, { name: 'before', note: '' }]]),
  edits: [
    { kind: 'move', rows: Uint32Array.of(2), to: null, at: 1 },
    { kind: 'name', cluster: 1, note: { name: 'after', note: '' }, at: 2 },
  ],
  done,
});
const NAMES = new Map([[1, { name: 'after', note: '' }]]);

beforeEach(async () => {
  await freshDatabase();
  const db = await database();
  for (const id of ['p', 'q']) await db.put('projects', { name: id } as never, id);
});

it('keeps the edits of each k of each sweep of a project, with what was undone, and replaces them', async () => {
  await saveEdits('p', log('s', 2), NAMES);
  await saveEdits('p', log('s', 3), NAMES);
  await saveEdits('p', log('old', 2), NAMES);
  await saveEdits('q', log('s', 2), NAMES);
  await saveEdits('p', log('s', 2, 2), NAMES);
  await reopen();
  const kept = await loadEdits('p');
  expect(kept).toHaveLength(3);
  expect(kept).toContainEqual(log('s', 2, 2));
  expect(kept).toContainEqual(log('old', 2));
  expect(await (await database()).get('notes', ['p', 's', 2])).toEqual(NAMES);
});

it('forgets those of one k alone, and leaves the names', async () => {
  await saveEdits('p', log('s', 2), NAMES);
  await saveEdits('p', log('s', 3), NAMES);
  await deleteEdits('p', { sweep: 's', k: 2 });
  expect((await loadEdits('p')).map(({ k }) => k)).toEqual([3]);
  expect(await (await database()).get('notes', ['p', 's', 2])).toEqual(NAMES);
});

it('keeps edits and names together or not at all', async () => {
  await saveEdits('p', log('s', 2), new Map());
  const full = (): Error => new DOMException('full', 'QuotaExceededError');
  const failing = failWrites(2, full, { dead: false });
  await expect(saveEdits('p', log('s', 2, 2), NAMES)).rejects.toMatchObject({ code: 'quota' });
  failing.restore();
  expect(await loadEdits('p')).toEqual([log('s', 2)]);
});

it('keeps nothing of a project that was deleted meanwhile', async () => {
  await purgeProject('p');
  await saveEdits('p', log('s', 2), NAMES);
  expect(await loadEdits('p')).toEqual([]);
  expect(await (await database()).count('notes')).toBe(0);
});
