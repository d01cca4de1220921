import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { png, MOTIFS } from '../../../e2e/make-images';
import { Refusal } from '../../../test/elastic/refusal';
import { ElasticTestServer, type ServerOptions } from '../../../test/elastic/server';
import type { ElasticLogin, ElasticQuery, RemoteSource } from '../../domain/remote';
import { textAt } from '../../domain/table';
import { requestFrom } from '../remote/request';
import { readFields } from './fields';
import { ElasticHttp } from './http';
import { documentKey, newSource, Pages } from './pages';
import { countDocuments } from './query';
import { sampleDocuments } from './sample';
import { listIndices, readServer } from './server';

let server: ElasticTestServer;
let waits: number[] = [];
const none: ElasticLogin = { kind: 'none' };

async function serverOf(options: ServerOptions): Promise<void> {
  await server.stop();
  server = await new ElasticTestServer(options).start();
  fill(server);
}

const picture = (i: number): string => png(8, 8, MOTIFS['slope'](i)).toString('base64');

const MAPPING = {
  frame_content: { type: 'binary' },
  device: { type: 'text', fields: { keyword: { type: 'keyword' } } },
  taken: { type: 'date' },
  place: { properties: { lat: { type: 'float' }, indoor: { type: 'boolean' } } },
  old: { properties: { vector: { type: 'dense_vector', dims: 3 } } },
};

/** 30 documents with pictures, one of them wrong. */
function fill(into: ElasticTestServer, n = 30): void {
  const index = into.create('rays', structuredClone(MAPPING));
  for (let i = 0; i < n; i++)
    index.put(`id/${i}`, {
      frame_content: i === 7 ? 'not base64!' : `data:image/png;base64,${picture(i)}`,
      device: i % 2 ? 'Phone A' : 'Phone B',
      taken: Date.UTC(2024, 0, 1 + i),
      place: { lat: i / 2, indoor: i % 3 === 0 },
      old: { vector: [1, 2, 3] },
    });
}

function http(login = none): ElasticHttp {
  const send = (request: Parameters<typeof requestFrom>[1], signal: AbortSignal) =>
    requestFrom([server.url], request, signal);
  return new ElasticHttp(send, `${server.url}/`, login, async (seconds) => void waits.push(seconds));
}

const query = (more: Partial<ElasticQuery> = {}): ElasticQuery => ({
  url: server.url,
  index: 'rays',
  query: '',
  dates: null,
  terms: [],
  imageField: 'frame_content',
  ...more,
});

/** All pages of a source, from where it stands. */
async function drain(source: RemoteSource, known: string[] = [], onPage?: (source: RemoteSource) => void) {
  const client = http();
  const pages = new Pages(
    client,
    await readServer(client),
    await readFields(client, source.query.index),
    source,
    new Set(known),
  );
  const files = [];
  const columns = [];
  let last = source;
  for (let page = await pages.next(); page; page = await pages.next()) {
    files.push(...page.files);
    columns.push(page.columns);
    last = page.source;
    onPage?.(page.source);
  }
  await pages.close();
  return { files, columns, last };
}

const begin = async (q = query(), total = 30): Promise<RemoteSource> =>
  newSource('s', q, total, await readServer(http()));

beforeEach(async () => {
  waits = [];
  server = await new ElasticTestServer().start();
  fill(server);
});
afterEach(() => server.stop());

