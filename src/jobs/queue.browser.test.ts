import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { failWrites } from '../../test/failing-writes';
import { DEFAULT_SWEEP } from '../domain/clustering';
import type { DroppedFile } from '../domain/files';
import { RAW_PIXELS, specKey, type EmbedSpec } from '../domain/spec';
import { defaultSpec } from '../models/catalogue';
import { purgeProject } from '../store/projects';
import { readQueue } from '../store/queue';
import {
  closeDatabase,
  createProject,
  isProjectLocked,
  lastSweep,
  listProjects,
  updateProject,
} from './projects';
import { QueueJob, type QueueEvent } from './queue';

async function pictures(count: number, hue = 0): Promise<DroppedFile[]> {
  const canvas = new OffscreenCanvas(40, 40);
  const pen = canvas.getContext('2d')!;
  const files: DroppedFile[] = [];
  for (let i = 0; i < count; i++) {
    pen.fillStyle = `hsl(${hue + (i % 5) * 60} 80% ${40 + (i % 7)}%)`;
    pen.fillRect(0, 0, 40, 40);
    pen.fillStyle = 'black';
    pen.fillRect(i % 37, Math.floor(i / 37), 3, 3);
    const name = `${hue}-${i}.png`;
    files.push({ path: `set/${name}`, file: new File([await canvas.convertToBlob()], name) });
  }
  return files;
}

async function create(name: string, spec: EmbedSpec = RAW_PIXELS): Promise<string> {
  const fields = { name, spec, backend: 'wasm', seed: 1, k: null, kMin: 2, kMax: 5 } as const;
  return (await createProject(fields)).id;
}

interface Tab {
  queue: QueueJob;
  events: QueueEvent[];
}
const tabs: Tab[] = [];

function tab(): Tab {
  const events: QueueEvent[] = [];
  const queue = new QueueJob({
    listen: (event) => events.push(event),
    backendOf: () => 'wasm',
    optionsOf: ({ seed, kMin, kMax }) => ({ ...DEFAULT_SWEEP, seed, kMin, kMax }),
  });
  const made = { queue, events };
  tabs.push(made);
  return made;
}

