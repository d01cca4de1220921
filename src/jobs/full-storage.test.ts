import { beforeEach, describe, expect, it, vi } from 'vitest';
import { failWrites } from '../../test/failing-writes';
import { FAKE_SPEC, fakeFile } from '../../test/fake-threads';
import { freshDatabase } from '../../test/fresh-database';
import type { DroppedFile } from '../domain/files';
import { readQueue } from '../store/queue';
import { createProject, listProjects, purgeRemoved, removeProject } from './projects';
import { QueueJob, type ArrivalFacts, type QueueEvent } from './queue';

vi.mock('./embed-job', async () => ({
  EmbedJob: (await import('../../test/local-embed-job')).LocalEmbedJob,
}));
vi.mock('./cluster-set', () => ({ clusterSet: () => Promise.resolve(true) }));

beforeEach(freshDatabase);

const NAMES = ['birds', 'cats', 'dogs'];
const FILES = 9;
const FIELDS = { spec: FAKE_SPEC, backend: 'wasm', seed: 1, k: null, kMin: 2, kMax: 5 } as const;
const full = (): Error => new DOMException('no space', 'QuotaExceededError');
const files = (name: string): DroppedFile[] =>
  Array.from({ length: FILES }, (_, i) => fakeFile(`${name}/${i}.png`, `a picture of ${name} ${i}`));

interface Told {
  queue: QueueJob;
  events: QueueEvent[];
  arrivals: readonly ArrivalFacts[];
}

function queueOf(): Told {
  const told: Told = { queue: null!, events: [], arrivals: [] };
  told.queue = new QueueJob({
    listen: (event) => {
      told.events.push(event);
      if (event.type === 'arrivals') told.arrivals = event.arrivals;
    },
    backendOf: () => 'wasm',
    optionsOf: () => null!,
  });
  return told;
}

const fullTold = ({ events }: Told): boolean[] =>
  events.flatMap((event) => (event.type === 'full' ? [event.error !== null] : []));
const isOver = ({ events }: Told): boolean => events.some(({ type }) => type === 'over');
const turnOf = ({ events }: Told): unknown =>
  events.flatMap((event) => (event.type === 'turn' ? [event.turn] : [])).at(-1) ?? null;

async function until(what: string, done: () => boolean): Promise<void> {
  const end = Date.now() + 20_000;
  while (!done()) {
    if (Date.now() > end) throw new Error(`Still waiting for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

async function expectAllDone(told: Told): Promise<void> {
  expect(told.arrivals).toEqual([]);
  const sets = await readQueue();
  expect(sets.map(({ project }) => project.name).sort()).toEqual(NAMES);
  for (const { counts, entry } of sets) {
    expect(entry).toMatchObject({ embeddedAt: expect.any(Number), clusteredAt: expect.any(Number) });
    expect(counts).toMatchObject({
      announced: FILES,
      embedded: FILES,
      duplicates: 0,
      missing: 0,
      skipped: 0,
    });
  }
  expect((await listProjects()).length, 'no project twice').toBe(NAMES.length);
}

describe('space running out at any write while sets are added', () => {
  it('tells of every set, stops all, and lets all go on when there is room', async () => {
    let nth = 1;
    for (let reached = true; reached; nth++) {
      await freshDatabase();
      const told = queueOf();
      const failing = failWrites(nth, full, { dead: true });
      for (const name of NAMES) {
        const isIn = await told.queue.addSet({ ...FIELDS, name }, files(name));
        expect(isIn, `${name} at write ${nth}`).toBe(!told.arrivals.some((arrival) => arrival.name === name));
      }
      await until(`an end at write ${nth}`, () => fullTold(told).includes(true) || isOver(told));
      await until('no turn', () => turnOf(told) === null);
      reached = failing.writes() >= nth;
      expect(fullTold(told).includes(true)).toBe(reached);
      const placed = (await readQueue()).map(({ project }) => project.name);
      const seen = new Set([...placed, ...told.arrivals.map(({ name }) => name)]);
      expect([...seen].sort(), `at write ${nth}`).toEqual(NAMES);

      failing.restore();
      await told.queue.resumeAll();
      await until(`the end after write ${nth}`, () => isOver(told));
      if (reached) expect(fullTold(told).at(-1)).toBe(false);
      await expectAllDone(told);
      await told.queue.dispose();
    }
    expect(nth).toBeGreaterThan(20);
  });

  it('stays as it is when all are to go on and there is no room yet', async () => {
    const told = queueOf();
    const failing = failWrites(1, full, { dead: true });
    for (const name of NAMES) await told.queue.addSet({ ...FIELDS, name }, files(name));
    for (let i = 0; i < 3; i++) {
      await told.queue.resumeAll();
      expect(told.arrivals.map(({ name }) => name)).toEqual(NAMES);
      expect(fullTold(told).at(-1)).toBe(true);
    }
    failing.restore();
    await told.queue.leave(told.arrivals[1].id);
    expect(told.arrivals.map(({ name, files }) => [name, files])).toEqual([['birds', 9], ['dogs', 9]]); // prettier-ignore
    // Asked twice at once, each is made once.
    await Promise.all([told.queue.resumeAll(), told.queue.resumeAll()]);
    await until('the end', () => isOver(told));
    expect((await listProjects()).map(({ project }) => project.name).sort()).toEqual(['birds', 'dogs']);
    await told.queue.dispose();
  });

  it('takes a set that was removed meanwhile for not wanted', async () => {
    const told = queueOf();
    const { id } = await createProject({ ...FIELDS, name: 'birds' });
    const failing = failWrites(1, full, { dead: true });
    expect(await told.queue.add(id, files('birds'))).toBe(false);
    failing.restore();
    await removeProject(id);
    await told.queue.resumeAll();
    expect([told.arrivals, await readQueue(), await listProjects()]).toEqual([[], [], []]);
    expect(told.events.some(({ type }) => type === 'failed')).toBe(false);
    await purgeRemoved();
    await told.queue.dispose();
  });
});

describe('removing a project while the storage is full', () => {
  /** Only what puts something fails: to take away needs no space. */
  function failPuts(): { restore: () => void } {
    const spy = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw full();
    });
    return { restore: () => spy.mockRestore() };
  }

  it('frees its space, and can be undone until then', async () => {
    const told = queueOf();
    for (const name of NAMES) await told.queue.addSet({ ...FIELDS, name }, files(name));
    await until('the end', () => isOver(told));
    const [birds, cats] = await listProjects();
    const failing = failPuts();
    const { undo } = await removeProject(birds.project.id);
    await removeProject(cats.project.id);
    expect(await listProjects()).toHaveLength(1);
    expect(await readQueue()).toHaveLength(1);
    await undo();
    expect(await listProjects()).toHaveLength(2);
    await purgeRemoved();
    failing.restore();
    const left = (await listProjects()).map(({ project }) => project.id);
    expect(left).toContain(birds.project.id);
    expect(left).not.toContain(cats.project.id);
    await expect(undo()).rejects.toMatchObject({ code: 'store' });
    await told.queue.dispose();
  });
});