describe.each([
  ['elasticsearch', '8.15.0'],
  ['elasticsearch', '7.10.2'],
  ['opensearch', '2.17.1'],
  ['opensearch', '3.3.0'],
] as const)('%s %s', (kind, version) => {
  beforeEach(() => serverOf({ kind, version }));

  it('is recognised, lists its indices, tells its fields', async () => {
    expect(await readServer(http())).toEqual({ kind, version, name: 'test-cluster' });
    expect(await listIndices(http())).toEqual([{ name: 'rays', documents: 30 }]);
    const fields = await readFields(http(), 'ra*');
    expect(fields.map(({ name, column, term }) => [name, column, term])).toEqual([
      ['device', 'text', 'device.keyword'],
      ['frame_content', 'text', null],
      ['old.vector', 'text', null],
      ['place.indoor', 'boolean', 'place.indoor'],
      ['place.lat', 'number', 'place.lat'],
      ['taken', 'date', null],
    ]);
  });

  it('gives every document once, with its picture and columns, and lets its point in time go', async () => {
    const { files, columns, last } = await drain(await begin(query(), 20_000));
    expect(files).toHaveLength(30);
    expect(new Set(files.map(({ path }) => path)).size).toBe(30);
    const wrong = files.filter(({ fault }) => fault !== undefined);
    expect(wrong.map(({ path, fault }) => [path, fault])).toEqual([
      ['rays/id%2f7', '_id id/7: byte 10 of the text is not base64'],
    ]);
    const three = files.find(({ path }) => path === 'rays/id%2f3.png')!;
    expect(Buffer.from(three.bytes).toString('base64')).toBe(picture(3));
    expect(columns[0].map(({ name, type }) => [name, type])).toEqual([
      ['_index', 'text'],
      ['_id', 'text'],
      ['device', 'text'],
      ['place.indoor', 'boolean'],
      ['place.lat', 'number'],
      ['taken', 'date'],
    ]);
    const [, ids, device, indoor, lat, taken] = columns[0];
    const i = Number(textAt(ids, 2).slice(3));
    expect([device, indoor, lat, taken].map((column) => textAt(column, 2))).toEqual([
      i % 2 ? 'Phone A' : 'Phone B',
      String(i % 3 === 0),
      String(i / 2),
      new Date(Date.UTC(2024, 0, 1 + i)).toISOString(),
    ]);
    expect(last).toMatchObject({ announced: 30, total: 30, done: true });
    expect(server.points.size).toBe(0);
  });

  it('goes on with every document once after the point in time was lost, though some were changed', async () => {
    const known: string[] = [];
    let source = await begin();
    const client = http();
    const info = await readServer(client);
    const fields = await readFields(client, 'rays');
    const pages = new Pages(client, info, fields, source, new Set());
    const first = (await pages.next())!;
    source = first.source;
    first.files.forEach((_, i) => known.push(documentKey('rays', textAt(first.columns[1], i))));
    expect(first.files).toHaveLength(20);

    server.expirePoints();
    // A changed document gets another place, in a shard and in the order of `_shard_doc`.
    for (const id of ['id/0', 'id/1', 'id/29']) {
      const index = server.indices.get('rays')!;
      index.put(id, { ...index.documents.get(id)!.source, device: 'moved' });
    }
    const rest = await drain(source, known);
    const paths = [...first.files, ...rest.files].map(({ path }) => path);
    expect([paths.length, new Set(paths).size]).toEqual([30, 30]);
    expect(rest.last).toMatchObject({ announced: 30, done: true });
  });

  it('goes on within a session as well when its point in time is lost between two pages', async () => {
    const { files, last } = await drain(await begin(), [], () => server.expirePoints());
    expect([files.length, new Set(files.map(({ path }) => path)).size]).toEqual([30, 30]);
    expect(last.done).toBe(true);
  });
});

it('goes on in the same point in time while that lives', async () => {
  const client = http();
  const pages = new Pages(client, await readServer(client), [], await begin(), new Set());
  const { source } = (await pages.next())!;
  const before = server.log.length;
  const { files } = await drain(source, ['rays\nid/0']);
  expect(files).toHaveLength(10);
  expect(server.log.slice(before).filter(({ path }) => path.includes('_pit?'))).toEqual([]);
});

it('asks in slices, each of its own cursor', async () => {
  const source = await begin(query(), 35_000);
  expect(source.cursors).toEqual([[], [], [], []]);
  expect((await drain(source)).files).toHaveLength(30);
  const slices = server.requests(/POST \/_search/).map(({ body }) => JSON.parse(body).slice.id);
  expect([...new Set(slices)]).toEqual([0, 1, 2, 3]);
});

