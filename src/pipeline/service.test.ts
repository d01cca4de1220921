import { zipSync } from 'fflate';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { audit } from '../../test/audit';
import { FAKE_SPEC, OTHER_SPEC, fakeFile, fakeImage, fakeThreads, fakeVector } from '../../test/fake-threads';
import { failWrites } from '../../test/failing-writes';
import { freshDatabase } from '../../test/fresh-database';
import { TesseraError } from '../domain/errors';
import type { DroppedFile } from '../domain/files';
import type { EmbedEvent } from '../domain/progress';
import type { Counts } from '../domain/project';
import { specKey, type EmbedSpec } from '../domain/spec';
import { textAt } from '../domain/table';
import { loadFacts } from '../store/facts';
import { createProject, listProjects, purgeProject, updateProject } from '../store/projects';
import { loadRowTable, loadSkipped } from '../store/rows';
import { readVectors } from '../store/vectors';
import { Embedding } from './service';

beforeEach(freshDatabase);

function project(name = 'test', spec: EmbedSpec = FAKE_SPEC) {
  return createProject({ name, spec, backend: 'auto', seed: 1, k: null, kMin: 5, kMax: 30 });
}

const KEY = specKey(FAKE_SPEC);
const many = (count: number, from = 0): DroppedFile[] =>
  Array.from({ length: count }, (_, i) => fakeFile(`set/${from + i}.png`, `image ${from + i}`));

/** Adds and runs; answers what was told. */
async function embed(
  service: Embedding,
  projectId: string,
  files: DroppedFile[],
  spec: EmbedSpec = FAKE_SPEC,
): Promise<EmbedEvent[]> {
  const events: EmbedEvent[] = [];
  if (files.length) await service.add(projectId, files);
  await service.run(projectId, spec, 'auto', (event) => events.push(event));
  return events;
}

async function counts(projectId: string): Promise<Counts> {
  return (await listProjects()).find(({ project: { id } }) => id === projectId)!.counts;
}

function of<T extends EmbedEvent['type']>(events: EmbedEvent[], type: T) {
  return events.filter((event): event is Extract<EmbedEvent, { type: T }> => event.type === type);
}

async function vectorsOf(projectId: string, key = KEY): Promise<number[][]> {
  const rows: number[][] = [];
  for await (const { n, d, data, row0 } of readVectors(projectId, key)) {
    expect(row0).toBe(rows.length);
    for (let i = 0; i < n; i++) rows.push([...data.subarray(i * d, (i + 1) * d)]);
  }
  return rows;
}

const NOTHING: Counts = {
  announced: 0,
  bytes: 0,
  waiting: 0,
  embedded: 0,
  duplicates: 0,
  skipped: 0,
  missing: 0,
};

