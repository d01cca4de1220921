import { afterEach, expect, it } from 'vitest';
import { openRemote, type Remote } from './remote';

let remote: Remote | null = null;
afterEach(() => remote?.close());

it('asks an agreed origin from a thread of its own', async () => {
  remote = openRemote([`${location.origin}/some/path`]);
  expect(remote.origins).toEqual([location.origin]);
  const { status, headers, body } = await remote.request({
    method: 'GET',
    url: `${location.origin}/package.json`,
  });
  expect([status, headers['content-type']]).toEqual([200, 'application/json']);
  expect(JSON.parse(new TextDecoder().decode(body))).toMatchObject({ name: 'tessera' });
});

it('refuses every other origin by itself, whatever the host sends for a policy', async () => {
  remote = openRemote([location.origin]);
  for (const url of [
    'http://127.0.0.1:1/',
    'https://example.org/',
    'data:text/plain,x',
    `http://user:pw@${location.host}/`,
    '/package.json',
  ])
    await expect(remote.request({ method: 'GET', url })).rejects.toMatchObject({
      code: 'remote',
      params: { reason: 'origin' },
    });
});

it('says what may be wrong when nobody answers, and ends when told', async () => {
  remote = openRemote(['http://127.0.0.1:1']);
  const nobody = remote.request({ method: 'GET', url: 'http://127.0.0.1:1/' });
  await expect(nobody).rejects.toMatchObject({ params: { reason: 'unreachable' } });
  const stopped = new AbortController();
  stopped.abort();
  await expect(
    remote.request({ method: 'GET', url: 'http://127.0.0.1:1/' }, stopped.signal),
  ).rejects.toThrow();
  remote.close();
  await expect(remote.request({ method: 'GET', url: 'http://127.0.0.1:1/' })).rejects.toMatchObject({
    code: 'cancelled',
  });
});

it.each(['es.example:9200', 'file:///etc', 'https://*/', ''])('does not open %s', (address) => {
  expect(() => openRemote([address])).toThrow(
    expect.objectContaining({ code: 'remote', params: expect.objectContaining({ reason: 'origin' }) }),
  );
});
