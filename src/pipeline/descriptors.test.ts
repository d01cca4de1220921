import { beforeEach, describe, expect, it, vi } from 'vitest';
import { audit } from '../../test/audit';
import { FAKE_SPEC, fakeFile, fakeThreads, fakeVector } from '../../test/fake-threads';
import { freshDatabase } from '../../test/fresh-database';
import type { DroppedFile } from '../domain/files';
import type { EmbedEvent } from '../domain/progress';
import type { DescriptorRequest, ImportedDescriptors } from '../domain/services';
import { specKey, type EmbedSpec } from '../domain/spec';
import { npy } from '../exports/npy';
import { readDescriptors } from '../store/descriptors';
import { createProject, listProjects } from '../store/projects';
import { loadRowTable, loadSkipped } from '../store/rows';
import { readTally } from '../store/tally';
import { readThumbnails } from '../store/thumbs';
import { readVectors } from '../store/vectors';
import { Embedding } from './service';

beforeEach(freshDatabase);

const NOTHING = () => undefined;

async function project(spec: EmbedSpec = FAKE_SPEC): Promise<string> {
  const fields = { backend: 'auto', seed: 1, k: null, kMin: 5, kMax: 30 } as const;
  return (await createProject({ ...fields, name: 'test', spec })).id;
}

/** n x d numbers as NumPy keeps them: row i is i, i + 0.5, i + 1 … */
async function matrix(n: number, d = 3, change: (data: Float32Array) => void = NOTHING): Promise<File> {
  const data = Float32Array.from({ length: n * d }, (_, i) => Math.floor(i / d) + (i % d) / 2);
  change(data);
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for await (const part of npy([n, d], [data])) parts.push(part.slice());
  return new File(parts, 'vectors.npy');
}

const list = (paths: readonly string[]): File => new File([`paths\n${paths.join('\n')}\n`], 'paths.csv');
const many = (names: readonly string[]): DroppedFile[] =>
  names.map((name) => fakeFile(name, `picture of ${name}`));

function take(
  service: Embedding,
  id: string,
  asked: Partial<DescriptorRequest> & Pick<DescriptorRequest, 'file'>,
): Promise<ImportedDescriptors> {
  const whole = { array: null, paths: 'order', addMissing: false, ...asked } as const;
  return service.importDescriptors(id, whole, NOTHING, NOTHING);
}

async function embed(
  service: Embedding,
  id: string,
  files: DroppedFile[],
  spec: EmbedSpec = FAKE_SPEC,
): Promise<EmbedEvent[]> {
  const events: EmbedEvent[] = [];
  if (files.length) await service.add(id, files);
  await service.run(id, spec, 'auto', (event) => events.push(event));
  expect(events.filter(({ type }) => type === 'failed')).toEqual([]);
  return events;
}

/** The first number of the vector of each row, null where there is none. */
async function firstNumbers(id: string, { spec }: ImportedDescriptors): Promise<(number | null)[]> {
  const found: (number | null)[] = [];
  for await (const { row0, n, d, data, bad } of readVectors(id, specKey(spec)))
    for (let i = 0; i < n; i++) found.push(bad?.includes(row0 + i) ? null : data[i * d]);
  return found;
}

const pathsOf = async (id: string): Promise<string[]> => (await loadRowTable(id)).paths;

