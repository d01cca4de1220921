import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { failWrites } from '../../test/failing-writes';
import { freshDatabase, reopen } from '../../test/fresh-database';
import { RAW_PIXELS } from '../domain/spec';
import { announceFiles } from './files';
import { createProject, markDeleted, purgeProject, restoreProject } from './projects';
import * as queue from './queue';

beforeEach(freshDatabase);

const FIELDS = { spec: RAW_PIXELS, backend: 'auto', seed: 1, k: null, kMin: 5, kMax: 30 } as const;

async function queued(...names: string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const name of names) {
    const { id } = await createProject({ ...FIELDS, name });
    await queue.enqueue(id);
    ids.push(id);
  }
  return ids;
}

const names = async (): Promise<string> =>
  (await queue.readQueue()).map(({ project }) => project.name).join('');
const entry = async (id: string) => (await queue.readQueue()).find(({ project }) => project.id === id)?.entry;

describe('the queue', () => {
  it('keeps the order of arrival, with what the books say, over a closed page', async () => {
    const [, b] = await queued('a', 'b', 'c');
    await announceFiles(b, [{ path: 'x.png', size: 5, modified: 1 }]);
    await reopen();
    expect(await names()).toBe('abc');
    const [, set] = await queue.readQueue();
    expect(set.counts).toMatchObject({ announced: 1, missing: 1, bytes: 5 });
    expect(set.entry).toEqual({ projectId: b, position: 1, paused: false });
  });

  it('moves a set before another and to the end', async () => {
    const [a, b, c, d] = await queued('a', 'b', 'c', 'd');
    await queue.moveEntry(c, a);
    expect(await names()).toBe('cabd');
    await queue.moveEntry(c, null);
    expect(await names()).toBe('abdc');
    await queue.moveEntry(b, b);
    await queue.moveEntry('nothing', a);
    await queue.moveEntry(d, 'nothing');
    expect(await names()).toBe('abcd');
    const [e] = await queued('e');
    await queue.moveEntry(e, b);
    expect(await names()).toBe('aebcd');
  });

  it('holds any order that moves can make', async () => {
    const moves = fc.array(fc.tuple(fc.nat(4), fc.option(fc.nat(4))), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(moves, async (steps) => {
        await freshDatabase();
        const ids = await queued('a', 'b', 'c', 'd', 'e');
        let model = [...ids];
        for (const [from, to] of steps) {
          await queue.moveEntry(ids[from], to === null ? null : ids[to]);
          if (from === to) continue;
          model = model.filter((id) => id !== ids[from]);
          model.splice(to === null ? model.length : model.indexOf(ids[to]), 0, ids[from]);
        }
        expect((await queue.readQueue()).map(({ project }) => project.id)).toEqual(model);
        const positions = (await queue.readQueue()).map(({ entry }) => entry.position);
        expect(new Set(positions).size).toBe(5);
      }),
      { numRuns: 40 },
    );
  });

  it('takes a set out and puts it back where it was', async () => {
    const [, b, c] = await queued('a', 'b', 'c');
    const taken = await queue.dequeue(b);
    expect(await names()).toBe('ac');
    await queue.restoreEntry(taken!);
    expect(await names()).toBe('abc');
    expect(await queue.dequeue('nothing')).toBeNull();
    await queue.moveEntry(c, b);
    await queue.restoreEntry(taken!);
    expect(await names(), 'one that is there stays where it is').toBe('acb');
  });

  it('pauses one, holds all, and keeps the two apart', async () => {
    const [a, b, c] = await queued('a', 'b', 'c');
    await queue.changeEntry(a, { paused: true });
    await queue.changeEntry(b, {
      failure: { name: 'TesseraError', code: 'quota', message: 'full', params: {} },
    });
    await queue.changeEntry(c, { embeddedAt: 1 });
    await queue.holdAll(true);
    expect((await queue.readQueue()).map(({ entry }) => entry.held ?? false)).toEqual([true, true, false]);
    await reopen();
    await queue.holdAll(false);
    expect(await entry(a)).toMatchObject({ paused: true, held: false });
    expect((await entry(b))?.failure, 'space may be there now').toBeUndefined();
    await queue.enqueue(a);
    expect(await entry(a)).toEqual({ projectId: a, position: 0, paused: false });
    await queue.holdAll(true);
    const [d] = await queued('d');
    expect((await entry(d))?.held, 'it waits with the others').toBe(true);
    await queue.enqueue(d);
    expect((await entry(d))?.held, 'unless it is told to go').toBeUndefined();
    await queue.changeEntry('nothing', { paused: true });
    expect(await names()).toBe('abcd');
  });

  it('lets go of finished sets when asked, and when a new heap begins', async () => {
    const [a, b] = await queued('a', 'b');
    await queue.changeEntry(a, { embeddedAt: 1 });
    await queue.clearFinished();
    expect(await names()).toBe('b');
    await queued('c');
    await queue.changeEntry(b, { embeddedAt: 2 });
    await queued('d');
    expect(await names(), 'c still waits').toBe('bcd');
    for (const { project } of await queue.readQueue())
      await queue.changeEntry(project.id, { embeddedAt: 3, clusteredAt: 4 });
    await queued('e');
    expect(await names()).toBe('e');
  });

  it('leaves out removed projects, and forgets those that are gone for good', async () => {
    const [a, b] = await queued('a', 'b');
    await markDeleted(a);
    expect(await names()).toBe('b');
    await restoreProject(a);
    expect(await names()).toBe('ab');
    await purgeProject(b);
    expect(await names()).toBe('a');
    await expect(queue.enqueue(b)).rejects.toMatchObject({ code: 'store' });
  });

  it('has the old order or the new one when the page is killed at any write', async () => {
    const changes: [string, (ids: string[]) => Promise<unknown>, string[]][] = [
      ['move', ([a, , , d]) => queue.moveEntry(d, a), ['abcd', 'dabc']],
      ['enqueue', ([a]) => queue.enqueue(a), ['abcd', 'abcd']],
      ['dequeue', ([, b]) => queue.dequeue(b), ['abcd', 'acd']],
      ['hold', () => queue.holdAll(true), ['abcd', 'abcd']],
    ];
    for (const [what, change, allowed] of changes)
      for (let nth = 1, reached = true; reached; nth++) {
        await freshDatabase();
        const ids = await queued('a', 'b', 'c', 'd');
        const failing = failWrites(nth, () => new Error('the page is gone'), { dead: true });
        const failed = await change(ids).then(
          () => false,
          () => true,
        );
        failing.restore();
        reached = failing.writes() >= nth;
        await reopen();
        const held = new Set((await queue.readQueue()).map(({ entry }) => entry.held ?? false));
        expect([await names(), held.size], `${what}, write ${nth}`).toEqual([allowed[failed ? 0 : 1], 1]);
      }
  });
});
