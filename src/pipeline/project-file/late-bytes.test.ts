import { beforeEach, expect, it } from 'vitest';
import { audit } from '../../../test/audit';
import { fakeFile, fakeThreads, FAKE_SPEC } from '../../../test/fake-threads';
import { freshDatabase } from '../../../test/fresh-database';
import type { DroppedFile } from '../../domain/files';
import { readOriginal } from '../../store/intake';
import { createProject, listProjects, purgeProject } from '../../store/projects';
import { loadRowTable } from '../../store/rows';
import { readTally } from '../../store/tally';
import { Embedding } from '../service';
import { importProjectFile } from './import';
import { writeProjectFile } from './write';

beforeEach(freshDatabase);

const files = (folder: string): DroppedFile[] =>
  Array.from({ length: 70 }, (_, i) => fakeFile(`${folder}/${i}.png`, `image ${i}`));

/** The same files with the dates of a copy. */
const copied = (dropped: DroppedFile[]): DroppedFile[] =>
  dropped.map(({ path, file }) => ({ path, file: new File([file], file.name, { lastModified: 99 }) }));

async function run(id: string, dropped: DroppedFile[]): Promise<void> {
  const service = new Embedding(fakeThreads());
  await service.add(id, dropped);
  await service.run(id, FAKE_SPEC, 'auto', () => undefined);
}

/** A project of the files, gone through a project file without the images. */
async function reopened(dropped: DroppedFile[]): Promise<string> {
  const fields = { spec: FAKE_SPEC, backend: 'auto', seed: 1, k: null, kMin: 5, kMax: 30 } as const;
  const { id } = await createProject({ ...fields, name: 'first' });
  await run(id, dropped);
  const parts = [];
  for await (const part of writeProjectFile(id, { originals: false, app: '0', savedAt: '' }))
    parts.push(part);
  await purgeProject(id);
  return importProjectFile(new Blob(parts));
}

async function originals(id: string): Promise<(string | undefined)[]> {
  const { hashes } = await loadRowTable(id);
  return Promise.all(hashes.map(async (hash) => (await readOriginal(id, hash))?.text()));
}

it('images come back when their folder is given again, whatever its dates, and nothing is counted twice', async () => {
  const id = await reopened(files('set'));
  const [{ counts }] = await listProjects();
  expect((await originals(id)).every((bytes) => bytes === undefined)).toBe(true);
  expect((await readTally(id)).withoutBytes).toBe(70);
  await audit(id);
  await run(id, copied(files('set')).slice(0, 30));
  expect((await readTally(id)).withoutBytes).toBe(40);
  await audit(id);
  await run(id, copied(files('set')).slice(30));
  expect((await readTally(id)).withoutBytes).toBeUndefined();
  expect(await originals(id)).toEqual(files('').map((_, i) => expect.stringContaining(`image ${i}`)));
  expect((await listProjects())[0].counts).toEqual(counts);
  await audit(id);
});

it('images come back under other names as well, which are duplicates then', async () => {
  const id = await reopened(files('set'));
  await run(id, files('elsewhere'));
  expect((await originals(id)).every((bytes) => bytes !== undefined)).toBe(true);
  expect((await listProjects())[0].counts).toMatchObject({ embedded: 70, duplicates: 70, missing: 0 });
  await audit(id);
});

it('a file of the same name with other bytes is another image', async () => {
  const id = await reopened(files('set'));
  await run(id, copied([fakeFile('set/0.png', 'imago 0')]));
  expect((await listProjects())[0].counts).toMatchObject({ embedded: 71, duplicates: 0 });
  expect((await readTally(id)).withoutBytes).toBe(70);
  await audit(id);
});

it('files that were read and not embedded yet count as missing, and are completed by their folder', async () => {
  const fields = { spec: FAKE_SPEC, backend: 'auto', seed: 1, k: null, kMin: 5, kMax: 30 } as const;
  const { id } = await createProject({ ...fields, name: 'stopped' });
  const service = new Embedding(fakeThreads());
  await service.add(id, files('set'));
  const stopped = service.run(id, FAKE_SPEC, 'auto', (event) => {
    if (event.type === 'rows') void service.cancel();
  });
  await stopped;
  const before = (await listProjects())[0].counts;
  expect(before.waiting + before.missing).toBeGreaterThan(0);
  const parts = [];
  for await (const part of writeProjectFile(id, { originals: false, app: '0', savedAt: '' }))
    parts.push(part);
  await purgeProject(id);
  const again = await importProjectFile(new Blob(parts));
  const after = (await listProjects())[0].counts;
  expect(after).toMatchObject({
    embedded: before.embedded,
    waiting: 0,
    missing: before.waiting + before.missing,
  });
  await audit(again);
  await run(again, files('set'));
  expect((await listProjects())[0].counts).toMatchObject({ embedded: 70, missing: 0 });
  await audit(again);
});