describe('vectors of images that are there', () => {
  const names = ['b/2.png', 'a/10.png', 'a/9.png', 'c/3.png'];

  it.each([
    ['their paths', (name: string) => name],
    ['longer paths', (name: string) => `/data/set/${name}`],
    ['the ends of their paths', (name: string) => name.slice(2)],
    ['names without extension in capitals', (name: string) => name.replace('.png', '').toUpperCase()],
    ['backslashes', (name: string) => `.\\${name.replace('/', '\\')}`],
  ])('find them by %s, in whatever order', async (_, written) => {
    const id = await project();
    const service = new Embedding(fakeThreads());
    await embed(service, id, many(names));
    const order = [2, 0, 3, 1];
    const paths = { list: list(order.map((i) => written(names[i]))) };
    const imported = await take(service, id, { file: await matrix(4), paths });
    expect(imported).toMatchObject({ vectors: 4, added: 0 });
    expect(await firstNumbers(id, imported)).toEqual([1, 3, 0, 2]);
    await audit(id);
  });

  it('find them by order of path when there are as many', async () => {
    const id = await project();
    const service = new Embedding(fakeThreads());
    await embed(service, id, many(names));
    const imported = await take(service, id, { file: await matrix(4) });
    expect(await firstNumbers(id, imported)).toEqual([2, 0, 1, 3]);
    await expect(take(service, id, { file: await matrix(5) })).rejects.toMatchObject({
      code: 'import-descriptors',
    });
    await audit(id);
  });

  it('leave the others without, and lonely paths out unless asked', async () => {
    const id = await project();
    const service = new Embedding(fakeThreads());
    await embed(service, id, many(names));
    const paths = { list: list(['elsewhere.png', 'c/3.png', 'b/2.png', 'b/2.png']) };
    const imported = await take(service, id, { file: await matrix(4), paths });
    expect(imported).toMatchObject({ vectors: 2, added: 0 });
    expect(await firstNumbers(id, imported)).toEqual([2, null, null, 1]);
    await audit(id);
    const again = await take(service, id, { file: await matrix(4), paths, addMissing: true });
    expect(again).toMatchObject({ vectors: 3, added: 1 });
    expect(await firstNumbers(id, again)).toEqual([2, null, null, 1, 0]);
    expect(await pathsOf(id)).toEqual([...names, 'elsewhere.png']);
    await audit(id);
  });

  it('are not given to rows of which a number is not finite', async () => {
    const id = await project();
    const service = new Embedding(fakeThreads());
    await embed(service, id, many(['0.png', '1.png', '2.png']));
    const file = await matrix(3, 3, (data) => (data[4] = NaN));
    expect(await service.checkDescriptors(file, null, NOTHING)).toEqual({
      count: 1,
      rows: 1,
      first: [{ row: 1, column: 1 }],
    });
    const imported = await take(service, id, { file });
    expect(await firstNumbers(id, imported)).toEqual([0, null, 2]);
    await audit(id);
  });

  it('wait for images that have no row yet, and need no network', async () => {
    const id = await project();
    const threads = fakeThreads();
    const service = new Embedding(threads);
    await service.add(id, many(names));
    const paths = { list: list(names.toReversed()) };
    const imported = await take(service, id, { file: await matrix(4), paths });
    expect(await firstNumbers(id, imported)).toEqual([3, 2, 1, 0]);
    expect(threads.embedded()).toBe(0);
    await audit(id);
  });

  it('end a run of a network, whose vectors stay', async () => {
    const id = await project();
    const threads = fakeThreads();
    let release = (): void => undefined;
    threads.beforeBatch = () => new Promise<void>((resolve) => (release = resolve));
    const service = new Embedding(threads);
    await service.add(id, many(names));
    const running = service.run(id, FAKE_SPEC, 'auto', NOTHING);
    await vi.waitFor(() => expect(threads.spawned().networks).toBe(1));
    const imported = await take(service, id, { file: await matrix(4) });
    release();
    await running;
    threads.beforeBatch = NOTHING;
    expect(imported.vectors).toBe(4);
    await embed(service, id, []);
    expect((await readDescriptors(id)).map(({ vectors }) => vectors)).toEqual([4, 4]);
    await audit(id);
  });

  it('are no reason to embed what comes later', async () => {
    const id = await project();
    const threads = fakeThreads();
    const service = new Embedding(threads);
    await service.add(id, many(names));
    const { spec } = await take(service, id, { file: await matrix(4) });
    await embed(service, id, [...many(['later.png', 'more.png']), fakeFile('broken.png', 'broken')], spec);
    expect(threads.embedded()).toBe(0);
    const [{ counts }] = await listProjects();
    expect(counts).toMatchObject({ announced: 7, skipped: 1, missing: 0 });
    expect(await pathsOf(id)).toHaveLength(6);
    expect((await readTally(id)).covered).toEqual({ [specKey(spec)]: 4 });
    await audit(id);
    // A network can have them all.
    await embed(service, id, [], FAKE_SPEC);
    expect(threads.embedded()).toBe(6);
    await audit(id);
  });
});

