import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { Cluster, type Kind, type Route } from './cluster';
import { illegal, Refusal } from './refusal';

export interface ServerOptions {
  kind?: Kind;
  version?: string;
  login?: { user: string; password: string } | { apiKey: string };
  /** What `http.cors.*` would say; null: it is off, as servers are shipped. */
  cors?: { origin: string; headers?: string } | null;
  port?: number;
}

export interface LoggedRequest {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
}

const MAX_BODY = 100 << 20;
const DEFAULT_HEADERS = 'X-Requested-With, Content-Type, Content-Length';

/**
 * A server that speaks the endpoints used here as the public specifications of Elasticsearch 8 and OpenSearch 2 describe them,
 * and refuses whatever they do not allow: methods, parameters, content types, keys of bodies. Not a search engine: some
 * documents in memory.
 */
export class ElasticTestServer extends Cluster {
  readonly log: LoggedRequest[] = [];
  /** Milliseconds before each search is answered. */
  delay = 0;
  private readonly faults: { what: RegExp; refusal: Refusal; times: number }[] = [];
  private readonly server = createServer((request, response) => void this.serve(request, response));
  private readonly routes: readonly Route[];

  constructor(private readonly options: ServerOptions = {}) {
    const kind = options.kind ?? 'elasticsearch';
    super(kind, options.version ?? (kind === 'opensearch' ? '2.17.1' : '8.15.0'));
    this.routes = this.endpoints();
  }

  async start(): Promise<this> {
    await new Promise<void>((done) => this.server.listen(this.options.port ?? 0, '127.0.0.1', done));
    return this;
  }

  async stop(): Promise<void> {
    await new Promise<void>((done) => {
      this.server.close(() => done());
      this.server.closeAllConnections();
    });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The next requests whose "METHOD /path" fits fail so. */
  fail(what: RegExp, refusal: Refusal, times = 1): void {
    this.faults.push({ what, refusal, times });
  }

  /** As if `keep_alive` had passed for all. */
  expirePoints(): void {
    this.points.clear();
  }

  requests(what: RegExp): LoggedRequest[] {
    return this.log.filter(({ method, path }) => what.test(`${method} ${path}`));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const raw = Buffer.concat(chunks).toString('utf8');
    const { method = '', url = '', headers } = request;
    const send = (status: number, body: unknown, more: Record<string, string> = {}): void => {
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      const zip = /\bgzip\b/.test(String(headers['accept-encoding'] ?? ''));
      response.writeHead(status, {
        'content-type': typeof body === 'string' ? 'text/plain' : 'application/json',
        ...(this.kind === 'elasticsearch' && { 'x-elastic-product': 'Elasticsearch' }),
        ...(zip && { 'content-encoding': 'gzip' }),
        ...more,
      });
      response.end(method === 'HEAD' ? undefined : zip ? gzipSync(text) : text);
    };
    const cors = this.corsOf(headers.origin);
    if (cors === null) return send(403, '');
    if (method === 'OPTIONS') return send(200, '', cors);
    this.log.push({ method, path: url, headers, body: raw });
    try {
      if (raw.length > MAX_BODY) throw new Refusal(413, 'content_too_long', 'the request is too large');
      this.authenticate(headers.authorization);
      this.injectFault(method, url);
      if (/_search(\?|$)/.test(url) && this.delay) await new Promise((done) => setTimeout(done, this.delay));
      send(200, this.answer(method, url, String(headers['content-type'] ?? ''), raw), cors);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      send(error.status, error.body, { ...cors, ...error.headers });
    }
  }

  /** The headers of an answer to that origin; null: it is refused, and a browser shows nothing of it. */
  private corsOf(origin: string | undefined): Record<string, string> | null {
    if (origin === undefined) return {};
    const { cors = { origin: '*' } } = this.options;
    if (!cors) return {};
    if (cors.origin !== '*' && cors.origin !== origin) return null;
    return {
      'access-control-allow-origin': cors.origin,
      'access-control-allow-methods': 'OPTIONS, HEAD, GET, POST, PUT, DELETE',
      'access-control-allow-headers': cors.headers ?? DEFAULT_HEADERS,
      'access-control-max-age': '0',
    };
  }

  private authenticate(given: string | undefined): void {
    const { login } = this.options;
    if (!login) return;
    const wanted =
      'apiKey' in login
        ? `ApiKey ${login.apiKey}`
        : `Basic ${Buffer.from(`${login.user}:${login.password}`).toString('base64')}`;
    if (given !== wanted)
      throw new Refusal(
        401,
        'security_exception',
        given === undefined ? 'missing authentication credentials' : 'unable to authenticate',
      );
  }

  private injectFault(method: string, url: string): void {
    const fault = this.faults.find(({ what, times }) => times > 0 && what.test(`${method} ${url}`));
    if (!fault) return;
    fault.times--;
    throw fault.refusal;
  }

  private answer(method: string, url: string, type: string, raw: string): unknown {
    const { pathname, searchParams } = new URL(url, this.url);
    const path = decodeURIComponent(pathname);
    const fits = this.routes.filter(
      (route) => route.path.test(path) && (route.only ?? this.kind) === this.kind,
    );
    const route = fits.find((one) => one.method === method);
    if (!route)
      throw fits.length > 0
        ? new Refusal(
            405,
            'method_not_allowed',
            `Incorrect HTTP method for uri [${url}] and method [${method}]`,
          )
        : illegal(`no handler found for uri [${url}] and method [${method}]`);
    for (const name of searchParams.keys())
      if (!route.params.includes(name))
        throw illegal(`request [${path}] contains unrecognized parameter: [${name}]`);
    const body = this.bodyOf(route, type, raw);
    return route.run(route.path.exec(path)![1] ?? '', body, searchParams, raw);
  }

  private bodyOf({ body }: Route, type: string, raw: string): Record<string, unknown> {
    if (raw === '') {
      if (body === 'json' || body === 'ndjson') throw illegal('request body is required');
      return {};
    }
    if (body === 'none') throw illegal('request does not support having a body');
    const wanted = body === 'ndjson' ? 'application/x-ndjson' : 'application/json';
    if (type !== wanted)
      throw new Refusal(406, 'media_type_header_exception', `Content-Type header [${type}] is not supported`);
    if (body === 'ndjson') return {};
    try {
      return JSON.parse(raw) as Record<string, unknown>;
    } catch {
      throw new Refusal(400, 'x_content_parse_exception', 'Unexpected character');
    }
  }
}
