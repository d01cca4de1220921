import { bulk, type BulkRefusal } from './bulk';
import { Index, mergeMapping, type Mapping } from './documents';
import { queryTest } from './query';
import { illegal, onlyKeys, Refusal } from './refusal';
import { search, type Point } from './search';
import type { Script } from './script';

export type Kind = 'elasticsearch' | 'opensearch';

export interface Route {
  method: string;
  path: RegExp;
  /** Parameters of the query that the endpoint knows. */
  params: string[];
  /** What the body must be. */
  body: 'json' | 'ndjson' | 'optional-json' | 'none';
  only?: 'elasticsearch' | 'opensearch';
  run(at: string, body: Record<string, unknown>, query: URLSearchParams, raw: string): unknown;
}

/** What a server holds, and what its endpoints do with it. */
export class Cluster {
  readonly indices = new Map<string, Index>();
  readonly points = new Map<string, Point>();
  /** Scripts that it can run, by their source: this is no Painless. */
  readonly scripts = new Map<string, Script>();
  /** Makes updates of some documents fail. */
  refuseUpdate: (id: string) => BulkRefusal | null = () => null;
  private opened = 0;

  constructor(
    protected readonly kind: Kind,
    private readonly version: string,
  ) {}

  create(name: string, properties: Record<string, Mapping> = {}): Index {
    const index = new Index(name, properties);
    this.indices.set(name, index);
    return index;
  }

  endpoints(): Route[] {
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
          ...bulk(raw, (name) => this.indices.get(name), this.refuseUpdate, this.scripts),
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
}