describe('vectors of images that are absent', () => {
  const names = ['b/2.png', 'a/10.png', 'a/9.png', 'c/3.png', 'c/4.png'];
  const paths = { list: list(names) };

  async function absent(): Promise<{ id: string; service: Embedding; spec: EmbedSpec }> {
    const id = await project();
    const service = new Embedding(fakeThreads());
    const { spec, added } = await take(service, id, { file: await matrix(5), paths, addMissing: true });
    expect(added).toBe(5);
    return { id, service, spec };
  }

  it.each([1, 63, 64, 65, 5000])('make %i rows of their paths', async (n) => {
    const id = await project();
    const service = new Embedding(fakeThreads());
    const wanted = Array.from({ length: n }, (_, i) => `set/${(i * 7919) % n}.png`);
    const asked = { file: await matrix(n), paths: { list: list(wanted) }, addMissing: true };
    const imported = await take(service, id, asked);
    expect(imported).toMatchObject({ vectors: n, added: n });
    expect(await pathsOf(id)).toEqual(wanted);
    expect(await firstNumbers(id, imported)).toEqual(wanted.map((_, i) => i));
    const [{ counts }] = await listProjects();
    expect(counts).toMatchObject({ announced: n, waiting: n, pictureless: n });
    await audit(id);
  });

  it('take the pictures that come later, by path, and nothing else', async () => {
    const { id, service, spec } = await absent();
    const files = [
      ...names.map((name) => fakeFile(`drop/images/${name}`, `picture of ${name}`)),
      fakeFile('drop/other.png'),
      fakeFile('drop/broken.png', 'broken'),
    ];
    const events = await embed(service, id, files, spec);
    const told = events.flatMap((event) => (event.type === 'pictures' ? event.rows : []));
    expect(told.sort()).toEqual([0, 1, 2, 3, 4]);
    const table = await loadRowTable(id);
    expect(table.paths).toEqual([...names, 'drop/other.png']);
    expect(table.hashes.every((hash) => hash.length === 64)).toBe(true);
    expect((await readThumbnails(id, [0, 1, 2, 3, 4, 5])).every((blob) => blob !== null)).toBe(true);
    expect((await loadSkipped(id)).map(({ path }) => path)).toEqual(['drop/broken.png']);
    await audit(id);
    // The same drop again brings nothing new.
    await embed(new Embedding(fakeThreads()), id, files, spec);
    expect((await readTally(id)).announced).toBe(7);
    await audit(id);
  });

  it('keep a row each for paths with the same bytes', async () => {
    const { id, service, spec } = await absent();
    const files = names.map((name) =>
      fakeFile(name, name.startsWith('c') ? 'image same' : `picture of ${name}`),
    );
    await embed(service, id, files, spec);
    const { hashes, duplicates } = await loadRowTable(id);
    expect(hashes[3]).toBe(hashes[4]);
    expect(duplicates.size).toBe(0);
    await audit(id);
    await embed(new Embedding(fakeThreads()), id, [fakeFile('d.png', 'image same')], spec);
    expect((await readTally(id)).duplicates).toBe(1);
    await audit(id);
  });

  it('take a picture that waited for a row of its own', async () => {
    const { id, service, spec } = await absent();
    await service.add(id, [fakeFile('before.png', 'image x')]);
    await embed(service, id, [fakeFile('c/3.png', 'image x')], spec);
    await audit(id);
    expect((await readTally(id)).pictureless).toBe(4);
  });

  it('list a file that is no picture beside the row that waited for it', async () => {
    const { id, service, spec } = await absent();
    const text = { path: 'c/3.png', file: new File(['hello'], '3.png') };
    await embed(service, id, [text, fakeFile('c/4.png', 'broken')], spec);
    expect((await loadSkipped(id)).map(({ path, code }) => [path, code])).toEqual([
      ['c/3.png', 'not-image'],
      ['c/4.png', 'broken'],
    ]);
    expect((await readTally(id)).pictureless).toBe(5);
    await audit(id);
  });

  it('can be embedded by a network once their pictures are there', async () => {
    const { id, service, spec } = await absent();
    await embed(service, id, [], FAKE_SPEC);
    const key = specKey(FAKE_SPEC);
    expect((await readTally(id)).without).toMatchObject({ [key]: 5 });
    await audit(id);
    await embed(service, id, [fakeFile('a/9.png', 'picture of a/9.png')], spec);
    await audit(id);
    await embed(service, id, [], FAKE_SPEC);
    expect((await readTally(id)).without).toMatchObject({ [key]: 4 });
    const rows: number[][] = [];
    for await (const { n, d, data } of readVectors(id, key))
      for (let i = 0; i < n; i++) rows.push([...data.subarray(i * d, (i + 1) * d)]);
    expect(rows[2]).toEqual(fakeVector('picture of a/9.png'));
    await audit(id);
  });
});

describe('an import that ends early', () => {
  it('leaves a project that opens, and can be repeated', async () => {
    const id = await project();
    const names = Array.from({ length: 300 }, (_, i) => `${i}.png`);
    const file = await matrix(300, 1024);
    const asked = { file, paths: { list: list(names) }, addMissing: true };
    const killed = new Embedding(fakeThreads());
    // As if the tab were closed: nothing after the second write happens.
    const died = new Promise<void>((resolve) => {
      let told = 0;
      void killed
        .importDescriptors(id, { array: null, ...asked }, NOTHING, () => {
          if (++told === 2) resolve();
          if (told >= 2) throw new Error('gone');
        })
        .catch(NOTHING);
    });
    await died;
    await vi.waitFor(() => audit(id));
    const service = new Embedding(fakeThreads());
    const again = await take(service, id, asked);
    expect(again).toMatchObject({ vectors: 300, added: 0 });
    expect(await firstNumbers(id, again)).toEqual(names.map((_, i) => i));
    expect((await readDescriptors(id)).map(({ vectors }) => vectors)).toEqual([300]);
    await audit(id);
  });

  it('says what does not fit', async () => {
    const id = await project();
    const service = new Embedding(fakeThreads());
    await expect(
      take(service, id, { file: await matrix(3), paths: { list: list(['a', 'b']) } }),
    ).rejects.toMatchObject({ code: 'read-file' });
    await expect(take(service, id, { file: await matrix(3), paths: 'inside' })).rejects.toMatchObject({
      code: 'read-file',
    });
    await expect(
      take(service, id, { file: await matrix(2), paths: { list: list(['a', 'b']) } }),
    ).rejects.toMatchObject({ code: 'import-descriptors' });
    await expect(take(service, id, { file: new File([], 'x.npy') })).rejects.toMatchObject({
      code: 'read-file',
    });
    await audit(id);
  });
});