describe('embedding a project', () => {
  it('finishes at once with nothing to do', async () => {
    const { id } = await project();
    const events = await embed(new Embedding(fakeThreads()), id, []);
    expect(of(events, 'finished')[0].counts).toEqual(NOTHING);
    expect(of(events, 'failed')).toEqual([]);
  });

  it('takes the size of the vectors from the network where its file does not tell', async () => {
    const unknown = { ...FAKE_SPEC, dim: 0 };
    const { id } = await project('test', unknown);
    const events = await embed(new Embedding(fakeThreads()), id, many(9), unknown);
    expect(of(events, 'finished')[0].counts).toMatchObject({ embedded: 9, waiting: 0 });
    expect(await vectorsOf(id)).toEqual(Array.from({ length: 9 }, (_, i) => fakeVector(`image ${i}`)));
  });

  it.each([1, 3, 4, 5, 63, 64, 65, 200])('embeds %i images in the order they were dropped', async (n) => {
    const { id } = await project();
    const threads = fakeThreads();
    const events = await embed(new Embedding(threads), id, many(n));
    const [end] = of(events, 'finished');
    expect(end.counts).toMatchObject({ announced: n, embedded: n, waiting: 0, missing: 0 });
    const table = await loadRowTable(id);
    expect(table.paths).toEqual(many(n).map(({ path }) => path));
    expect(await vectorsOf(id)).toEqual(Array.from({ length: n }, (_, i) => fakeVector(`image ${i}`)));
    expect(threads.embedded()).toBe(n);
    const rows = of(events, 'rows').reduce((sum, event) => sum + event.n, 0);
    expect(rows).toBe(n);
  });

  it('starts the network before the first file is read', async () => {
    const { id } = await project();
    const threads = fakeThreads();
    const { path, file } = fakeFile('a.png');
    const bytes = await file.arrayBuffer();
    const slow = Object.assign(file, {
      arrayBuffer: async () => {
        await vi.waitFor(() => expect(threads.spawned().networks).toBe(1), 2000);
        return bytes;
      },
    });
    const events = await embed(new Embedding(threads), id, [{ path, file: slow }]);
    expect(of(events, 'finished')[0].counts).toMatchObject({ embedded: 1, skipped: 0 });
  });

  it('keeps the order with networks side by side, whichever is faster', async () => {
    const { id } = await project();
    const threads = fakeThreads();
    threads.networks = 3;
    const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
    threads.beforeBatch = (call) => wait(call % 3 ? 2 : 12);
    await embed(new Embedding(threads), id, many(100));
    expect(threads.spawned().networks).toBe(3);
    expect(await vectorsOf(id)).toEqual(Array.from({ length: 100 }, (_, i) => fakeVector(`image ${i}`)));
  });

  it('accounts for every kind of file', async () => {
    const { id } = await project();
    const files: DroppedFile[] = [
      ...many(5),
      fakeFile('copy/0.png', 'image 0'),
      fakeFile('copy/again.png', 'image 0'),
      fakeFile('bad/broken.png', 'broken 1'),
      fakeFile('bad/broken too.png', 'broken 1'),
      fakeFile('bad/dies.png', 'die'),
      fakeFile('bad/no numbers.png', 'thirteen long'),
      { path: 'bad/empty.png', file: new File([], 'empty.png') },
      { path: 'bad/text.png', file: new File(['hello'], 'text.png') },
      { path: 'bad/.DS_Store', file: new File(['x'], '.DS_Store') },
      { path: 'bad/locked', file: new File([], 'locked'), unreadable: 'no permission' },
      { path: 'bad/archive.zip', file: new File(['PK nothing'], 'archive.zip') },
    ];
    const events = await embed(new Embedding(fakeThreads()), id, files);
    expect(of(events, 'failed')).toEqual([]);
    expect(await counts(id)).toMatchObject({ announced: 16, embedded: 5, duplicates: 2, skipped: 9 });
    const skipped = Object.fromEntries((await loadSkipped(id)).map(({ path, code }) => [path, code]));
    expect(skipped).toEqual({
      'bad/broken.png': 'broken',
      'bad/broken too.png': 'broken',
      'bad/dies.png': 'broken',
      'bad/no numbers.png': 'bad-embedding',
      'bad/empty.png': 'empty',
      'bad/text.png': 'not-image',
      'bad/.DS_Store': 'system-file',
      'bad/locked': 'unreadable',
      'bad/archive.zip': 'archive',
    });
    const table = await loadRowTable(id);
    expect(table.duplicates).toEqual(new Map([[0, ['copy/0.png', 'copy/again.png']]]));
  });

  it('gives a broken content the same reason wherever it turns up later', async () => {
    const { id } = await project();
    const threads = fakeThreads();
    await embed(new Embedding(threads), id, [fakeFile('a.png', 'broken')]);
    await embed(new Embedding(threads), id, [fakeFile('b.png', 'broken')]);
    expect((await loadSkipped(id)).map(({ path, code }) => [path, code])).toEqual([
      ['a.png', 'broken'],
      ['b.png', 'broken'],
    ]);
    expect(await counts(id)).toMatchObject({ announced: 2, skipped: 2, duplicates: 0, waiting: 0 });
    expect(threads.decoded()).toBe(1);
    await audit(id);
  });

  it('keeps any file name as it is', async () => {
    const { id } = await project();
    const paths = [
      'a/<img src=x onerror=alert(1)>.png',
      'a/صورة‏.png',
      'a/🦋 été.png',
      `a/${'n'.repeat(300)}.png`,
      'a/"quote",comma.png',
      'a/__proto__',
    ];
    await embed(
      new Embedding(fakeThreads()),
      id,
      paths.map((path) => fakeFile(path)),
    );
    expect((await loadRowTable(id)).paths).toEqual(paths);
  });

  it('keeps files of the same path apart', async () => {
    const { id } = await project();
    await embed(new Embedding(fakeThreads()), id, [
      fakeFile('same.png', 'one a'),
      fakeFile('same.png', 'one b'),
      fakeFile('same.png', 'one a'),
    ]);
    expect(await counts(id)).toMatchObject({ announced: 3, embedded: 2, duplicates: 1 });
  });

  it('takes up files that are added during a run', async () => {
    const { id } = await project();
    const threads = fakeThreads();
    const service = new Embedding(threads);
    let added: Promise<void> | null = null;
    threads.beforeBatch = () => {
      added ??= service.add(id, many(30, 100));
    };
    const events = await embed(service, id, many(10));
    await added;
    expect(of(events, 'finished')[0].counts).toMatchObject({ announced: 40, embedded: 40 });
  });

  it('lists files of a second project while one runs, and refuses to run it', async () => {
    const [a, b] = [await project('a'), await project('b')];
    const threads = fakeThreads();
    const service = new Embedding(threads);
    let refused: Promise<unknown> | null = null;
    threads.beforeBatch = async () => {
      if (refused) return;
      await service.add(b.id, many(3));
      refused = service.run(b.id, FAKE_SPEC, 'auto', () => undefined).catch((error: unknown) => error);
    };
    await embed(service, a.id, many(3));
    expect(await refused).toMatchObject({ code: 'project-busy' });
    expect(await counts(b.id)).toMatchObject({ announced: 3, missing: 3 });
    expect(of(await embed(service, b.id, []), 'finished')[0].counts).toMatchObject({
      embedded: 3,
      missing: 0,
    });
  });
});

