import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { bulk, type BulkRefusal } from './bulk';
import { Index, mergeMapping, type Mapping } from './documents';
import { queryTest } from './query';
import { illegal, onlyKeys, Refusal } from './refusal';
import { search, type Point } from './search';

export interface ServerOptions {
  kind?: 'elasticsearch' | 'opensearch';
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

interface Route {
  method: string;
  path: RegExp;
  /** Parameters of the query that the endpoint knows. */
  params: string[];
  /** What the body must be. */
  body: 'json' | 'ndjson' | 'optional-json' | 'none';
  only?: 'elasticsearch' | 'opensearch';
  run(at: string, body: Record<string, unknown>, query: URLSearchParams, raw: string): unknown;
}

/**
 * A server that speaks the endpoints used here as the public specifications of Elasticsearch 8 and OpenSearch 2 describe them,
 * and refuses whatever they do not allow: methods, parameters, content types, keys of bodies. Not a search engine: some
 * documents in memory.
 */
export class ElasticTestServer {
  readonly log: LoggedRequest[] = [];
  readonly indices = new Map<string, Index>();
  readonly points = new Map<string, Point>();
  /** Makes updates of some documents fail. */
  refuseUpdate: (id: string) => BulkRefusal | null = () => null;
  /** Milliseconds before each search is answered. */
  delay = 0;
  private readonly faults: { what: RegExp; refusal: Refusal; times: number }[] = [];
  private readonly server = createServer((request, response) => void this.serve(request, response));
  private opened = 0;
  private readonly kind: 'elasticsearch' | 'opensearch';
  private readonly version: string;
  private readonly routes: Route[];

