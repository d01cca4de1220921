import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { MOTIFS, png } from '../../e2e/make-images';
import { ElasticTestServer } from '../../test/elastic/server';
import { TesseraError } from '../domain/errors';
import type { ElasticQuery, RemoteAnswer } from '../domain/remote';
import { requestFrom } from '../sources/remote/request';
import { Elastic } from './elastic';

const OPTIONS = { prefix: 'tessera', k: 2, run: 'r', dims: 2, how: 'merge' } as const;
const server = new ElasticTestServer();
const answers = new Map<string, RemoteAnswer>();

/** Changes the answer with this number; the others come as they are. */
type Damage = (answer: RemoteAnswer) => RemoteAnswer;

/** All that the client asks a server in one go; gives the number of answers. */
async function everything(at: number, damage: Damage): Promise<number> {
  let asked = 0;
  const elastic = new Elastic(
    async (request, signal) => {
      // What was asked before is answered as before: the server itself is slow.
      const known = JSON.stringify([request.method, request.url, request.body]);
      const answer = answers.get(known) ?? (await requestFrom([server.url], request, signal));
      answers.set(known, answer);
      return asked++ === at ? damage(answer) : answer;
    },
    async () => undefined,
  );
  await elastic.login(server.url, { kind: 'none' });
  const index = 'rays';
  const imageField = 'frame_content';
  const query: ElasticQuery = { url: server.url, index, query: '', dates: null, terms: [], imageField };
  await elastic.indices();
  await elastic.sample(query);
  await elastic.resume(await elastic.begin('s', query, await elastic.count(query)), []);
  while (await elastic.documents());
  await elastic.end();
  await elastic.prepare([index], OPTIONS);
  const key = { index, id: '1', routing: '' };
  const vector = Float32Array.of(1, 2);
  await elastic.write([{ key, cluster: 1, distance: 2, vector }], OPTIONS);
  await elastic.nearest({ index, field: 'tessera.vector', imageField, count: 3, vector });
  return asked;
}

beforeAll(async () => {
  await server.start();
  const index = server.create('rays', { frame_content: { type: 'binary' }, taken: { type: 'date' } });
  for (let i = 0; i < 3; i++)
    index.put(`${i}`, { frame_content: png(4, 4, MOTIFS['slope'](i)).toString('base64'), taken: i * 1e9 });
});
afterAll(() => server.stop());

it('an answer that is cut short, changed, of another kind or status is told in a sentence', async () => {
  const all = await everything(-1, (answer) => answer);
  const json = fc.json({ maxDepth: 3 }).map((text) => new TextEncoder().encode(text));
  const change = fc.oneof(
    fc.record({ cut: fc.nat() }),
    fc.record({ at: fc.nat(), byte: fc.nat(255) }),
    fc.record({ body: json }),
    fc.record({ status: fc.constantFrom(200, 204, 301, 400, 401, 403, 404, 413, 429, 500, 503) }),
  );
  let failed = 0;
  await fc.assert(
    fc.asyncProperty(fc.nat(all - 1), change, async (at, wanted) => {
      const damage: Damage = (answer) => {
        const body = new Uint8Array(answer.body);
        if ('status' in wanted) return { ...answer, status: wanted.status };
        if ('body' in wanted) return { ...answer, body: new Uint8Array(wanted.body) };
        if ('cut' in wanted) return { ...answer, body: body.slice(0, wanted.cut % (body.length + 1)) };
        if (body.length > 0) body[wanted.at % body.length] = wanted.byte;
        return { ...answer, body };
      };
      try {
        await everything(at, damage);
      } catch (error) {
        failed++;
        expect(error).toBeInstanceOf(TesseraError);
        expect((error as TesseraError).code).toBe('remote');
        expect((error as TesseraError).message).toMatch(/\w.*\.$/s);
      }
    }),
    { numRuns: 2000, endOnFailure: true },
  );
  expect(failed).toBeGreaterThan(200);
}, 600_000);
