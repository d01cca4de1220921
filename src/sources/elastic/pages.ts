import { TesseraError } from '../../domain/errors';
import type { DocumentPage, ElasticField, ElasticServer, RemoteSource } from '../../domain/remote';
import { columnsOf, fileOf, type Hit } from './documents';
import { isVector } from './fields';
import type { ElasticHttp } from './http';
import { closePoint, openPoint, searchPoint, type Found } from './point';
import { searchQuery } from './query';
import { hasSlices, sortsByShardDoc } from './server';

/** Documents of the first page; the next are as many as make `PAGE_BYTES` by what was seen. */
const FIRST_PAGE = 20;
const MOST_DOCUMENTS = 1000;
const PAGE_BYTES = 8 << 20;
/** An answer that is longer is asked for again in halves. */
const MOST_BYTES = 256 << 20;
/** Ids looked through at once for those that are not known. */
const IDS = 1000;
/** A slice holds about so many documents; more slices than this only burden the server. */
const SLICE = 10_000;
const MOST_SLICES = 8;

/** A source that has not begun. `total` is what the server counted. */
export function newSource(id: string, query: RemoteSource['query'], total: number, server: ElasticServer) {
  const slices = hasSlices(server) ? Math.min(MOST_SLICES, Math.max(1, Math.ceil(total / SLICE))) : 1;
  const cursors: RemoteSource['cursors'] = Array.from({ length: slices }, () => []);
  return {
    id,
    kind: 'elasticsearch',
    query,
    announced: 0,
    total,
    cursors,
    done: false,
  } satisfies RemoteSource;
}

export const documentKey = (index: string, id: string): string => `${index}\n${id}`;

/**
 * The documents of a source, page by page, from where it stands. A point in time that is gone is opened again: where the server
 * sorts by `_id`, the cursors still hold; where it sorts by `_shard_doc`, whose values mean nothing in another point in
 * time, the ids are gone through from the beginning and the documents fetched that are not among the known.
 */
export class Pages {
  private size = FIRST_PAGE;

  /** `known`: keys (`documentKey`) of what the project has; added to as pages are given out. */
  constructor(
    private readonly http: ElasticHttp,
    private readonly server: ElasticServer,
    private readonly fields: readonly ElasticField[],
    private source: RemoteSource,
    private readonly known: Set<string>,
  ) {}

  /** The next documents, or null when all were given out. Errors: `remote`, `cancelled`. */
  async next(): Promise<DocumentPage | null> {
    for (;;) {
      const slice = this.source.cursors.findIndex((cursor) => cursor !== null);
      if (slice < 0) return null;
      if (this.source.pit === undefined) await this.open();
      const hits = await this.hits(slice);
      if (hits === null) {
        this.source = { ...this.source, pit: undefined };
        continue;
      }
      // The end of a slice is worth a page of its own only when it is the end of all.
      if (hits.length > 0 || this.source.done) return this.page(hits);
    }
  }

  /** Lets the point in time go, once everything is in or the rest is not wanted. */
  async close(): Promise<void> {
    const { pit } = this.source;
    if (pit !== undefined) await closePoint(this.http, this.server, pit);
  }

  private async open(): Promise<void> {
    const pit = await openPoint(this.http, this.server, this.source.query.index);
    const begun = this.known.size > 0 || this.source.cursors.some((cursor) => cursor?.length !== 0);
    const starts = sortsByShardDoc(this.server) && begun;
    const cursors = starts ? this.source.cursors.map(() => []) : this.source.cursors;
    this.source = { ...this.source, pit, cursors, ...(starts && { reopened: true }) };
  }

  /** The next hits of a slice, and the cursor moved past them; null when the point in time is gone. */
  private hits(slice: number): Promise<Hit[] | null> {
    return this.source.reopened ? this.unknownHits(slice) : this.freshHits(slice);
  }

  private async freshHits(slice: number): Promise<Hit[] | null> {
    const { size } = this;
    const found = await this.search({ ...this.within(slice), size, _source: this.wanted });
    if (found === null) return null;
    this.move(slice, found.hits, found.hits.length < found.asked);
    return found.hits;
  }