  constructor(private readonly options: ServerOptions = {}) {
    this.kind = options.kind ?? 'elasticsearch';
    this.version = options.version ?? (this.kind === 'opensearch' ? '2.17.1' : '8.15.0');
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

  create(name: string, properties: Record<string, Mapping> = {}): Index {
    const index = new Index(name, properties);
    this.indices.set(name, index);
    return index;
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

  private named(names: string): Index[] {
    const found = names.split(',').flatMap((name) => {
      const pattern = new RegExp(`^${name.replaceAll('*', '.*')}$`);
      const all = [...this.indices.values()].filter((index) => name === '_all' || pattern.test(index.name));
      if (all.length === 0 && !name.includes('*'))
        throw new Refusal(404, 'index_not_found_exception', `no such index [${name}]`);
      return all;
    });
    return [...new Set(found)];
  }

  private snapshot(indices: Index[]): Point {
    return {
      indices: indices.map((index) => ({
        index,
        documents: [...index.documents.values()].map((document) => structuredClone(document)),
      })),
    };
  }

  private open(names: string, query: URLSearchParams): string {
    if (!/^\d+(ms|s|m|h|d)$/.test(query.get('keep_alive') ?? ''))
      throw illegal('[keep_alive] is not specified');
    const id = `point-${++this.opened}-${'='.repeat(this.opened % 3)}`;
    this.points.set(id, this.snapshot(this.named(names)));
    return id;
  }

  private searchPoint(body: Record<string, unknown>): unknown {
    const pit = body['pit'] as { id?: string; keep_alive?: string } | undefined;
    if (!pit) throw illegal('this server is only searched by an index or in a point in time');
    onlyKeys(pit, ['id', 'keep_alive'], 'pit');
    const point = this.points.get(pit.id ?? '');
    if (!point)
      throw new Refusal(
        404,
        'search_context_missing_exception',
        `No search context found for id [${pit.id}]`,
      );
    // Servers may give a new id with every answer; the next request has to use it.
    this.points.delete(pit.id!);
    const id = `point-${++this.opened}-next`;
    this.points.set(id, point);
    return { ...this.found(body, point), pit_id: id };
  }

  private found(body: Record<string, unknown>, point: Point): object {
    const opensearch = this.kind === 'opensearch';
    const [major, minor] = this.version.split('.').map(Number);
    const rules = {
      opensearch,
      sortsByShardDoc: opensearch ? major > 3 || (major === 3 && minor >= 3) : major > 7 || minor >= 12,
      sortsById: opensearch || major < 8,
    };
    const hits = search(body, point, rules);
    const _shards = { total: 2, successful: 2, skipped: 0, failed: 0 };
    return { took: 1, timed_out: false, _shards, hits: { max_score: null, hits } };
  }

  private endpoints(): Route[] {
    const one = '([^/_][^/]*|_all)';
    return [
      { method: 'GET', path: /^\/$/, params: [], body: 'none', run: () => this.root() },
      {
        method: 'GET',
        path: /^\/_cat\/indices$/,
        params: ['format', 'h', 's', 'expand_wildcards', 'bytes', 'health'],
        body: 'none',
        run: () =>
          [...this.indices.values()].map(({ name, documents }) => ({
            index: name,
            'docs.count': String(documents.size),
          })),
      },
      {
        method: 'GET',
        path: new RegExp(`^/${one}/_mapping$`),
        params: [],
        body: 'none',
        run: (at) =>
          Object.fromEntries(this.named(at).map((index) => [index.name, { mappings: index.mapping }])),
      },
      {
        method: 'PUT',
        path: new RegExp(`^/${one}/_mapping$`),
        params: [],
        body: 'json',
        run: (at, body) => this.putMapping(at, body),
      },
      {
        method: 'GET',
        path: new RegExp(`^/${one}/_settings/index\\.knn$`),
        params: ['flat_settings'],
        body: 'none',
        run: (at) =>
          Object.fromEntries(
            this.named(at).map(({ name, settings }) => [name, { settings: { ...settings } }]),
          ),
      },
      {
        method: 'POST',
        path: new RegExp(`^/${one}/_count$`),
        params: [],
        body: 'optional-json',
        run: (at, body) => this.count(at, body),
      },
      {
        method: 'POST',
        path: new RegExp(`^/${one}/_search$`),
        params: [],
        body: 'optional-json',
        run: (at, body) => {
          if (body['pit']) throw illegal('[indices] cannot be used with point in time');
          return this.found(body, this.snapshot(this.named(at)));
        },
      },
      {
        method: 'POST',
        path: /^\/_search$/,
        params: [],
        body: 'json',
        run: (_, body) => this.searchPoint(body),
      },
      {
        method: 'POST',
        path: new RegExp(`^/${one}/_pit$`),
        params: ['keep_alive'],
        body: 'optional-json',
        only: 'elasticsearch',
        run: (at, _, query) => ({ id: this.open(at, query) }),
      },
      {
        method: 'DELETE',
        path: /^\/_pit$/,
        params: [],
        body: 'json',
        only: 'elasticsearch',
        run: (_, body) => {
          onlyKeys(body, ['id'], 'close point in time');
          if (!this.points.delete(String(body['id'])))
            throw new Refusal(404, 'resource_not_found_exception', 'no such point in time');
          return { succeeded: true, num_freed: 1 };
        },
      },
      {
        method: 'POST',
        path: new RegExp(`^/${one}/_search/point_in_time$`),
        params: ['keep_alive', 'allow_partial_pit_creation', 'routing', 'preference'],
        body: 'none',
        only: 'opensearch',
        run: (at, _, query) => ({ pit_id: this.open(at, query), creation_time: 0 }),
      },
      {
        method: 'DELETE',
        path: /^\/_search\/point_in_time$/,
        params: [],
        body: 'json',
        only: 'opensearch',
        run: (_, body) => {
          onlyKeys(body, ['pit_id'], 'delete pit');
          const ids = body['pit_id'] as string[];
          return { pits: ids.map((pit_id) => ({ pit_id, successful: this.points.delete(pit_id) })) };
        },
      },
      {
        method: 'POST',
        path: /^\/_bulk$/,
        params: [],
        body: 'ndjson',
        run: (_at, _body, _query, raw) => ({
          took: 1,
          ...bulk(raw, (name) => this.indices.get(name), this.refuseUpdate),
        }),
      },
    ];
  }

  private root(): object {
    const distribution =
      this.kind === 'opensearch' ? { distribution: 'opensearch' } : { build_flavor: 'default' };
    return {
      name: 'node-1',
      cluster_name: 'test-cluster',
      version: { number: this.version, ...distribution },
    };
  }

  private count(at: string, body: Record<string, unknown>): object {
    onlyKeys(body, ['query'], 'count');
    const found = this.named(at).flatMap(({ documents, mapping }) =>
      [...documents.values()].filter(queryTest(body['query'] ?? { match_all: {} }, mapping)),
    );
    return { count: found.length, _shards: { total: 2, successful: 2, skipped: 0, failed: 0 } };
  }

  private putMapping(at: string, body: Record<string, unknown>): object {
    onlyKeys(body, ['properties', 'dynamic'], 'mapping');
    for (const { mapping, settings } of this.named(at)) {
      if (JSON.stringify(body).includes('"knn_vector"') && settings['index.knn'] !== 'true')
        throw illegal('index.knn must be set to true to use knn_vector with a method');
      const wrong = mergeMapping(mapping, body as Mapping);
      if (wrong) throw illegal(wrong);
    }
    return { acknowledged: true };
  }
}