async function until(what: string, done: () => unknown, ms = 60_000): Promise<void> {
  const end = Date.now() + ms;
  while (!(await done())) {
    if (Date.now() > end) throw new Error(`Still waiting for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const turns = ({ events }: Tab) =>
  events.flatMap((event) => (event.type === 'turn' && event.turn ? [event.turn] : []));
const order = (of: Tab, step: 'embed' | 'cluster') =>
  turns(of).flatMap((turn) => (turn.step === step ? [turn.projectId] : []));
const rowsOf = (of: Tab, id: string) =>
  of.events.some((event) => event.type === 'embed' && event.projectId === id && event.event.type === 'rows');
const over = (of: Tab) => until('the end', () => of.events.some(({ type }) => type === 'over'));
const counts = async (id: string) => (await listProjects()).find(({ project }) => project.id === id)!.counts;

beforeEach(async () => {
  for (const { project } of await listProjects()) await purgeProject(project.id);
});
afterEach(async () => {
  for (const { queue } of tabs.splice(0)) await queue.dispose();
  await closeDatabase();
});

describe('a queue of sets', () => {
  it('embeds and clusters one after the other', async () => {
    const ids = [await create('a'), await create('b'), await create('c')];
    const one = tab();
    await Promise.all(ids.map(async (id, i) => one.queue.add(id, await pictures(30, i * 20))));
    await over(one);
    // A set whose files were still being listed when it had its turn has another one.
    expect([...new Set(order(one, 'embed'))]).toEqual(ids);
    expect(order(one, 'cluster')).toEqual(ids);
    expect(one.events.filter(({ type }) => type === 'ready')).toHaveLength(3);
    for (const id of ids) {
      expect(await counts(id)).toMatchObject({ announced: 30, embedded: 30, waiting: 0, missing: 0 });
      expect((await lastSweep(id, specKey(RAW_PIXELS)))!).toMatchObject({
        n: 30,
        asked: { kMin: 2, kMax: 5 },
      });
      expect(await isProjectLocked(id)).toBe(false);
    }
    expect((await readQueue()).every(({ entry }) => entry.embeddedAt && entry.clusteredAt)).toBe(true);
  });

  it('takes sets in the order they were moved to, and passes those that are paused', async () => {
    const a = await create('a', defaultSpec('squash'));
    const [b, c, d] = [await create('b'), await create('c'), await create('d')];
    const one = tab();
    await one.queue.add(a, await pictures(30));
    await until('a begins', () => order(one, 'embed').length > 0);
    await one.queue.pauseAll();
    for (const [i, id] of [b, c, d].entries()) await one.queue.add(id, await pictures(6, i * 20));
    expect(await counts(a)).not.toMatchObject({ embedded: 30 });
    await one.queue.move(d, a);
    await one.queue.move(b, null);
    await one.queue.pause(c);
    expect((await readQueue()).map(({ project }) => project.name).join('')).toBe('dacb');
    expect(order(one, 'cluster')).toEqual([]);
    await one.queue.resumeAll();
    await until('three sets', () => order(one, 'cluster').length === 3);
    // The one that had begun keeps its turn.
    expect(order(one, 'cluster')).toEqual([a, d, b]);
    expect(one.events.some(({ type }) => type === 'over')).toBe(false);
    await one.queue.enqueue(c);
    await over(one);
    expect(order(one, 'cluster')).toEqual([a, d, b, c]);
  });

  it('passes the turn when the one that runs is paused, and comes back to it', async () => {
    const [a, b] = [await create('a'), await create('b')];
    const one = tab();
    await one.queue.add(a, await pictures(600));
    await until('rows of a', () => rowsOf(one, a));
    await one.queue.add(b, await pictures(10, 90));
    await one.queue.pause(a);
    await until('b is done', () => order(one, 'cluster').includes(b));
    const then = await counts(a);
    expect(then.embedded).toBeGreaterThan(0);
    expect(then.embedded).toBeLessThan(600);
    await one.queue.enqueue(a);
    await over(one);
    expect(await counts(a)).toMatchObject({ embedded: 600, missing: 0 });
  });

  it('waits where it is when nobody else can go on, until another set comes', async () => {
    const [a, b] = [await create('a'), await create('b')];
    const one = tab();
    await one.queue.add(a, await pictures(500));
    await until('rows of a', () => rowsOf(one, a));
    await one.queue.pause(a);
    const last = one.events
      .filter((event) => event.type === 'embed' && event.event.type === 'progress')
      .at(-1);
    expect(last).toMatchObject({ event: { progress: { state: 'paused' } } });
    expect(await isProjectLocked(a)).toBe(true);
    await one.queue.add(b, await pictures(6, 90));
    await until('b is done', () => order(one, 'cluster').includes(b));
    await one.queue.enqueue(a);
    await over(one);
    expect(await counts(a)).toMatchObject({ embedded: 500 });
  });

  it('keeps the files of those that wait, and goes on with them in another page', async () => {
    const [a, b] = [await create('a'), await create('b')];
    const one = tab();
    await one.queue.add(a, await pictures(500));
    await one.queue.add(b, await pictures(80, 90));
    await until('b is kept', async () => (await counts(b)).waiting === 80);
    expect(one.events.some((event) => event.type === 'kept' && event.projectId === b)).toBe(true);
    await one.queue.dispose();
    expect((await counts(b)).embedded).toBe(0);

    const two = tab();
    await two.queue.start();
    await over(two);
    expect(order(two, 'embed')).toEqual([a, b]);
    expect(await counts(b)).toMatchObject({ embedded: 80, missing: 0 });
    const { embedded, missing } = await counts(a);
    expect(embedded + missing).toBe(500);
  });

  it('sets one that fails aside with its reason, and goes on with the next', async () => {
    const [a, b] = [
      await create('a', { ...defaultSpec('squash'), sha256: '0'.repeat(64) }),
      await create('b'),
    ];
    const one = tab();
    await one.queue.add(a, await pictures(4));
    await one.queue.add(b, await pictures(20, 90));
    await until('b is done', () => order(one, 'cluster').includes(b));
    expect(one.events.find(({ type }) => type === 'failed')).toMatchObject({ projectId: a });
    await until('all is told', () => one.events.some(({ type }) => type === 'over'));
    const [first] = await readQueue();
    expect(first.entry).toMatchObject({ projectId: a, failure: { name: 'TesseraError' } });
    await updateProject(a, { spec: RAW_PIXELS });
    await one.queue.enqueue(a);
    await until('a is done', () => order(one, 'cluster').includes(a));
    expect(await counts(a)).toMatchObject({ embedded: 4 });
  });

  it('leaves the clusters of the set that is shown to those who show it, until they leave', async () => {
    const a = await create('a');
    const one = tab();
    one.queue.show(a);
    await one.queue.add(a, await pictures(20));
    await over(one);
    expect(order(one, 'cluster')).toEqual([]);
    one.queue.show(null);
    await until('clusters', () => lastSweep(a, specKey(RAW_PIXELS)));
    expect(order(one, 'cluster')).toEqual([a]);
  });

  it('takes a set out and puts it back, and changes one that runs in between', async () => {
    const [a, b] = [await create('a'), await create('b')];
    const one = tab();
    await one.queue.add(a, await pictures(500));
    await one.queue.add(b, await pictures(5, 90));
    const back = await one.queue.remove(b);
    expect((await readQueue()).map(({ project }) => project.id)).toEqual([a]);
    await until('rows of a', () => rowsOf(one, a));
    const smaller = { ...RAW_PIXELS, width: 8, height: 8, dim: 192 };
    await one.queue.without(a, async () => {
      expect(await isProjectLocked(a)).toBe(false);
      await updateProject(a, { spec: smaller });
    });
    await back();
    await over(one);
    expect(await counts(a)).toMatchObject({ embedded: 500 });
    expect((await lastSweep(a, specKey(smaller)))!.d).toBe(192);
    expect(await counts(b)).toMatchObject({ embedded: 5 });
  });
});

describe('two tabs', () => {
  it('lets one work; the other is told, keeps what it is given, and takes over', async () => {
    const [a, b] = [await create('a', defaultSpec('squash')), await create('b')];
    const [one, two] = [tab(), tab()];
    await one.queue.add(a, await pictures(250));
    await until('rows of a', () => rowsOf(one, a));
    await two.queue.add(b, await pictures(20, 90));
    await until('it is told', () =>
      two.events.some((event) => event.type === 'elsewhere' && event.elsewhere),
    );
    await until('rows of a are told', () => rowsOf(two, a));
    await until('b is kept', async () => (await counts(b)).waiting === 20);
    expect(order(two, 'cluster')).toEqual([]);
    await one.queue.dispose();
    await until('it takes over', () =>
      two.events.some((event) => event.type === 'elsewhere' && !event.elsewhere),
    );
    await over(two);
    expect(await counts(b)).toMatchObject({ embedded: 20, missing: 0 });
    const { embedded, missing, duplicates } = await counts(a);
    expect([embedded + missing, duplicates]).toEqual([250, 0]);
  });

  it('gives what a second tab brought to the first', async () => {
    const [a, b] = [await create('a'), await create('b')];
    const [one, two] = [tab(), tab()];
    await one.queue.add(a, await pictures(200));
    await two.queue.add(b, await pictures(20, 90));
    await until('b is done', () => order(one, 'cluster').includes(b));
    expect(await counts(b)).toMatchObject({ embedded: 20, missing: 0 });
  });

  it('pauses in all tabs when the space runs out, in those opened later too, and goes on in all', async () => {
    const [a, b] = [await create('a'), await create('b')];
    const [one, two] = [tab(), tab()];
    const isFull = ({ events }: Tab): boolean =>
      events.flatMap((event) => (event.type === 'full' ? [event.error !== null] : [])).at(-1) ?? false;
    const arrivals = ({ events }: Tab) =>
      events.flatMap((event) => (event.type === 'arrivals' ? [event.arrivals] : [])).at(-1) ?? [];
    await one.queue.add(a, await pictures(500));
    await until('rows of a', () => rowsOf(one, a));
    // Only what this thread writes fails: the place in the queue.
    const full = (): Error => new DOMException('no space', 'QuotaExceededError');
    const failing = failWrites(1, full, { dead: true });
    expect(await two.queue.add(b, await pictures(20, 90))).toBe(false);
    expect(arrivals(two)).toMatchObject([{ projectId: b, name: 'b', files: 20 }]);
    await until('the first is told', () => isFull(one));
    const three = tab();
    await three.queue.start();
    await until('the third is told', () => isFull(three));
    await until('nobody writes a', async () => !(await isProjectLocked(a)));
    expect((await counts(a)).embedded).toBeLessThan(500);

    failing.restore();
    await three.queue.resumeAll();
    await until('both are done', async () => (await readQueue()).filter(({ entry }) => entry.clusteredAt).length === 2); // prettier-ignore
    expect([isFull(one), isFull(two), isFull(three), arrivals(two)]).toEqual([false, false, false, []]);
    expect(await counts(a)).toMatchObject({ embedded: 500, missing: 0, duplicates: 0 });
    expect(await counts(b)).toMatchObject({ embedded: 20, missing: 0, duplicates: 0 });
  });
});
