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
import { ElasticHttp, type Send } from '../sources/elastic/http';
import { nearestThere } from '../sources/elastic/knn';
import { documentKey, newSource, Pages } from '../sources/elastic/pages';
import { countDocuments } from '../sources/elastic/query';
import { sampleDocuments } from '../sources/elastic/sample';
import { listIndices, readServer } from '../sources/elastic/server';
import { prepareIndex, writtenFields } from '../sources/elastic/write-back';

/** One server and one login, and the documents that are being read from it. */
export class Elastic implements ElasticService {
  private opened: { http: ElasticHttp; server: ElasticServer } | null = null;
  private pages: Pages | null = null;

  constructor(private readonly send: Send) {}

  async login(url: string, login: ElasticLogin): Promise<ElasticServer> {
    this.opened?.http.stopped.abort();
    this.opened = this.pages = null;
    const http = new ElasticHttp(this.send, url, login);
    const server = await readServer(http);
    this.opened = { http, server };
    return server;
  }

  async indices(): Promise<ElasticIndex[] | null> {
    return listIndices(this.at.http);
  }

  async fields(index: string): Promise<ElasticField[]> {
    return readFields(this.at.http, index);
  }

  async sample(query: ElasticQuery): Promise<ElasticSample> {
    return sampleDocuments(this.at.http, query, await this.fields(query.index));
  }

  async count(query: ElasticQuery): Promise<number> {
    return countDocuments(this.at.http, query);
  }

  async begin(id: string, query: ElasticQuery, total: number): Promise<RemoteSource> {
    return newSource(id, query, total, this.at.server);
  }

  async resume(source: RemoteSource, known: readonly Pick<DocumentKey, 'index' | 'id'>[]): Promise<void> {
    const { http, server } = this.at;
    const keys = new Set(known.map(({ index, id }) => documentKey(index, id)));
    this.pages = new Pages(http, server, await this.fields(source.query.index), source, keys);
  }

  async documents(): Promise<DocumentPage | null> {
    return this.pages?.next() ?? null;
  }

  async end(): Promise<void> {
    await this.pages?.close();
    this.pages = null;
  }

  async written(options: WriteOptions): Promise<[name: string, type: string][]> {
    return writtenFields(options, this.at.server);
  }

  async prepare(indices: readonly string[], options: WriteOptions): Promise<void> {
    const { http, server } = this.at;
    for (const index of indices) await prepareIndex(http, server, index, options);
  }

  async write(results: readonly DocumentResult[], options: WriteOptions): Promise<WriteFailure[]> {
    return writeResults(this.at.http, results, options);
  }

  async nearest(asked: NearestRequest): Promise<NearDocument[]> {
    const { http, server } = this.at;
    return nearestThere(http, server, asked);
  }

  private get at(): { http: ElasticHttp; server: ElasticServer } {
    if (!this.opened) throw new TesseraError('internal', 'Log in before asking a server.');
    return this.opened;
  }
}
