import { afterEach, beforeEach, expect, it } from 'vitest';
import { MOTIFS, png } from '../../e2e/make-images';
import { audit } from '../../test/audit';
import { ElasticTestServer } from '../../test/elastic/server';
import { failWrites } from '../../test/failing-writes';
import { FAKE_SPEC, fakeThreads } from '../../test/fake-threads';
import { freshDatabase, reopen } from '../../test/fresh-database';
import { documentsByRow, documentsOf } from '../jobs/documents';
import { originQuery } from '../domain/origins';
import type { EmbedEvent } from '../domain/progress';
import type { ElasticQuery, RemoteSource } from '../domain/remote';
import { createProject, listProjects } from '../store/projects';
import { readRecordChunks } from '../store/records';
import { deleteRemote, readRemotes } from '../store/remotes';
import { loadSkipped } from '../store/rows';
import { Connection } from './connect';
import { Embedding } from './service';

const N = 50;
let server: ElasticTestServer;
let projectId = '';

beforeEach(async () => {
  await freshDatabase();
  const fields = { spec: FAKE_SPEC, backend: 'auto', seed: 1, k: null, kMin: 2, kMax: 5 } as const;
  projectId = (await createProject({ ...fields, name: 'rays' })).id;
  server = await new ElasticTestServer().start();
  const index = server.create('rays', { device: { type: 'keyword' } });
  for (let i = 0; i < N; i++)
    index.put(`ray ${i}`, {
      // Two documents hold the same picture, one holds none.
      image: i === 9 ? 'no base64, this' : png(8, 8, MOTIFS['slope'](i === 11 ? 10 : i)).toString('base64'),
      device: `phone ${i % 3}`,
    });
});
afterEach(() => server.stop());

const query = (): ElasticQuery => ({
  url: server.url,
  index: 'rays',
  query: '',
  dates: null,
  terms: [],
  imageField: 'image',
});

/** What a page does that goes on with a source, or begins it. */
async function session(source?: RemoteSource): Promise<EmbedEvent[]> {
  const events: EmbedEvent[] = [];
  const connection = new Connection(`?${originQuery([server.url])}`);
  await connection.login(server.url, { kind: 'none' });
  const known = [...(await documentsOf(projectId)).values()];
  await connection.resume(source ?? (await connection.begin('s', query(), N)), known);
  const embedding = new Embedding(fakeThreads(4));
  const taking = embedding.takeDocuments(projectId, () => connection.documents());
  await Promise.allSettled([
    taking,
    embedding.run(projectId, FAKE_SPEC, 'auto', (event) => events.push(event)),
  ]);
  await connection.end();
  return events;
}

async function expectAll(): Promise<void> {
  await audit(projectId);
  const { counts } = (await listProjects())[0];
  expect(counts).toMatchObject({ announced: N, embedded: N - 2, duplicates: 1, skipped: 1, missing: 0 });
  const [source] = await readRemotes(projectId);
  expect(source).toMatchObject({ announced: N, total: N, done: true });
  expect(await loadSkipped(projectId)).toEqual([
    { path: 'rays/ray 9', code: 'record', detail: expect.stringContaining('_id ray 9: ') },
  ]);
  const keys = await documentsByRow(projectId);
  expect(keys).toHaveLength(N - 1);
  expect(new Set(keys.map(({ key }) => key.id)).size).toBe(N - 1);
  const twins = keys.filter(({ key }) => ['ray 10', 'ray 11'].includes(key.id));
  expect(twins[0].row).toBe(twins[1].row);
}

it('takes documents in as files with columns, each page in one write with how far it came', async () => {
  const events = await session();
  expect(events.at(-1)?.type).toBe('finished');
  await expectAll();
  const [chunk] = await readRecordChunks(projectId);
  expect(chunk.columns.map(({ name }) => name)).toEqual(['_index', '_id', 'device']);
});

it(
  'a page killed at any write leaves books that add up, and the rest comes when it goes on',
  { timeout: 120_000 },
  async () => {
    for (const nth of [1, 3, 8, 30, 45, 60]) {
      await freshDatabase();
      const fields = { spec: FAKE_SPEC, backend: 'auto', seed: 1, k: null, kMin: 2, kMax: 5 } as const;
      projectId = (await createProject({ ...fields, name: 'rays' })).id;
      const { restore } = failWrites(nth, () => new Error('the page is gone'), { dead: true });
      await session()
        .catch(() => undefined)
        .finally(restore);
      await reopen();
      await audit(projectId);
      const [source] = await readRemotes(projectId);
      expect(source?.announced ?? 0).toBe((await listProjects())[0].counts.announced);
      if (nth % 2) server.expirePoints();
      await session(source);
      await expectAll();
    }
  },
);

it('forgets a server when told, and keeps what came from it', async () => {
  await session();
  await deleteRemote(projectId, 's');
  expect(await readRemotes(projectId)).toEqual([]);
  expect((await listProjects())[0].counts.embedded).toBe(N - 2);
});

it('passes on why a server gives no more; what came before stays', async () => {
  const connection = new Connection(`?${originQuery([server.url])}`);
  await connection.login(server.url, { kind: 'none' });
  await connection.resume(await connection.begin('s', query(), N), []);
  const embedding = new Embedding(fakeThreads(4));
  let pages = 0;
  const next = async () => {
    if (pages++ === 1) await server.stop();
    return connection.documents();
  };
  await expect(embedding.takeDocuments(projectId, next)).rejects.toMatchObject({
    code: 'remote',
    params: { reason: 'unreachable' },
  });
  expect((await readRemotes(projectId))[0]).toMatchObject({ announced: 20, total: N, done: false });
});
