import { readFileSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { anyProject, storeProject, type AnyProject } from '../../../test/any-project';
import { audit } from '../../../test/audit';
import { freshDatabase } from '../../../test/fresh-database';
import { TesseraError } from '../../domain/errors';
import { listDirectory } from '../../sources/archives/zip';
import { ARCHIVE_LIMITS } from '../../sources/archives/entry';
import { zip } from '../../exports/zip';
import { loadRowTable } from '../../store/rows';
import { loadSweep } from '../../store/sweeps';
import { database } from '../../store/open';
import { listProjects, purgeDeleted, purgeProject } from '../../store/projects';
import { readThumbnails } from '../../store/thumbs';
import { ALL_STORES } from '../../store/schema';
import { describeProjectFile, importProjectFile } from './import';
import { writeProjectFile } from './write';

beforeEach(freshDatabase);

async function saved(id: string, originals = true): Promise<Blob> {
  const chunks = [];
  for await (const chunk of writeProjectFile(id, {
    originals,
    app: '0.1.0',
    savedAt: '2026-01-01T00:00:00.000Z',
  }))
    chunks.push(chunk);
  return new Blob(chunks);
}

async function members(file: Blob): Promise<Record<string, string>> {
  const all: Record<string, string> = {};
  for (const entry of await listDirectory(file, ARCHIVE_LIMITS))
    all[entry.path] = Buffer.from(await (await entry.read()).arrayBuffer()).toString('latin1');
  return all;
}

const counts = async (): Promise<number[]> => {
  const tx = (await database()).transaction(ALL_STORES);
  return Promise.all(ALL_STORES.map((name) => tx.objectStore(name).count()));
};

/** All that is stored, whatever the project is called by the store. */
async function stored(id: string): Promise<Record<string, unknown>> {
  const db = await database();
  const all = await Promise.all(
    ALL_STORES.map(async (name) => {
      const [keys, values] = await Promise.all([db.getAllKeys(name), db.getAll(name)]);
      if (name === 'projects') for (const value of values) (value as { updatedAt: number }).updatedAt = 0;
      // Read back: the same number may be written as an integer or as a double, as the engine happens to hold it.
      const written = serialize([keys, values]).toString('latin1').replaceAll(id, '-'.repeat(id.length));
      return [name, deserialize(Buffer.from(written, 'latin1')) as unknown] as const;
    }),
  );
  return Object.fromEntries(all);
}

const SMALL: AnyProject = {
  name: 'small',
  files: [
    { path: 'a/1.png', size: 7, fate: { image: 1 } },
    { path: 'a/2.png', size: 7, fate: { image: 2 } },
    { path: 'copy of 1.png', size: 7, fate: { image: 1 } },
    { path: 'broken.png', size: 3, fate: 'skipped' },
    { path: 'later.png', size: 4, fate: 'missing' },
    ...Array.from({ length: 70 }, (_, i) => ({ path: `b/${i}.png`, size: 8, fate: { image: 10 + i } })),
  ],
  d: 3,
  seed: 5,
  descriptors: 2,
  columns: [{ name: 'when', type: 'date', values: Float64Array.from({ length: 75 }, (_, i) => i * 1e9) }],
  note: 'birds',
  k: 2,
};

describe('round trips', () => {
  it('give identical members for any project, with and without the images', async () => {
    await fc.assert(
      fc.asyncProperty(anyProject, fc.boolean(), async (made, originals) => {
        await freshDatabase();
        const first = await saved(await storeProject(made), originals);
        const id = await importProjectFile(first);
        expect(await members(await saved(id, originals))).toEqual(await members(first));
        if (originals) await audit(id);
      }),
      { numRuns: 60 },
    );
  }, 300_000);

  it('keep everything that is shown', async () => {
    const before = await storeProject(SMALL);
    const file = await saved(before);
    const summary = await describeProjectFile(file);
    expect(summary).toMatchObject({ name: 'small', app: '0.1.0', originals: 72, bytes: file.size });
    expect(summary.counts).toMatchObject({
      files: 75,
      images: 72,
      skipped: 1,
      vectors: 2,
      models: 2,
      tables: 1,
    });
    const after = await importProjectFile(file);
    await audit(after);
    const [a, b] = (await listProjects()).sort(
      (x, y) => Number(x.project.id === after) - Number(y.project.id === after),
    );
    expect({ ...b.counts }).toEqual(a.counts);
    expect(b.storedBytes).toBe(a.storedBytes);
    expect(b.project).toEqual({ ...a.project, id: after, updatedAt: b.project.updatedAt });
    const bytes = async (id: string) =>
      Promise.all((await readThumbnails(id, [0, 5, 70, 71])).map((blob) => blob?.text() ?? null));
    expect(await bytes(after)).toEqual(await bytes(before));
  });
});

it('of version 1 opens for ever', async () => {
  const file = new Blob([readFileSync('test/fixtures/project-v1.tessera')]);
  const id = await importProjectFile(file);
  await audit(id);
  const [{ project, counts }] = await listProjects();
  expect(project).toMatchObject({
    name: 'version 1',
    k: 3,
    seed: 7,
    scaling: 'standard',
    silhouetteSample: Infinity,
  });
  expect(counts).toMatchObject({ announced: 15, duplicates: 1, skipped: 1, missing: 1 });
  const table = await loadRowTable(id);
  expect(table.paths[3]).toBe('ключ/3 é.png');
  expect(table.duplicates.get(0)).toEqual(['copy.png']);
  const sweep = (await loadSweep(id, 'pixels:32x32'))!;
  expect(sweep.clusterings.map(({ k }) => k)).toEqual([3, 4]);
  // Later versions may add members; those of this one stay as they are.
  expect(await members(await saved(id))).toMatchObject(
    Object.fromEntries(Object.entries(await members(file)).filter(([name]) => name !== 'manifest.json')),
  );
});

it('of a later version is refused with the version that wrote it', async () => {
  const parts = [];
  const manifest = { format: 'tessera-project', version: 2, app: '9.8.7' };
  const input = new TextEncoder().encode(JSON.stringify(manifest));
  for await (const part of zip([{ name: 'manifest.json', input }])) parts.push(part);
  const opened = describeProjectFile(new Blob(parts));
  await expect(opened).rejects.toMatchObject({ code: 'project-newer', params: { app: '9.8.7', version: 2 } });
  await expect(opened).rejects.toThrow(/Tessera 9\.8\.7/);
});

describe('a file that is wrong', () => {
  it('is refused with a sentence, wherever it is cut or a bit is turned, and leaves nothing', async () => {
    const small = { ...SMALL, descriptors: 1, files: SMALL.files.slice(0, 6) };
    const columns = [{ ...SMALL.columns[0], values: new Float64Array(6) }] as AnyProject['columns'];
    const id = await storeProject({ ...small, columns });
    const bytes = new Uint8Array(await (await saved(id)).arrayBuffer());
    await freshDatabase();
    const first = await importProjectFile(new Blob([bytes]));
    const whole = await stored(first);
    expect(await members(await saved(first))).toEqual(await members(new Blob([bytes])));
    await freshDatabase();
    const nothing = await counts();
    let opened = 0;
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(7), fc.boolean(), async (at, bit, cut) => {
        const damaged = cut ? bytes.slice(0, at) : bytes.slice();
        if (!cut) damaged[at] ^= 1 << bit;
        const answer = await importProjectFile(new Blob([damaged])).catch((error: unknown) => error);
        if (typeof answer === 'string') {
          // A bit that no reader looks at, such as the date of an entry.
          opened++;
          expect(cut).toBe(false);
          const again = await stored(answer);
          await purgeProject(answer);
          expect(again).toEqual(whole);
        } else {
          expect(answer).toBeInstanceOf(TesseraError);
          expect(['project-file', 'project-newer']).toContain((answer as TesseraError).code);
          expect((answer as TesseraError).message).toMatch(/^[A-Z].*\.$/s);
        }
        expect(await counts()).toEqual(nothing);
      }),
      { numRuns: 2000, endOnFailure: true },
    );
    expect(opened).toBeLessThan(600);
  }, 600_000);

  it('is not a project that is cancelled', async () => {
    const file = await saved(await storeProject(SMALL));
    await freshDatabase();
    const stop = new AbortController();
    const read = importProjectFile(file, { signal: stop.signal, onBytes: () => stop.abort() });
    await expect(read).rejects.toMatchObject({ code: 'cancelled' });
    expect((await counts()).every((n) => n === 0)).toBe(true);
  });
});

it('what a closed tab leaves of a project that was arriving is not listed, and is freed later', async () => {
  const file = await saved(await storeProject(SMALL));
  await freshDatabase();
  let read = 0;
  // The tab dies: nothing after this moment happens.
  const dead = new Promise<void>((resolve) => {
    void importProjectFile(file, {
      onBytes: (bytes) => {
        read += bytes;
        if (read > file.size / 2) {
          resolve();
          throw new Promise(() => undefined);
        }
      },
    }).catch(() => undefined);
  });
  await dead;
  expect(await listProjects()).toEqual([]);
  await purgeDeleted(0);
  expect((await counts()).every((n) => n === 0)).toBe(true);
});
