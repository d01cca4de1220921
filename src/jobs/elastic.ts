import { NO_CLUSTER, type Clustering } from '../domain/clustering';
import { originOf } from '../domain/origins';
import type {
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
import type { NearestRequest } from '../domain/services';
import { readVectors } from '../store/vectors';
import { documentsByRow, documentsOf } from './documents';
import { connectTo } from './remote';

/** Results that are handed to the connecting thread at once. */
const BATCH = 500;

/** The page's side of one Elasticsearch or OpenSearch server; errors of all calls: `remote`, `cancelled`. */
export class ElasticConnection {
  private readonly handle: ReturnType<typeof connectTo>['handle'];

  /** Throws `remote` for what is no address. */
  constructor(readonly url: string) {
    this.handle = connectTo([url]).handle;
  }

  /** The login is handed to the connecting thread and kept nowhere else. */
  login(login: ElasticLogin): Promise<ElasticServer> {
    return this.handle.call((remote) => remote.login(this.url, login));
  }

  indices(): Promise<ElasticIndex[] | null> {
    return this.handle.call((remote) => remote.indices());
  }

  fields(index: string): Promise<ElasticField[]> {
    return this.handle.call((remote) => remote.fields(index));
  }

  sample(query: ElasticQuery): Promise<ElasticSample> {
    return this.handle.call((remote) => remote.sample(query));
  }

  count(query: ElasticQuery): Promise<number> {
    return this.handle.call((remote) => remote.count(query));
  }

  begin(query: ElasticQuery, total: number): Promise<RemoteSource> {
    return this.handle.call((remote) => remote.begin(crypto.randomUUID(), query, total));
  }

  /**
   * The documents of a source that the project does not have yet; the next page is fetched while one is worked on. `told` hears
   * how far the source is with each page that is given out.
   */
  async pages(
    projectId: string,
    source: RemoteSource,
    told: (source: RemoteSource) => void,
  ): Promise<() => Promise<DocumentPage | null>> {
    const known = [...(await documentsOf(projectId)).values()];
    await this.handle.call((remote) => remote.resume(source, known));
    const fetch = (): Promise<DocumentPage | null> => {
      const page = this.handle.call((remote) => remote.documents());
      // It may never be asked for when the taking ends early.
      page.catch(() => undefined);
      return page;
    };
    let ahead: Promise<DocumentPage | null> | null = null;
    return async () => {
      const page = await (ahead ?? fetch());
      ahead = page && fetch();
      if (page) told(page.source);
      return page;
    };
  }

  written(options: WriteOptions): Promise<[name: string, type: string][]> {
    return this.handle.call((remote) => remote.written(options));
  }

  /** How many documents a clustering has a label for: those of images without a vector, or that came later, are left as they are. */
  async countLabelled(projectId: string, clustering: Clustering): Promise<number> {
    return (await this.labelled(projectId, clustering)).length;
  }

  /** The documents whose vectors are nearest to one, found by the server. */
  nearest(asked: NearestRequest): Promise<NearDocument[]> {
    return this.handle.call((remote) => remote.nearest(asked));
  }

  /**
   * Writes the clustering of a project to the documents its images came from, their fields first into the mappings. Answers the
   * documents that were refused; `told` hears how many are through. Doing it again changes nothing.
   */
  async write(
    projectId: string,
    specKey: string,
    clustering: Clustering,
    options: WriteOptions,
    told: (done: number, failures: readonly WriteFailure[]) => void,
  ): Promise<void> {
    const documents = await this.labelled(projectId, clustering);
    const indices = [...new Set(documents.map(({ key }) => key.index))];
    await this.handle.call((remote) => remote.prepare(indices, options));
    let done = 0;
    const send = async (results: DocumentResult[]): Promise<void> => {
      const failures = await this.handle.call((remote) => remote.write(results, options));
      done += results.length;
      told(done, failures);
    };
    let batch: DocumentResult[] = [];
    for await (const { row, key, vector } of withVectors(
      projectId,
      specKey,
      documents,
      options.dims !== null,
    )) {
      const { labels, distances, base } = clustering;
      const of = (all: Uint16Array): number | null => (all[row] === NO_CLUSTER ? null : all[row]);
      batch.push({
        key,
        cluster: of(labels),
        distance: distances[row],
        ...(base && { base: of(base.labels) }),
        ...(vector && { vector }),
      });
      if (batch.length < BATCH) continue;
      await send(batch);
      batch = [];
    }
    if (batch.length > 0) await send(batch);
  }

  private async labelled(projectId: string, { labels }: Clustering): Promise<Document[]> {
    const documents = await documentsByRow(projectId);
    return documents.filter(({ row }) => row < labels.length && labels[row] !== NO_CLUSTER);
  }

  /** Lets the server forget what it kept for the pages, if that is quick, and ends the connection. */
  async close(): Promise<void> {
    const patience = new Promise((resolve) => setTimeout(resolve, 1000));
    await Promise.race([this.handle.call((remote) => remote.end()).catch(() => undefined), patience]);
    this.stop();
  }

  /** Ends the connection at once, and all calls with it. */
  stop(): void {
    this.handle.stop();
  }
}

/** What a person typed as a server, without a login in it; null when it is no address a policy can name. */
export function serverAddress(typed: string): string | null {
  const text = /^[a-z]+:\/\//i.test(typed.trim()) ? typed.trim() : `https://${typed.trim()}`;
  if (originOf(text) === null) return null;
  const { origin, pathname } = new URL(text);
  return origin + pathname.replace(/\/+$/, '');
}

type Document = Awaited<ReturnType<typeof documentsByRow>>[number];

/** Documents by rising row, with the vectors of their rows when they are wanted; read chunk by chunk. */
async function* withVectors(
  projectId: string,
  specKey: string,
  documents: readonly Document[],
  wanted: boolean,
): AsyncGenerator<Document & { vector?: Float32Array }> {
  if (!wanted) return yield* documents;
  let at = 0;
  for await (const { row0, n, d, data } of readVectors(projectId, specKey))
    for (; at < documents.length && documents[at].row < row0 + n; at++) {
      const from = (documents[at].row - row0) * d;
      yield { ...documents[at], vector: data.slice(from, from + d) };
    }
}
