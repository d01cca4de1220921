import { beforeEach, describe, expect, it } from 'vitest';
import { audit } from '../../test/audit';
import { FAKE_SPEC, fakeImage, fakeThreads } from '../../test/fake-threads';
import { freshDatabase } from '../../test/fresh-database';
import type { FetchAddress } from '../domain/addresses';
import { TesseraError } from '../domain/errors';
import type { DroppedFile } from '../domain/files';
import { textAt } from '../domain/table';
import type { Counts } from '../domain/project';
import { readAwaited } from '../store/addresses';
import { createProject } from '../store/projects';
import { readRecordChunks } from '../store/records';
import { loadRowTable, loadSkipped } from '../store/rows';
import { Embedding } from './service';

beforeEach(freshDatabase);

const A = 'https://a.example';
const B = 'https://b.example';
const LIST = [
  'species,url,year',
  `lynx,${A}/1.png,2020`,
  `fox,${A}/i?id=2,2021`,
  `fox,${A}/1.png#again,2022`,
  `bear,${B}/3.png,2023`,
  `hare,,2024`,
  `owl,ftp://a.example/5.png,2025`,
  `lynx,${A}/gone.png,2026`,
  `fox,${A}/i%20(id=2),2027`,
  `"wolf, grey",${A}/text.txt,2028`,
].join('\n');

const listOf = (origins: string[], text = LIST): DroppedFile => {
  const file = new File([text], 'list.csv', { lastModified: 1 });
  return { path: 'list.csv', file, addresses: { column: 'url', origins } };
};

/** What lies at the addresses; remembers what was asked for. */
function server(): { fetch: FetchAddress; asked: string[]; fails: Map<string, Error> } {
  const asked: string[] = [];
  const fails = new Map([[`${A}/gone.png`, new Error('nothing is at this address any more (HTTP 404)')]]);
  const fetch: FetchAddress = async (address) => {
    asked.push(address);
    const error = fails.get(address);
    if (error) throw error;
    return address.endsWith('.txt') ? new TextEncoder().encode('hello') : fakeImage(`at ${address}`);
  };
  return { fetch, asked, fails };
}

const project = () =>
  createProject({ name: 'list', spec: FAKE_SPEC, backend: 'auto', seed: 1, k: null, kMin: 5, kMax: 30 });

async function run(service: Embedding, id: string): Promise<Counts> {
  let counts: Counts | null = null;
  await service.run(id, FAKE_SPEC, 'auto', (event) => {
    if (event.type === 'finished') counts = event.counts;
  });
  await audit(id);
  return counts!;
}

