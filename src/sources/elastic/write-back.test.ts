import { afterEach, beforeEach, expect, it } from 'vitest';
import { Refusal } from '../../../test/elastic/refusal';
import { runReplace } from '../../../test/elastic/script';
import { ElasticTestServer } from '../../../test/elastic/server';
import type { DocumentResult, ElasticServer, WriteOptions } from '../../domain/remote';
import { requestFrom } from '../remote/request';
import { writeResults } from './bulk';
import { ElasticHttp } from './http';
import { nearestThere } from './knn';
import { REPLACE } from './replace-script';
import { readServer } from './server';
import { prepareIndex, writtenFields } from './write-back';

let server: ElasticTestServer;
let waits: number[] = [];

const http = () =>
  new ElasticHttp(
    (request, signal) => requestFrom([server.url], request, signal),
    server.url,
    { kind: 'none' },
    async (seconds) => void waits.push(seconds),
  );

const OPTIONS: WriteOptions = { prefix: 'tessera', k: 5, run: 'run-1', dims: null, how: 'merge' };

function results(n: number, dims = 0): DocumentResult[] {
  return Array.from({ length: n }, (_, i) => ({
    key: { index: 'rays', id: `${i}`, routing: '' },
    cluster: i % 5,
    distance: i / 4,
    ...(dims > 0 && { vector: Float32Array.from({ length: dims }, (_, j) => (j === 0 ? i : 0)) }),
  }));
}

async function start(kind: ElasticServer['kind'], n = 20): Promise<ElasticServer> {
  await server?.stop();
  server = await new ElasticTestServer({ kind }).start();
  const index = server.create('rays', { name: { type: 'keyword' } });
  for (let i = 0; i < n; i++) index.put(`${i}`, { name: `n${i}` });
  return readServer(http());
}

beforeEach(async () => {
  waits = [];
  await start('elasticsearch');
});
afterEach(() => server.stop());

const sourceOf = (id: string) => server.indices.get('rays')!.documents.get(id)!.source;

it('writes label, distance, k and run beside what the documents hold; the same again changes nothing', async () => {
  const info = await readServer(http());
  expect(writtenFields(OPTIONS, info)).toEqual([
    ['tessera.cluster', 'integer'],
    ['tessera.distance', 'float'],
    ['tessera.k', 'integer'],
    ['tessera.run', 'keyword'],
  ]);
  await prepareIndex(http(), info, 'rays', OPTIONS);
  expect(await writeResults(http(), results(20), OPTIONS)).toEqual([]);
  expect(sourceOf('7')).toEqual({
    name: 'n7',
    tessera: { cluster: 2, distance: 1.75, k: 5, run: 'run-1' },
  });
  const places = [...server.indices.get('rays')!.documents.values()].map(({ n }) => n);
  await prepareIndex(http(), info, 'rays', OPTIONS);
  expect(await writeResults(http(), results(20), OPTIONS)).toEqual([]);
  expect([...server.indices.get('rays')!.documents.values()].map(({ n }) => n)).toEqual(places);
});

it('takes a prefix with dots, and refuses one that no field can have', async () => {
  const options = { ...OPTIONS, prefix: 'ml.tessera' };
  const info = await readServer(http());
  await prepareIndex(http(), info, 'rays', options);
  await writeResults(http(), results(1), options);
  expect(sourceOf('0')).toMatchObject({ ml: { tessera: { cluster: 0, run: 'run-1' } } });
  expect(
    server.indices.get('rays')!.mapping.properties!['ml'].properties!['tessera'].properties,
  ).toMatchObject({ cluster: { type: 'integer' } });
  for (const prefix of ['', '_x', 'a..b', '.a', 'a b', 'a*'])
    await expect(prepareIndex(http(), info, 'rays', { ...OPTIONS, prefix })).rejects.toMatchObject({
      params: { reason: 'refused' },
    });
});

it('replaces what stands under the prefix by a script, which changes nothing the second time', async () => {
  server.scripts.set(REPLACE, runReplace);
  const replacing = { ...OPTIONS, prefix: 'ml.tessera', how: 'replace' } as const;
  const index = server.indices.get('rays')!;
  index.put('3', { name: 'n3', ml: { other: 1, tessera: { vector: [1, 2], run: 'old' } } });
  expect(await writeResults(http(), results(5), replacing)).toEqual([]);
  expect(sourceOf('3')).toEqual({
    name: 'n3',
    ml: { other: 1, tessera: { cluster: 3, distance: 0.75, k: 5, run: 'run-1' } },
  });
  expect(sourceOf('4')).toHaveProperty('ml.tessera.cluster', 4);
  const places = [...index.documents.values()].map(({ n }) => n);
  expect(await writeResults(http(), results(5), replacing)).toEqual([]);
  expect([...index.documents.values()].map(({ n }) => n)).toEqual(places);
});

it('lists documents of a server that runs no scripts as refused', async () => {
  const failures = await writeResults(http(), results(2), { ...OPTIONS, how: 'replace' });
  expect(failures.map(({ status, reason }) => [status, reason])).toEqual(
    Array.from({ length: 2 }, () => [400, 'failed to execute script']),
  );
});

