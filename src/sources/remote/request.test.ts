import { expect, it } from 'vitest';
import { requestFrom, type Fetch } from './request';

const ORIGIN = 'https://es.example:9200';
const get = (url = `${ORIGIN}/x`) => ({ method: 'GET' as const, url });
const never = new AbortController().signal;

const hang: Fetch = (_, { signal }) =>
  new Promise((_resolve, reject) => signal!.addEventListener('abort', () => reject(new Error('aborted'))));

it('sends no cookies, keeps nothing and follows no redirect', async () => {
  let sent: RequestInit = {};
  const fetch: Fetch = async (_, init) => {
    sent = init;
    return new Response('{}', { status: 404, headers: { 'X-Reason': 'gone' } });
  };
  const answer = await requestFrom([ORIGIN], { ...get(), headers: { Authorization: 'a' } }, never, { fetch });
  expect(answer).toMatchObject({ status: 404, headers: { 'x-reason': 'gone' } });
  expect(new TextDecoder().decode(answer.body)).toBe('{}');
  expect(sent).toMatchObject({
    credentials: 'omit',
    cache: 'no-store',
    redirect: 'error',
    referrerPolicy: 'no-referrer',
  });
});

it('asks nobody who was not agreed to', async () => {
  let asked = 0;
  const fetch: Fetch = async () => (asked++, new Response(''));
  for (const url of [
    'https://es.example/x',
    'http://es.example:9200/x',
    `https://u:p@es.example:9200/x`,
    '/x',
  ])
    await expect(requestFrom([ORIGIN], get(url), never, { fetch })).rejects.toMatchObject({
      params: { reason: 'origin' },
    });
  expect(asked).toBe(0);
});

it('gives up an answer that is too long, late or not wanted any more', async () => {
  const long: Fetch = async () => new Response('x'.repeat(100));
  await expect(
    requestFrom([ORIGIN], { ...get(), maxBytes: 99 }, never, { fetch: long }),
  ).rejects.toMatchObject({ params: { reason: 'too-large', detail: '99' } });
  await expect(requestFrom([ORIGIN], { ...get(), timeout: 5 }, never, { fetch: hang })).rejects.toMatchObject(
    { params: { reason: 'timeout' } },
  );
  const controller = new AbortController();
  const waiting = requestFrom([ORIGIN], get(), controller.signal, { fetch: hang });
  controller.abort();
  await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
});

it('tells plain http on an https page from a server that is not there; loopback is allowed', async () => {
  const fetch: Fetch = async () => {
    throw new TypeError('Failed to fetch');
  };
  const reason = (origin: string, page: string) =>
    requestFrom([origin], get(`${origin}/x`), never, { fetch, page }).catch((error) => error.params.reason);
  expect(await reason('http://es.example', 'https:')).toBe('mixed-content');
  expect(await reason('http://localhost:9200', 'https:')).toBe('unreachable');
  expect(await reason('http://es.example', 'http:')).toBe('unreachable');
  expect(await reason('https://es.example', 'https:')).toBe('unreachable');
});
