import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { anyProject, storeProject, type AnyProject } from '../../../test/any-project';
import { audit } from '../../../test/audit';
import { freshDatabase } from '../../../test/fresh-database';
import { TesseraError } from '../../domain/errors';
import { listDirectory } from '../../sources/archives/zip';
import { ARCHIVE_LIMITS } from '../../sources/archives/entry';
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
  const db = await database();
  return Promise.all(ALL_STORES.map((name) => db.count(name)));
};

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

describe('a file that is wrong', () => {
  it('is refused with a sentence, wherever it is cut or a bit is turned, and leaves nothing', async () => {
    const small = { ...SMALL, descriptors: 1, files: SMALL.files.slice(0, 6) };
    const columns = [{ ...SMALL.columns[0], values: new Float64Array(6) }] as AnyProject['columns'];
    const id = await storeProject({ ...small, columns });
    const bytes = new Uint8Array(await (await saved(id)).arrayBuffer());
    const whole = await members(new Blob([bytes]));
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
          const again = await members(await saved(answer));
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