describe('reading ahead of the turn', () => {
  it('keeps the bytes of a project that waits while another is embedded, and embeds none of it', async () => {
    const [a, b] = [await project('a'), await project('b')];
    const threads = fakeThreads();
    const service = new Embedding(threads);
    await service.add(b.id, [...many(90, 500), fakeFile('twin.png', 'image 500')]);
    const told: Counts[] = [];
    let keeping: Promise<void> | null = null;
    threads.beforeBatch = () => void (keeping ??= service.keep(b.id, FAKE_SPEC, (now) => told.push(now)));
    await embed(service, a.id, many(40));
    await keeping;
    expect(told.at(-1)).toMatchObject({ announced: 91, waiting: 90, duplicates: 1, missing: 0 });
    await audit(b.id);
    // Another page: the files themselves are gone, their bytes are not.
    const events = await embed(new Embedding(threads), b.id, []);
    expect(of(events, 'finished')[0].counts).toMatchObject({ embedded: 90, duplicates: 1, missing: 0 });
  });

  it('hands over to the run of the same project in the middle', async () => {
    const { id } = await project();
    const service = new Embedding(fakeThreads());
    await service.add(id, many(200));
    let run: Promise<EmbedEvent[]> | null = null;
    await service.keep(id, FAKE_SPEC, () => (run ??= embed(service, id, [])));
    expect(of(await run!, 'finished')[0].counts).toMatchObject({ announced: 200, embedded: 200, missing: 0 });
    expect(await counts(id)).toMatchObject({ embedded: 200, duplicates: 0 });
    await audit(id);
  });

  it('stops when told to, with the rest still at hand', async () => {
    const { id } = await project();
    const service = new Embedding(fakeThreads());
    await service.add(id, many(200));
    await service.keep(id, FAKE_SPEC, () => void service.stopKeeping(id));
    const { waiting, missing } = await counts(id);
    expect(waiting).toBeGreaterThan(0);
    expect(missing).toBeGreaterThan(0);
    await service.add(id, many(5, 300));
    await service.keep(id, FAKE_SPEC, () => undefined);
    expect(await counts(id)).toMatchObject({ announced: 205, waiting: 205, missing: 0 });
  });

  it('tells when the space is full, and has the files at hand still', async () => {
    const { id } = await project();
    const service = new Embedding(fakeThreads());
    await service.add(id, many(20));
    const failing = failWrites(1, () => new DOMException('no space', 'QuotaExceededError'), { dead: false });
    await expect(service.keep(id, FAKE_SPEC, () => undefined)).rejects.toMatchObject({ code: 'quota' });
    failing.restore();
    expect(of(await embed(service, id, []), 'finished')[0].counts).toMatchObject({ embedded: 20 });
  });
});

