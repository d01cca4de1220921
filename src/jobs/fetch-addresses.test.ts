import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TesseraError } from '../domain/errors';
import type { RemoteAnswer, RemoteRequest } from '../domain/remote';
import { AddressFetcher } from './fetch-addresses';

const A = 'https://a.example';
const B = 'https://b.example';
const answer = (status: number, headers: Record<string, string> = {}, text = 'picture'): RemoteAnswer => ({
  status,
  headers,
  body: new TextEncoder().encode(text),
});
const unreachable = new TesseraError('remote', 'No answer.', { reason: 'unreachable' });

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] }));
afterEach(() => void vi.useRealTimers());

function fetcher(
  serve: (request: RemoteRequest, signal?: AbortSignal) => Promise<RemoteAnswer>,
  held = true,
) {
  const connections = { opened: 0, closed: 0, requests: [] as RemoteRequest[] };
  const made = new AddressFetcher([A, B], () => {
    connections.opened++;
    return {
      held: async () => held,
      request: (request, signal) => {
        connections.requests.push(request);
        return serve(request, signal);
      },
      close: () => void connections.closed++,
    };
  });
  return { made, connections };
}

describe('AddressFetcher', () => {
  it('gives the bytes, and follows redirects only where the policy holds', async () => {
    for (const held of [true, false]) {
      const { made, connections } = fetcher(async () => answer(200), held);
      expect(new TextDecoder().decode(await made.get(`${A}/1.png`))).toBe('picture');
      expect(connections.requests).toMatchObject([{ method: 'GET', url: `${A}/1.png` }]);
      expect(connections.requests[0].redirect).toBe(held ? 'follow' : undefined);
    }
  });

  it.each([
    [404, 'nothing is at this address any more (HTTP 404)'],
    [403, 'the server does not give it to everyone (HTTP 403)'],
    [500, 'the server answered HTTP 500'],
  ])('says in words what %i means, and asks once', async (status, words) => {
    const { made, connections } = fetcher(async () => answer(status));
    await expect(made.get(`${A}/1.png`)).rejects.toThrow(words);
    expect(connections.requests).toHaveLength(1);
  });

  it('asks a server four things at a time, and others meanwhile', async () => {
    let now = 0;
    let most = 0;
    const { made } = fetcher(async ({ url }) => {
      if (url.startsWith(B)) return answer(200);
      most = Math.max(most, ++now);
      await new Promise((resolve) => setTimeout(resolve, 10));
      now--;
      return answer(200);
    });
    const all = Array.from({ length: 20 }, (_, i) => made.get(`${A}/${i}`));
    await made.get(`${B}/1`);
    await vi.advanceTimersByTimeAsync(1000);
    await Promise.all(all);
    expect(most).toBe(4);
  });

  it('leaves a busy server alone for as long as it says, with all that wait for it', async () => {
    let busy = true;
    const times: number[] = [];
    const start = performance.now();
    const { made } = fetcher(async ({ url }) => {
      if (url.startsWith(B)) return answer(200);
      times.push(Math.round((performance.now() - start) / 1000));
      if (!busy) return answer(200);
      busy = false;
      return answer(429, { 'retry-after': '30' });
    });
    const first = made.get(`${A}/1`);
    await vi.advanceTimersByTimeAsync(1000);
    const second = made.get(`${A}/2`);
    await made.get(`${B}/1`);
    await vi.advanceTimersByTimeAsync(28_000);
    expect(times).toEqual([0]);
    await vi.advanceTimersByTimeAsync(2000);
    await Promise.all([first, second]);
    expect(times).toEqual([0, 30, 30]);
  });

  it('gives up a server that stays busy, and reads dates too', async () => {
    const { made, connections } = fetcher(async () =>
      answer(
        503,
        connections.requests.length === 1 ? { 'retry-after': new Date(Date.now() + 9000).toUTCString() } : {},
      ),
    );
    const got = made.get(`${A}/1`);
    const refused = expect(got).rejects.toThrow('the server stayed busy (HTTP 503)');
    await vi.advanceTimersByTimeAsync(60_000);
    await refused;
    expect(connections.requests).toHaveLength(4);
  });

  it('tells a server that answered before from one that is not there', async () => {
    const { made } = fetcher(async ({ url }) => {
      if (url.endsWith('1')) return answer(200);
      throw unreachable;
    });
    await expect(made.get(`${A}/2`)).rejects.toThrow(/^No answer$/);
    await made.get(`${A}/1`);
    await expect(made.get(`${A}/2`)).rejects.toThrow('does not allow other sites (CORS)');
    await expect(made.get(`${B}/2`)).rejects.toThrow(/^No answer$/);
  });

  it('says when the computer is offline, and asks nobody', async () => {
    vi.stubGlobal('navigator', { onLine: false });
    const { made, connections } = fetcher(async () => answer(200));
    await expect(made.get(`${A}/1`)).rejects.toThrow('offline');
    vi.unstubAllGlobals();
    expect(connections.requests).toEqual([]);
  });

  it('ends everything when it is stopped, waiting or not, and begins anew', async () => {
    const hang = (_: RemoteRequest, signal?: AbortSignal) =>
      new Promise<RemoteAnswer>((_resolve, reject) =>
        signal!.addEventListener('abort', () => reject(new Error('aborted'))),
      );
    let serve: typeof hang = hang;
    const { made, connections } = fetcher((request, signal) => serve(request, signal));
    const all = Array.from({ length: 9 }, (_, i) => made.get(`${A}/${i}`));
    const ended = Promise.all(all.map((one) => expect(one).rejects.toMatchObject({ code: 'cancelled' })));
    await vi.advanceTimersByTimeAsync(1);
    made.stop();
    await ended;
    expect(connections).toMatchObject({ opened: 1, closed: 1 });
    serve = async () => answer(200);
    await made.get(`${A}/1`);
    expect(connections.opened).toBe(2);
  });

  it('gives its thread back when nothing is asked for', async () => {
    const { made, connections } = fetcher(async () => answer(200));
    await made.get(`${A}/1`);
    await vi.advanceTimersByTimeAsync(9000);
    await made.get(`${A}/2`);
    expect(connections.closed).toBe(0);
    await vi.advanceTimersByTimeAsync(11_000);
    expect(connections).toMatchObject({ opened: 1, closed: 1 });
  });
});