it('writes in batches of bounded length and says how far it is', async () => {
  await start('elasticsearch', 1200);
  const told: number[] = [];
  await writeResults(http(), results(1200), OPTIONS, (done) => told.push(done));
  expect(told).toEqual([500, 1000, 1200]);
  const large = { ...OPTIONS, dims: 100_000 };
  const before = server.requests(/_bulk/).length;
  await writeResults(http(), results(30, 100_000), large);
  const sizes = server
    .requests(/_bulk/)
    .slice(before)
    .map(({ body }) => body.length);
  expect(sizes.length).toBeGreaterThan(1);
  expect(Math.max(...sizes)).toBeLessThan(6 << 20);
});

it('lists each document that was not written, with the reason, and writes the others', async () => {
  server.refuseUpdate = (id) =>
    id === '3' ? { status: 400, type: 'document_parsing_exception', reason: 'field is closed' } : null;
  const more = [...results(5), { ...results(1)[0], key: { index: 'rays', id: 'gone', routing: '' } }];
  const failures = await writeResults(http(), more, OPTIONS);
  expect(failures).toEqual([
    { key: { index: 'rays', id: '3', routing: '' }, status: 400, reason: 'field is closed' },
    { key: { index: 'rays', id: 'gone', routing: '' }, status: 404, reason: '[gone]: document missing' },
  ]);
  expect(sourceOf('4')).toHaveProperty('tessera.cluster', 4);
  expect(sourceOf('3')).not.toHaveProperty('tessera');
});

it('tries again the documents alone that the server was too busy for', async () => {
  let busy = 2;
  server.refuseUpdate = (id) =>
    id === '3' && busy-- > 0
      ? { status: 429, type: 'es_rejected_execution_exception', reason: 'queue is full' }
      : null;
  expect(await writeResults(http(), results(5), OPTIONS)).toEqual([]);
  expect(server.requests(/_bulk/).map(({ body }) => body.split('\n').length - 1)).toEqual([10, 2, 2]);
  expect(waits.filter((seconds) => seconds >= 1)).toEqual([1, 2]);

  busy = Infinity;
  const [failure] = await writeResults(http(), results(5), OPTIONS);
  expect(failure).toMatchObject({ key: { id: '3' }, status: 429, reason: 'queue is full' });
});

it('says when a field of another type is in the way', async () => {
  server.create('taken', { tessera: { properties: { cluster: { type: 'keyword' } } } });
  await expect(prepareIndex(http(), await readServer(http()), 'taken', OPTIONS)).rejects.toThrow(
    /mapper \[tessera.cluster\] cannot be changed from type \[keyword\] to \[integer\]/,
  );
  server.fail(/PUT/, new Refusal(403, 'security_exception', 'no manage'));
  await expect(prepareIndex(http(), await readServer(http()), 'rays', OPTIONS)).rejects.toMatchObject({
    params: { reason: 'forbidden' },
  });
});

it.each(['elasticsearch', 'opensearch'] as const)(
  'writes vectors to %s and searches them there',
  async (kind) => {
    const info = await start(kind);
    server.indices.get('rays')!.settings['index.knn'] = 'true';
    const options = { ...OPTIONS, dims: 3 };
    expect(writtenFields(options, info).at(-1)).toEqual([
      'tessera.vector',
      kind === 'opensearch' ? 'knn_vector' : 'dense_vector',
    ]);
    await prepareIndex(http(), info, 'rays', options);
    expect(server.indices.get('rays')!.mapping.properties!['tessera'].properties!['vector']).toEqual(
      kind === 'opensearch'
        ? { type: 'knn_vector', dimension: 3, method: { name: 'hnsw', space_type: 'l2', engine: 'lucene' } }
        : { type: 'dense_vector', dims: 3, index: true, similarity: 'l2_norm' },
    );
    expect(await writeResults(http(), results(20, 3), options)).toEqual([]);
    const near = await nearestThere(http(), info, {
      index: 'rays',
      field: 'tessera.vector',
      imageField: 'name',
      vector: Float32Array.of(7.2, 0, 0),
      count: 3,
    });
    expect(near.map(({ key }) => key.id)).toEqual(['7', '8', '6']);
    expect(near[0].file.fault).toMatch(/^_id 7: /);
    expect(near[0].score).toBeGreaterThan(near[1].score);
  },
);

it('says that an OpenSearch index was made without kNN, and that vectors can be too long', async () => {
  const info = await start('opensearch');
  await expect(prepareIndex(http(), info, 'rays', { ...OPTIONS, dims: 3 })).rejects.toThrow(
    /made without "index.knn": true/,
  );
  await expect(prepareIndex(http(), info, 'rays', { ...OPTIONS, dims: 5000 })).rejects.toThrow(
    /longer than 4096/,
  );
});

it('writes the fitted cluster beside an edited one, and none where there is none', async () => {
  const info = await readServer(http());
  const options = { ...OPTIONS, edited: true };
  expect(writtenFields(options, info).slice(4)).toEqual([
    ['tessera.base_cluster', 'integer'],
    ['tessera.edited', 'boolean'],
  ]);
  await prepareIndex(http(), info, 'rays', options);
  const [one, two, three] = results(3);
  const edited = [
    { ...one, base: 0 },
    { ...two, base: 4 },
    { ...three, cluster: null, base: 2, distance: NaN },
  ];
  expect(await writeResults(http(), edited, options)).toEqual([]);
  expect(sourceOf('0')['tessera']).toMatchObject({ cluster: 0, base_cluster: 0, edited: false });
  expect(sourceOf('1')['tessera']).toMatchObject({ cluster: 1, base_cluster: 4, edited: true });
  expect(sourceOf('2')['tessera']).toMatchObject({
    cluster: null,
    distance: null,
    base_cluster: 2,
    edited: true,
  });
});
