import { TesseraError } from '../../domain/errors';
import type { ElasticLogin, RemoteAnswer, RemoteRequest } from '../../domain/remote';
import { remoteError } from '../remote/request';
import { failureOf, jsonOf } from './failure';

export type Send = (request: RemoteRequest, signal: AbortSignal) => Promise<RemoteAnswer>;

/** Tries of a request that the server is too busy for, and the first wait between them in seconds; it doubles. */
const TRIES = 6;
const FIRST_WAIT = 1;
const LONGEST_WAIT = 60;
/** Seconds between the beginnings of two requests, at least. */
const INTERVAL = 0.1;

export interface ElasticCall {
  method: RemoteRequest['method'];
  /** Below the server's address, with its query. */
  path: string;
  /** JSON, or lines of it (`application/x-ndjson`). */
  body?: object | string;
  maxBytes?: number;
  /** Statuses that are given back rather than thrown. */
  expected?: readonly number[];
}

/** `wait` seconds; injected, so that tests need not. */
export type Sleep = (seconds: number, signal: AbortSignal) => Promise<void>;

/**
 * Requests to one server: with the login, one after the other at a bounded rate, again when it is too busy (429, 503), as long
 * as it asks for (`Retry-After`) or ever longer. Errors: `remote` with the server's reason, `cancelled`.
 */
export class ElasticHttp {
  readonly origin: string;
  private readonly base: string;
  private readonly authorization: Record<string, string>;
  private next = 0;
  readonly stopped = new AbortController();

  constructor(
    private readonly send: Send,
    url: string,
    login: ElasticLogin,
    private readonly sleep: Sleep = wait,
  ) {
    const { origin, pathname } = new URL(url);
    this.origin = origin;
    this.base = origin + pathname.replace(/\/+$/, '');
    this.authorization = headerOf(login);
  }

  /** The answer as JSON. */
  async json<T>(call: ElasticCall): Promise<T> {
    const answer = await this.answer(call);
    const value = jsonOf(answer);
    if (typeof value === 'object' && value !== null) return value as T;
    throw remoteError(
      'answer',
      `${this.origin} answered with something that is not JSON: it is not Elasticsearch or OpenSearch, or a proxy stands before it.`,
      this.origin,
    );
  }

  async answer({ method, path, body, maxBytes, expected = [] }: ElasticCall): Promise<RemoteAnswer> {
    const { signal } = this.stopped;
    const lines = typeof body === 'string';
    const type = lines ? 'application/x-ndjson' : 'application/json';
    const request: RemoteRequest = {
      method,
      url: `${this.base}/${path}`,
      headers: { ...this.authorization, ...(body !== undefined && { 'Content-Type': type }) },
      body: lines || body === undefined ? body : JSON.stringify(body),
      maxBytes,
    };
    for (let tries = 1; ; tries++) {
      await this.pace(signal);
      const answer = await this.send(request, signal);
      const { status } = answer;
      if ((status >= 200 && status < 300) || expected.includes(status)) return answer;
      if ((status !== 429 && status !== 503) || tries === TRIES) throw failureOf(this.origin, answer);
      await this.sleep(secondsToWait(answer, tries), signal);
    }
  }

  /** Waits as `answer` does between tries; for parts of a request that the server was too busy for. */
  rest(tries: number): Promise<void> {
    return this.sleep(FIRST_WAIT * 2 ** (tries - 1), this.stopped.signal);
  }

  private async pace(signal: AbortSignal): Promise<void> {
    const now = performance.now() / 1000;
    const start = Math.max(now, this.next);
    this.next = start + INTERVAL;
    if (start > now) await this.sleep(start - now, signal);
  }
}

function headerOf(login: ElasticLogin): Record<string, string> {
  if (login.kind === 'none') return {};
  if (login.kind === 'basic') return { Authorization: `Basic ${base64(`${login.user}:${login.password}`)}` };
  const key = login.key.trim();
  return { Authorization: `ApiKey ${key.includes(':') ? base64(key) : key}` };
}

function base64(value: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(value)));
}

/** `Retry-After` in seconds or as a date, where the server shows it to pages; else twice as long as before. */
function secondsToWait({ headers }: RemoteAnswer, tries: number): number {
  const said = headers['retry-after'];
  const seconds = said === undefined ? NaN : Number(said);
  const until = Number.isNaN(seconds) ? (Date.parse(said ?? '') - Date.now()) / 1000 : seconds;
  const asked = Number.isNaN(until) ? FIRST_WAIT * 2 ** (tries - 1) : until;
  return Math.min(Math.max(asked, 0.1), LONGEST_WAIT);
}

function wait(seconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(new TesseraError('cancelled', 'Cancelled.'));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, seconds * 1000);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}