it('counts and fetches what was asked for: words, JSON, dates, terms', async () => {
  const cases: [Partial<ElasticQuery>, number][] = [
    [{}, 30],
    [{ query: '*' }, 30],
    [{ query: 'device:"Phone A"' }, 15],
    [{ query: { term: { 'device.keyword': 'Phone A' } } }, 15],
    [{ terms: [{ field: 'device.keyword', values: ['Phone A', 'Phone B'] }] }, 30],
    [{ terms: [{ field: 'place.indoor', values: ['true'] }] }, 10],
    [{ dates: { field: 'taken', from: Date.UTC(2024, 0, 11), to: null } }, 20],
    [
      { dates: { field: 'taken', from: Date.UTC(2024, 0, 11), to: Date.UTC(2024, 0, 12) }, query: 'phone' },
      2,
    ],
  ];
  for (const [more, n] of cases) {
    expect([more, await countDocuments(http(), query(more))]).toEqual([more, n]);
    expect((await drain(await begin(query(more), n))).files).toHaveLength(n);
  }
});

it('fetches the wanted columns only, and never old vectors', async () => {
  const { columns } = await drain(await begin(query({ columns: ['place.lat'] })));
  expect(columns[0].map(({ name }) => name)).toEqual(['_index', '_id', 'place.lat']);
  const sources = server.requests(/POST \/_search/).map(({ body }) => JSON.parse(body)._source);
  expect(sources[0]).toEqual({ includes: ['frame_content', 'place.lat'], excludes: ['old.vector'] });
});

it('finds the field with the pictures, also one that is not in the mapping', async () => {
  const fields = await readFields(http(), 'rays');
  expect(await sampleDocuments(http(), query(), fields)).toEqual({
    imageFields: ['frame_content'],
    documents: 5,
  });
  server.create('odd').put('1', { a: [{ shot: picture(1) }], note: 'x'.repeat(80) });
  expect(await sampleDocuments(http(), query({ index: 'odd' }), [])).toMatchObject({
    imageFields: ['a.shot'],
  });
});

describe('logins', () => {
  it.each([
    [
      { user: 'ann', password: 'pässword' },
      { kind: 'basic', user: 'ann', password: 'pässword' },
    ],
    [{ apiKey: 'aWQ6a2V5' }, { kind: 'api-key', key: 'id:key' }],
    [{ apiKey: 'aWQ6a2V5' }, { kind: 'api-key', key: ' aWQ6a2V5 ' }],
  ] as const)('%j', async (login, given) => {
    await serverOf({ login });
    expect(await readServer(http(given))).toMatchObject({ version: '8.15.0' });
    const wrong = readServer(http({ kind: 'basic', user: 'ann', password: 'secret-word' }));
    await expect(wrong).rejects.toMatchObject({ params: { reason: 'unauthorised' } });
    const said = await wrong.catch((error) =>
      JSON.stringify([error.message, error.params, String(error.cause)]),
    );
    expect(said).not.toMatch(/secret-word|c2VjcmV0/);
    expect(server.log.map(({ path }) => path).join()).not.toMatch(/secret|ann/);
  });

  it('may be forbidden to ask for the version and for the list of indices', async () => {
    const refusal = new Refusal(403, 'security_exception', 'action [cluster:monitor/main] is unauthorized');
    server.fail(/GET \/(_cat|$)/, refusal, 2);
    expect(await readServer(http())).toEqual({ kind: 'elasticsearch', version: null, name: '' });
    expect(await listIndices(http())).toBeNull();
  });
});

