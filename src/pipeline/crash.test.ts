import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { audit } from '../../test/audit';
import { failWrites } from '../../test/failing-writes';
import { FAKE_SPEC, OTHER_SPEC, fakeFile, fakeThreads, fakeVector } from '../../test/fake-threads';
import { freshDatabase } from '../../test/fresh-database';
import type { DroppedFile } from '../domain/files';
import type { EmbedEvent } from '../domain/progress';
import { specKey, type EmbedSpec } from '../domain/spec';
import { closeDatabase } from '../store/open';
import { createProject, listProjects } from '../store/projects';
import { loadRowTable, loadSkipped } from '../store/rows';
import { readVectors } from '../store/vectors';
import { Embedding } from './service';

beforeEach(freshDatabase);

const killed = () => new Error('the page is gone');
const full = () => new DOMException('no space', 'QuotaExceededError');

/** What a heap may hold: images, twins, broken ones, empty files, files of the system. */
function dropOf(kinds: readonly number[]): DroppedFile[] {
  return kinds.map((kind, i) => {
    const path = `set/${i}.png`;
    if (kind === 0) return { path, file: new File([], `${i}.png`, { lastModified: 1 }) };
    if (kind === 1)
      return { path: `set/${i}/.DS_Store`, file: new File(['x'], '.DS_Store', { lastModified: 1 }) };
    if (kind === 2) return fakeFile(path, 'broken');
    if (kind === 3) return fakeFile(path, 'thirteen long');
    return fakeFile(path, `image ${kind}`);
  });
}

/** Tries everything a page would do; what fails, fails. */
async function session(
  projectId: string,
  files: DroppedFile[],
  spec: EmbedSpec = FAKE_SPEC,
  batch = 4,
): Promise<EmbedEvent[]> {
  const events: EmbedEvent[] = [];
  const service = new Embedding(fakeThreads(batch));
  if (files.length) await service.add(projectId, files).catch(() => undefined);
  await service.run(projectId, spec, 'auto', (event) => events.push(event)).catch(() => undefined);
  return events;
}

/** The end state: every image a row with its own vector, every other file a reason. */
async function expectComplete(projectId: string, files: DroppedFile[], specs: EmbedSpec[]): Promise<void> {
  await audit(projectId);
  const { counts } = (await listProjects())[0];
  expect(counts).toMatchObject({ announced: files.length, waiting: 0, missing: 0 });
  const table = await loadRowTable(projectId);
  const skipped = await loadSkipped(projectId);
  const others = [...table.duplicates.values()].flat();
  const paths = [...table.paths, ...others, ...skipped.map(({ path }) => path)];
  expect(paths.sort()).toEqual(files.map(({ path }) => path).sort());
  const contents = new Map(
    await Promise.all(files.map(async ({ path, file }) => [path, (await file.text()).slice(-40)] as const)),
  );
  for (const spec of specs)
    for await (const { row0, n, d, data } of readVectors(projectId, specKey(spec)))
      for (let i = 0; i < n; i++) {
        const content = contents.get(table.paths[row0 + i])!.replace(/^.*\n/s, '');
        expect([...data.subarray(i * d, (i + 1) * d)]).toEqual(fakeVector(content));
      }
}

const heap = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 14 });

describe('a page killed at any write', () => {
  it('leaves a project that opens, adds up, and is completed by dropping the folder again', async () => {
    await fc.assert(
      fc.asyncProperty(
        heap,
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 5 }),
        async (kinds, nth, batch) => {
          await freshDatabase();
          const files = dropOf(kinds);
          const { id } = await createProject({
            name: 'p',
            spec: FAKE_SPEC,
            backend: 'auto',
            seed: 1,
            k: null,
            kMin: 5,
            kMax: 30,
          });
          const { restore } = failWrites(nth, killed, { dead: true });
          await session(id, files, FAKE_SPEC, batch).finally(restore);
          await closeDatabase();

          await audit(id);
          const before = (await loadRowTable(id)).hashes;
          await session(id, [], FAKE_SPEC, batch);
          await audit(id);
          expect((await listProjects())[0].counts.waiting).toBe(0);
          await session(id, files, FAKE_SPEC, batch);
          await expectComplete(id, files, [FAKE_SPEC]);
          expect((await loadRowTable(id)).hashes.slice(0, before.length), 'rows stay where they are').toEqual(
            before,
          );
        },
      ),
      { numRuns: 60 },
    );
  }, 60_000);

  it('leaves a second descriptor that is completed', async () => {
    const files = dropOf([4, 5, 6, 7, 8, 9, 10, 11, 12, 2]);
    for (let nth = 1; nth <= 8; nth++) {
      await freshDatabase();
      const fields = { name: 'p', backend: 'auto', seed: 1, k: null, kMin: 5, kMax: 30 } as const;
      const { id } = await createProject({ ...fields, spec: FAKE_SPEC });
      await session(id, files);
      const { restore } = failWrites(nth, killed, { dead: true });
      await session(id, [], OTHER_SPEC).finally(restore);
      await closeDatabase();
      await audit(id);
      await session(id, [], OTHER_SPEC);
      await expectComplete(id, files, [FAKE_SPEC, OTHER_SPEC]);
    }
  });
});

describe('space running out at any write', () => {
  it('fails with `quota`, keeps what is committed, and goes on when there is space again', async () => {
    const files = dropOf([4, 5, 6, 6, 2, 0, 7, 8, 9, 1, 10, 3]);
    let nth = 1;
    for (let reached = true; reached; nth++) {
      await freshDatabase();
      const fields = { name: 'p', backend: 'auto', seed: 1, k: null, kMin: 5, kMax: 30 } as const;
      const { id } = await createProject({ ...fields, spec: FAKE_SPEC });
      const service = new Embedding(fakeThreads());
      const failing = failWrites(nth, full, { dead: false });
      const refused = await service.add(id, files).then(
        () => null,
        (error: unknown) => error,
      );
      const events: EmbedEvent[] = [];
      const listen = (event: EmbedEvent) => void events.push(event);
      await service.run(id, FAKE_SPEC, 'auto', listen);
      failing.restore();
      reached = failing.writes() >= nth;
      await audit(id);
      const failed = events.flatMap((event) => (event.type === 'failed' ? [event.error.code] : []));
      expect([(refused as { code?: string } | null)?.code, ...failed].filter(Boolean)).toEqual(
        reached ? ['quota'] : [],
      );
      if (refused) await service.add(id, files);
      await service.run(id, FAKE_SPEC, 'auto', listen);
      await expectComplete(id, files, [FAKE_SPEC]);
    }
    expect(nth).toBeGreaterThan(20);
  });
});