describe('listing that runs out of space', () => {
  it('says how far it is, and goes on from there without listing anything twice', async () => {
    const zip = (name: string): DroppedFile => {
      const bytes = zipSync({ 'a.png': fakeImage(`a of ${name}`), 'b.png': fakeImage(`b of ${name}`) });
      return { path: name, file: new File([bytes], name) };
    };
    // Equal names are different files: taken for new ones, they would be listed again.
    const files = [...many(5), fakeFile('1.png', 'another'), zip('one.zip'), zip('two.zip')];
    const pieces = [0, 1, 2];
    for (const listed of pieces) {
      await freshDatabase();
      const { id } = await project();
      const service = new Embedding(fakeThreads());
      // A piece is two writes: of the books, and of the list.
      const failing = failWrites(2 * listed + 1, () => new DOMException('', 'QuotaExceededError'), {
        dead: true,
      });
      const refused: unknown = await service.add(id, files).catch((error: unknown) => error);
      failing.restore();
      expect(refused).toMatchObject({ code: 'quota', params: { listed } });
      expect((await counts(id)).announced).toBe([0, 6, 8][listed]);
      await service.add(id, files, undefined, listed);
      await service.run(id, FAKE_SPEC, 'auto', () => undefined);
      expect(await counts(id)).toMatchObject({ announced: 10, embedded: 10, duplicates: 0, missing: 0 });
    }
  });
});

describe('dropping again', () => {
  it('finds the same files and announces nothing', async () => {
    const { id } = await project();
    const threads = fakeThreads();
    await embed(new Embedding(threads), id, [...many(20), fakeFile('twin.png', 'image 3')]);
    const before = await counts(id);
    await embed(new Embedding(threads), id, [...many(20), fakeFile('twin.png', 'image 3')]);
    expect(await counts(id)).toEqual(before);
    expect(threads.embedded()).toBe(20);
  });

  it('does not take other bytes for a file of the same path, size and date', async () => {
    const { id } = await project();
    await embed(new Embedding(fakeThreads()), id, [fakeFile('frames/1.png', 'left  eye')]);
    await embed(new Embedding(fakeThreads()), id, [fakeFile('frames/1.png', 'right eye')]);
    expect(await counts(id)).toMatchObject({ announced: 2, embedded: 2 });
  });

  it('completes files that were never read', async () => {
    const { id } = await project();
    await new Embedding(fakeThreads()).add(id, many(30));
    expect(await counts(id)).toMatchObject({ announced: 30, missing: 30 });
    // Another page: the files are no longer at hand.
    await embed(new Embedding(fakeThreads()), id, []);
    expect(await counts(id)).toMatchObject({ announced: 30, missing: 30 });
    await embed(new Embedding(fakeThreads()), id, many(30));
    expect(await counts(id)).toMatchObject({ announced: 30, embedded: 30, missing: 0 });
  });

  it('reads a file that could not be read before', async () => {
    const { id } = await project();
    const file = fakeFile('a.png').file;
    const gone = Object.assign(new File([fakeImage('a.png')], 'a.png', { lastModified: 1 }), {
      arrayBuffer: () => Promise.reject(new Error('moved')),
    });
    await embed(new Embedding(fakeThreads()), id, [{ path: 'a.png', file: gone }]);
    expect(await loadSkipped(id)).toMatchObject([{ path: 'a.png', code: 'unreadable', detail: 'moved' }]);
    await embed(new Embedding(fakeThreads()), id, [{ path: 'a.png', file }]);
    expect(await loadSkipped(id)).toEqual([]);
    expect(await counts(id)).toMatchObject({ announced: 1, embedded: 1, skipped: 0 });
  });
});