describe('trouble', () => {
  it('waits as long as the server asks for, or ever longer, and goes on', async () => {
    server.fail(/_count/, new Refusal(429, 'circuit_breaking_exception', 'busy', { 'retry-after': '7' }));
    server.fail(/_count/, new Refusal(503, 'unavailable', 'busy'), 2);
    expect(await countDocuments(http(), query())).toBe(30);
    expect(waits.filter((seconds) => seconds >= 1)).toEqual([7, 2, 4]);
  });

  it('gives up after some tries, with the reason', async () => {
    server.fail(/_count/, new Refusal(429, 'circuit_breaking_exception', 'Data too large'), 99);
    await expect(countDocuments(http(), query())).rejects.toMatchObject({
      params: { reason: 'busy', detail: 'Data too large' },
    });
    expect(server.requests(/_count/)).toHaveLength(6);
  });

  it('asks no faster than it should', async () => {
    const client = http();
    for (let i = 0; i < 3; i++) await countDocuments(client, query());
    expect(waits).toHaveLength(2);
    expect(Math.max(...waits)).toBeLessThanOrEqual(0.2);
  });

  it.each([
    [
      new Refusal(403, 'security_exception', 'action [x] is unauthorized'),
      'forbidden',
      /lacks a privilege \(action/,
    ],
    [
      new Refusal(404, 'index_not_found_exception', 'no such index [rays]'),
      'not-found',
      /no such index \[rays\]/,
    ],
    [new Refusal(400, 'parsing_exception', 'unknown query [foo]'), 'refused', /unknown query \[foo\]/],
    [new Refusal(500, 'oops', 'broken'), 'answer', /status 500 \(broken\)/],
  ])('says what %s means', async (refusal, reason, sentence) => {
    server.fail(/_count/, refusal);
    const failed = countDocuments(http(), query());
    await expect(failed).rejects.toMatchObject({ code: 'remote', params: { reason, origin: server.url } });
    await expect(failed).rejects.toThrow(sentence);
  });

  it('passes on what the server says of a wrong query', async () => {
    await expect(countDocuments(http(), query({ query: 'device:(' }))).rejects.toThrow(
      /refused the request with status 400 \(Failed to parse query/,
    );
    await expect(countDocuments(http(), query({ index: 'nowhere' }))).rejects.toMatchObject({
      params: { reason: 'not-found' },
    });
    for (const index of ['', ' , ', '../x', '_bulk', 'a/b', 'a?b'])
      await expect(countDocuments(http(), query({ index }))).rejects.toThrow(/is not the name of an index/);
  });

  it('knows what is not Elasticsearch, and what is too old', async () => {
    const say = (body: string) =>
      readServer(
        new ElasticHttp(
          async () => ({ status: 200, headers: {}, body: new TextEncoder().encode(body) }),
          server.url,
          none,
        ),
      );
    await expect(say('<html>')).rejects.toThrow(/is not Elasticsearch or OpenSearch/);
    await expect(say('{}')).rejects.toThrow(/is not Elasticsearch or OpenSearch/);
    await expect(say('{"version":{"number":"6.8.0"}}')).rejects.toThrow(/at least 7.10/);
    await expect(say('{"version":{"number":"1.3.0","distribution":"opensearch"}}')).rejects.toThrow(
      /at least 2.4/,
    );
  });

  it('asks again when some shards gave no answer, rather than lose documents', async () => {
    let partial = 2;
    const send = async (request: Parameters<typeof requestFrom>[1], signal: AbortSignal) => {
      const answer = await requestFrom([server.url], request, signal);
      if (!/_search$/.test(request.url) || partial-- <= 0) return answer;
      const whole = JSON.parse(new TextDecoder().decode(answer.body));
      const half = { ...whole, _shards: { failed: 1 }, hits: { hits: whole.hits.hits.slice(0, 3) } };
      return { ...answer, body: new TextEncoder().encode(JSON.stringify(half)) };
    };
    const client = new ElasticHttp(send, server.url, none, async () => undefined);
    const pages = new Pages(client, await readServer(client), [], await begin(), new Set());
    const files = [];
    for (let page = await pages.next(); page; page = await pages.next()) files.push(...page.files);
    expect(files).toHaveLength(30);
  });

  it('ends while it waits', async () => {
    server.fail(/_count/, new Refusal(503, 'unavailable', 'busy'), 99);
    const send = (request: Parameters<typeof requestFrom>[1], signal: AbortSignal) =>
      requestFrom([server.url], request, signal);
    const client = new ElasticHttp(send, server.url, none);
    const counting = countDocuments(client, query());
    setTimeout(() => client.stopped.abort(), 50);
    await expect(counting).rejects.toMatchObject({ code: 'cancelled' });
  });
});