  private async unknownHits(slice: number): Promise<Hit[] | null> {
    const listed = await this.search({ ...this.within(slice), size: IDS, _source: false });
    if (listed === null) return null;
    let news = 0;
    const isKnown = ({ _index, _id }: Hit): boolean => this.known.has(documentKey(_index, _id));
    const past = listed.hits.findIndex((hit) => !isKnown(hit) && ++news > this.size);
    const seen = past < 0 ? listed.hits : listed.hits.slice(0, past);
    const unknown = seen.filter((hit) => !isKnown(hit));
    const hits = unknown.length > 0 ? await this.byId(unknown) : [];
    if (hits === null) return null;
    this.move(slice, seen, past < 0 && listed.hits.length < listed.asked);
    return hits;
  }

  private async byId(wanted: readonly Hit[]): Promise<Hit[] | null> {
    const keys = new Set(wanted.map(({ _index, _id }) => documentKey(_index, _id)));
    const values = [...new Set(wanted.map(({ _id }) => _id))];
    // Several indices may have the same ids.
    const indices = new Set(wanted.map(({ _index }) => _index)).size;
    const found = await this.search({
      size: Math.min(10_000, values.length * Math.max(1, indices)),
      query: { ids: { values } },
      sort: this.sort,
      _source: this.wanted,
    });
    return found && found.hits.filter(({ _index, _id }) => keys.has(documentKey(_index, _id)));
  }

  /** Searches; when the answer is too long, for half as many. `asked` is how many it was in the end. */
  private async search(body: {
    size: number;
    [key: string]: unknown;
  }): Promise<(Found & { asked: number }) | null> {
    for (let { size } = body; ; size = Math.ceil(size / 2)) {
      try {
        const found = await searchPoint(this.http, this.source.pit!, { ...body, size }, MOST_BYTES);
        if (found === null) return null;
        this.source = { ...this.source, pit: found.point };
        if (body['_source'] !== false && found.hits.length > 0) {
          const each = found.bytes / found.hits.length;
          this.size = Math.max(1, Math.min(MOST_DOCUMENTS, 4 * size, Math.floor(PAGE_BYTES / each)));
        }
        return { ...found, asked: size };
      } catch (error) {
        const tooLong = error instanceof TesseraError && error.params['reason'] === 'too-large';
        if (!tooLong || size === 1) throw error;
      }
    }
  }

  private within(slice: number): object {
    const { query, cursors } = this.source;
    const after = cursors[slice]!;
    return {
      query: searchQuery(query),
      sort: this.sort,
      ...(after.length > 0 && { search_after: after }),
      ...(cursors.length > 1 && { slice: { id: slice, max: cursors.length } }),
    };
  }

  private get sort(): object[] {
    return sortsByShardDoc(this.server) ? [{ _shard_doc: 'asc' }] : [{ _id: 'asc' }];
  }

  private get wanted(): object {
    const { columns, imageField } = this.source.query;
    const excludes = this.fields.filter(isVector).map(({ name }) => name);
    return columns ? { includes: [imageField, ...columns], excludes } : { excludes };
  }

  private move(slice: number, hits: readonly Hit[], end: boolean): void {
    const last = hits.at(-1)?.sort;
    const cursors = [...this.source.cursors];
    cursors[slice] = end || !last ? null : last;
    this.source = { ...this.source, cursors, done: cursors.every((cursor) => cursor === null) };
  }

  private page(found: readonly Hit[]): DocumentPage {
    const hits = found.filter(({ _index, _id }) => !this.known.has(documentKey(_index, _id)));
    for (const { _index, _id } of hits) this.known.add(documentKey(_index, _id));
    const { imageField, columns } = this.source.query;
    const fields = this.fields.filter(
      (field) => field.name !== imageField && !isVector(field) && (!columns || columns.includes(field.name)),
    );
    this.source = { ...this.source, announced: this.source.announced + hits.length };
    if (this.source.done) this.source = { ...this.source, total: this.source.announced };
    const files = hits.map((hit) => fileOf(hit, imageField));
    return { files, columns: hits.length > 0 ? columnsOf(hits, fields) : [], source: this.source };
  }
}