describe('a list of addresses', () => {
  it('becomes images with columns; what cannot be fetched is told', async () => {
    const { id } = await project();
    const { fetch, asked } = server();
    const service = new Embedding(fakeThreads());
    await service.add(id, [listOf([A])], fetch);
    expect(await run(service, id)).toMatchObject({ announced: 8, embedded: 3, skipped: 5, missing: 0 });
    expect(asked).toEqual([`${A}/1.png`, `${A}/i?id=2`, `${A}/gone.png`, `${A}/i%20(id=2)`, `${A}/text.txt`]);
    expect((await loadRowTable(id)).paths).toEqual([
      'a.example/1.png',
      'a.example/i (id=2)',
      'a.example/i (id=2) (2)',
    ]);
    expect((await loadSkipped(id)).map(({ path, code, detail }) => [path, code, detail])).toEqual([
      ['b.example/3.png', 'address', 'https://b.example was not agreed to'],
      ['list/row 5', 'address', 'row 5: no address'],
      ['list/row 6', 'address', 'row 6: “ftp://a.example/5.png” is no address'],
      ['a.example/gone.png', 'address', 'nothing is at this address any more (HTTP 404)'],
      ['a.example/text.txt', 'not-image', undefined],
    ]);
    const [{ seq0, n, columns }] = await readRecordChunks(id);
    expect([seq0, n, columns.map(({ name }) => name)]).toEqual([0, 8, ['species', 'url', 'year']]);
    expect(columns.map((column) => textAt(column, 7))).toEqual(['wolf, grey', `${A}/text.txt`, '2028']);
  });

  it('is not fetched twice when it is dropped again, but for what failed', async () => {
    const { id } = await project();
    const { fetch, asked, fails } = server();
    const service = new Embedding(fakeThreads());
    await service.add(id, [listOf([A])], fetch);
    await run(service, id);
    asked.length = 0;
    fails.clear();
    await service.add(id, [listOf([A, B])], fetch);
    expect(await run(service, id)).toMatchObject({ announced: 8, embedded: 5, skipped: 3 });
    expect(asked.sort()).toEqual([`${A}/gone.png`, `${A}/text.txt`, `${B}/3.png`]);
  });

  it('goes on in another page without the list, and asks only whom it may', async () => {
    const { id } = await project();
    const { fetch, asked } = server();
    await new Embedding(fakeThreads()).add(id, [listOf([A, B])], fetch);
    // The page is closed before anything is fetched.
    expect(await readAwaited(id)).toEqual([
      { origin: A, count: 5 },
      { origin: B, count: 1 },
    ]);
    const next = new Embedding(fakeThreads());
    expect(await run(next, id)).toMatchObject({ embedded: 0, missing: 6, skipped: 2 });
    expect(asked).toEqual([]);
    await next.fetchAgain(id, [B], fetch);
    expect(await run(next, id)).toMatchObject({ embedded: 1, missing: 5 });
    expect(asked).toEqual([`${B}/3.png`]);
    await next.fetchAgain(id, [A, B], fetch);
    expect(await run(next, id)).toMatchObject({ announced: 8, embedded: 4, missing: 0, skipped: 4 });
    // What is no image is not asked for again; what failed may be.
    expect(await readAwaited(id)).toEqual([{ origin: A, count: 1 }]);
  });

  it('keeps what was being fetched when the run is cancelled', async () => {
    const { id } = await project();
    const { fetch } = server();
    const service = new Embedding(fakeThreads());
    const ending: FetchAddress = async () => {
      // A cancel waits for what is being fetched to end.
      void service.cancel();
      throw new TesseraError('cancelled', 'Cancelled.');
    };
    await service.add(id, [listOf([A])], (address) => (address.endsWith('1.png') ? ending : fetch)(address));
    await service.run(id, FAKE_SPEC, 'auto', () => undefined);
    await audit(id);
    expect((await loadSkipped(id)).map(({ path }) => path)).not.toContain('a.example/1.png');
    const again = new Embedding(fakeThreads());
    await again.fetchAgain(id, [A], fetch);
    expect(await run(again, id)).toMatchObject({ embedded: 3, missing: 0 });
  });

  it('says which columns hold addresses, and that a table cannot be read', async () => {
    const service = new Embedding(fakeThreads());
    const { rows, columns } = await service.inspectAddresses(listOf([]).file);
    expect([rows, columns.map(({ name, addresses }) => [name, addresses])]).toEqual([9, [['url', 6]]]);
    await expect(service.inspectAddresses(new File([], 'empty.csv'))).rejects.toMatchObject({
      code: 'read-file',
    });
  });

  it('may be JSON', async () => {
    const { id } = await project();
    const { fetch } = server();
    const service = new Embedding(fakeThreads());
    const text = [`{"photo":{"url":"${A}/1.png"},"n":1}`, `{"photo":{"url":"${A}/2.png"},"n":2}`].join('\n');
    const file = new File([text], 'list.ndjson');
    await service.add(
      id,
      [{ path: 'list.ndjson', file, addresses: { column: 'photo.url', origins: [A] } }],
      fetch,
    );
    expect(await run(service, id)).toMatchObject({ announced: 2, embedded: 2 });
  });
});