describe('never computing twice', () => {
  it('copies vectors and thumbnails from another project', async () => {
    const [a, b] = [await project('a'), await project('b')];
    const threads = fakeThreads();
    await embed(new Embedding(threads), a.id, many(70));
    await embed(new Embedding(threads), b.id, many(80, 20));
    expect(threads.embedded()).toBe(100);
    expect(threads.decoded()).toBe(100);
    expect(await vectorsOf(b.id)).toEqual(
      Array.from({ length: 80 }, (_, i) => fakeVector(`image ${20 + i}`)),
    );
    expect((await loadRowTable(b.id)).widths[0]).toBe('image 20'.length);
    const [software] = await loadFacts(b.id, 80);
    expect([textAt(software, 0), textAt(software, 79)]).toEqual(['image 20', 'image 99']);
  });

  it('gives existing rows the vectors of another descriptor, and finds the first ones again', async () => {
    const { id } = await project();
    const threads = fakeThreads();
    await embed(new Embedding(threads), id, many(70));
    await updateProject(id, { spec: OTHER_SPEC });
    expect(await counts(id)).toMatchObject({ embedded: 0, waiting: 70 });
    await embed(new Embedding(threads), id, many(10, 70), OTHER_SPEC);
    expect(await counts(id)).toMatchObject({ announced: 80, embedded: 80, waiting: 0 });
    expect(await vectorsOf(id, specKey(OTHER_SPEC))).toHaveLength(80);
    await updateProject(id, { spec: FAKE_SPEC });
    expect(await counts(id)).toMatchObject({ embedded: 70, waiting: 10 });
    await embed(new Embedding(threads), id, []);
    expect(await vectorsOf(id)).toHaveLength(80);
    expect(threads.embedded()).toBe(160);
  });

  it('marks a row that another descriptor cannot have, without losing the row', async () => {
    const { id } = await project();
    const threads = fakeThreads();
    const good = threads.spawnNetwork;
    await embed(new Embedding(threads), id, many(6));
    threads.spawnNetwork = () => ({
      ...good(),
      embed: async (images) => ({
        vectors: new Float32Array(images.length * 4).fill(1),
        bad: [2],
        seconds: 0,
      }),
    });
    await embed(new Embedding(threads), id, [], OTHER_SPEC);
    const chunks = [];
    for await (const chunk of readVectors(id, specKey(OTHER_SPEC))) chunks.push(chunk);
    expect(chunks[0].bad).toEqual([2]);
    expect([...chunks[0].data.subarray(8, 12)]).toEqual([0, 0, 0, 0]);
  });
});

