import type {
  DocumentKey,
  DocumentPage,
  DocumentResult,
  ElasticField,
  ElasticIndex,
  ElasticLogin,
  ElasticQuery,
  ElasticSample,
  ElasticServer,
  NearDocument,
  RemoteSource,
  WriteFailure,
  WriteOptions,
} from '../domain/remote';
import type { ElasticService, NearestRequest } from '../domain/services';
import { TesseraError } from '../domain/errors';
import { writeResults } from '../sources/elastic/bulk';
import { readFields } from '../sources/elastic/fields';
import { ElasticHttp, type Send, type Sleep } from '../sources/elastic/http';
import { nearestThere } from '../sources/elastic/knn';
import { documentKey, newSource, Pages } from '../sources/elastic/pages';
import { countDocuments } from '../sources/elastic/query';
import { sampleDocuments } from '../sources/elastic/sample';
import { listIndices, readServer } from '../sources/elastic/server';
import { prepareIndex, writtenFields } from '../sources/elastic/write-back';
import { remoteError } from '../sources/remote/request';

type At = { http: ElasticHttp; server: ElasticServer };

/** One server and one login, and the documents that are being read from it. Whatever it answers, errors are of code `remote`. */
export class Elastic implements ElasticService {
  private opened: At | null = null;
  private pages: Pages | null = null;

  /** `sleep` waits between requests and tries. */
  constructor(
    private readonly send: Send,
    private readonly sleep?: Sleep,
  ) {}

  async login(url: string, login: ElasticLogin): Promise<ElasticServer> {
    this.opened?.http.stopped.abort();
    this.opened = this.pages = null;
    const http = new ElasticHttp(this.send, url, login, this.sleep);
    const server = await understood(http.origin, () => readServer(http));
    this.opened = { http, server };
    return server;
  }

  indices(): Promise<ElasticIndex[] | null> {
    return this.ask(({ http }) => listIndices(http));
  }

  fields(index: string): Promise<ElasticField[]> {
    return this.ask(({ http }) => readFields(http, index));
  }

  sample(query: ElasticQuery): Promise<ElasticSample> {
    return this.ask(async ({ http }) => sampleDocuments(http, query, await readFields(http, query.index)));
  }

  count(query: ElasticQuery): Promise<number> {
    return this.ask(({ http }) => countDocuments(http, query));
  }

  begin(id: string, query: ElasticQuery, total: number): Promise<RemoteSource> {
    return this.ask(async ({ server }) => newSource(id, query, total, server));
  }

  resume(source: RemoteSource, known: readonly Pick<DocumentKey, 'index' | 'id'>[]): Promise<void> {
    return this.ask(async ({ http, server }) => {
      const keys = new Set(known.map(({ index, id }) => documentKey(index, id)));
      this.pages = new Pages(http, server, await readFields(http, source.query.index), source, keys);
    });
  }

  documents(): Promise<DocumentPage | null> {
    return this.ask(async () => this.pages?.next() ?? null);
  }

  async end(): Promise<void> {
    const { pages } = this;
    this.pages = null;
    if (pages) await this.ask(() => pages.close());
  }

  written(options: WriteOptions): Promise<[name: string, type: string][]> {
    return this.ask(async ({ server }) => writtenFields(options, server));
  }

  prepare(indices: readonly string[], options: WriteOptions): Promise<void> {
    return this.ask(async ({ http, server }) => {
      for (const index of indices) await prepareIndex(http, server, index, options);
    });
  }

  write(results: readonly DocumentResult[], options: WriteOptions): Promise<WriteFailure[]> {
    return this.ask(({ http }) => writeResults(http, results, options));
  }

  nearest(asked: NearestRequest): Promise<NearDocument[]> {
    return this.ask(({ http, server }) => nearestThere(http, server, asked));
  }

  private async ask<T>(work: (at: At) => Promise<T>): Promise<T> {
    const { opened } = this;
    if (!opened) throw new TesseraError('internal', 'Log in before asking a server.');
    return understood(opened.http.origin, () => work(opened));
  }
}

/** Runs `work`; what trips over an answer is told as such. */
async function understood<T>(origin: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof TesseraError) throw error;
    throw remoteError(
      'answer',
      `${origin} gave an answer that cannot be understood: it is not Elasticsearch or OpenSearch, or a proxy stands before it.`,
      origin,
      String(error),
    );
  }
}