describe('pause, cancel, failure', () => {
  it('commits what is done, waits, and goes on', async () => {
    const { id } = await project();
    const threads = fakeThreads();
    const service = new Embedding(threads);
    let paused = false;
    threads.beforeBatch = (call) => {
      if (call === 2 && !paused) {
        paused = true;
        void service.pause();
      }
    };
    await service.add(id, many(40));
    const events: EmbedEvent[] = [];
    const run = service.run(id, FAKE_SPEC, 'auto', (event) => events.push(event));
    await vi.waitFor(() => expect(of(events, 'progress').at(-1)?.progress.state).toBe('paused'), 4000);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const done = threads.embedded();
    expect(done).toBeLessThan(40);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(threads.embedded()).toBe(done);
    await service.resume();
    await run;
    expect(of(events, 'finished')[0].counts.embedded).toBe(40);
  });

  it('cancels, keeps what is committed, and goes on in the next run with the files at hand', async () => {
    const { id } = await project();
    const threads = fakeThreads();
    const service = new Embedding(threads);
    threads.beforeBatch = (call) => (call === 3 ? void service.cancel() : undefined);
    const events = await embed(service, id, many(60));
    expect(of(events, 'progress').at(-1)!.progress.state).toBe('cancelled');
    expect(of(events, 'finished')).toEqual([]);
    expect(of(events, 'failed')).toEqual([]);
    threads.beforeBatch = () => undefined;
    const again = await embed(service, id, []);
    expect(of(again, 'finished')[0].counts).toMatchObject({ announced: 60, embedded: 60, missing: 0 });
  });

  it('cancels before it has begun', async () => {
    const { id } = await project();
    const threads = fakeThreads();
    const service = new Embedding(threads);
    await service.add(id, many(10));
    const run = service.run(id, FAKE_SPEC, 'auto', () => undefined);
    await service.cancel();
    await run;
    expect(threads.embedded()).toBe(0);
    expect(of(await embed(service, id, []), 'finished')[0].counts).toMatchObject({ embedded: 10 });
  });

  it('waits from the beginning when it is told so before it has begun', async () => {
    const { id } = await project();
    const threads = fakeThreads();
    const service = new Embedding(threads);
    await service.add(id, many(10));
    const events: EmbedEvent[] = [];
    const run = service.run(id, FAKE_SPEC, 'auto', (event) => events.push(event));
    await service.pause();
    await vi.waitFor(() => expect(of(events, 'progress').at(-1)?.progress.state).toBe('paused'), 2000);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(threads.embedded()).toBe(0);
    await service.resume();
    await run;
    expect(threads.embedded()).toBe(10);
  });

  it('cancels while the network does not answer', async () => {
    const { id } = await project();
    const threads = fakeThreads();
    const service = new Embedding(threads);
    threads.beforeBatch = () => {
      void service.cancel();
      return new Promise(() => undefined);
    };
    const events = await embed(service, id, many(10));
    expect(of(events, 'progress').at(-1)!.progress.state).toBe('cancelled');
  });

  it('cancels out of a pause', async () => {
    const { id } = await project();
    const threads = fakeThreads();
    const service = new Embedding(threads);
    threads.beforeBatch = () => void service.pause();
    await service.add(id, many(40));
    const run = service.run(id, FAKE_SPEC, 'auto', () => undefined);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await service.cancel();
    await run;
    const { announced, waiting, embedded, missing } = await counts(id);
    expect(waiting + embedded + missing).toBe(announced);
  });

  it('tells a failure with its code and stays usable', async () => {
    const { id } = await project();
    const threads = fakeThreads();
    const service = new Embedding(threads);
    threads.beforeBatch = () => {
      throw new TesseraError('model-inputs', 'no');
    };
    const events = await embed(service, id, many(5));
    expect(of(events, 'failed')[0].error.code).toBe('model-inputs');
    threads.beforeBatch = () => undefined;
    expect(of(await embed(service, id, []), 'finished')[0].counts.embedded).toBe(5);
  });

  it('fails the run, not the files, when decoders cannot start', async () => {
    const { id } = await project();
    const threads = fakeThreads();
    const working = threads.spawnDecoder;
    threads.spawnDecoder = () => ({ ...working(), ready: Promise.reject(new Error('404')) });
    const events = await embed(new Embedding(threads), id, many(5));
    expect(of(events, 'failed')[0].error.code).toBe('internal');
    expect(await counts(id)).toMatchObject({ skipped: 0, announced: 5 });
  });
});

describe('a lost device', () => {
  const lost = () => new TesseraError('device-lost', 'gone');

  it('replays the batch on a new network', async () => {
    const { id } = await project();
    const threads = fakeThreads();
    threads.beforeBatch = (call) => {
      if (call === 1 || call === 5) throw lost();
    };
    const events = await embed(new Embedding(threads), id, many(30));
    expect(of(events, 'finished')[0].counts.embedded).toBe(30);
    expect(of(events, 'notice').map(({ code }) => code)).toEqual(['device-lost', 'device-lost']);
    expect(await vectorsOf(id)).toEqual(Array.from({ length: 30 }, (_, i) => fakeVector(`image ${i}`)));
    expect(threads.spawned().backends).toEqual(['auto', 'auto', 'auto']);
  });

  it('goes on with WASM after three losses in a row', async () => {
    const { id } = await project();
    const threads = fakeThreads();
    threads.beforeBatch = () => {
      if (threads.spawned().backends.at(-1) !== 'wasm') throw lost();
    };
    const events = await embed(new Embedding(threads), id, many(10));
    expect(of(events, 'finished')[0].counts.embedded).toBe(10);
    expect(of(events, 'notice').at(-1)!.code).toBe('fallback-wasm');
    expect(threads.spawned().backends).toEqual(['auto', 'auto', 'auto', 'wasm']);
  });
});

it('frees everything of a project that is deleted, and nothing of others', async () => {
  const [a, b] = [await project('a'), await project('b')];
  await embed(new Embedding(fakeThreads()), a.id, many(10));
  await embed(new Embedding(fakeThreads()), b.id, many(10, 5));
  await purgeProject(a.id);
  expect((await listProjects()).map(({ project: { name } }) => name)).toEqual(['b']);
  expect(await vectorsOf(a.id)).toEqual([]);
  expect(await vectorsOf(b.id)).toHaveLength(10);
});
