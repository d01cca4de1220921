import type { Column } from './table';

/** What is fetched from an Elasticsearch or OpenSearch server. Credentials are not part of it: they are never stored. */
export interface ElasticQuery {
  /** Address of the server, without a path or with the one it is mounted at. */
  url: string;
  index: string;
  /** A query string (Lucene syntax), or the `query` of the search API. */
  query: string | object;
  /** Documents of this time only; `field` is a date of the mapping, the limits are milliseconds since 1970 UTC. */
  dates: { field: string; from: number | null; to: number | null } | null;
  /** Documents whose field has one of the values. */
  terms: { field: string; values: string[] }[];
  /** The field with the picture in base64. */
  imageField: string;
  /** The fields that become columns; all of them if absent. */
  columns?: string[];
}

/** A server that a project takes its images from, and how far that has come. */
export interface RemoteSource {
  id: string;
  kind: 'elasticsearch';
  query: ElasticQuery;
  /** Documents announced so far, and in all as the server counted them. */
  announced: number;
  total: number;
  /** `sort` of the last document of each slice: where `search_after` goes on; null for a slice that is done. */
  cursors: (unknown[] | null)[];
  done: boolean;
  /** The server's point in time that the cursors belong to; it may be gone by now. */
  pit?: string;
  /** That point in time is not the first: what it gives may be announced already. */
  reopened?: boolean;
}

/** Who asks; in memory only, and only in the connecting worker once it is there. */
export type ElasticLogin =
  | { kind: 'none' }
  /** The encoded key, or `id:key`. */
  | { kind: 'api-key'; key: string }
  | { kind: 'basic'; user: string; password: string };

export interface ElasticServer {
  kind: 'elasticsearch' | 'opensearch';
  /** As it says itself; null when this login may not ask. */
  version: string | null;
  name: string;
}

export interface ElasticIndex {
  name: string;
  documents: number;
}

/** A field of an index: its name with dots and its type of the mapping. */
export interface ElasticField {
  name: string;
  type: string;
  column: 'number' | 'date' | 'boolean' | 'text';
  /** Values can be asked for one by one; for a `text` with a `keyword` beside it, `term` is the name to ask by. */
  term: string | null;
  /** The dates are seconds, not milliseconds. */
  seconds?: boolean;
}

/** What some documents of an index look like. */
export interface ElasticSample {
  /** Fields that hold base64 of a picture in some of them, most often first. */
  imageFields: string[];
  documents: number;
}

/** A document as a file: its picture, or why it has none. */
export interface DocumentFile {
  path: string;
  bytes: Uint8Array<ArrayBuffer>;
  /** Why there is no picture. */
  fault?: string;
}

/** Some documents, and how far the source has come with them. */
export interface DocumentPage {
  files: DocumentFile[];
  /** Value i of each belongs to file i; `_index` and `_id` are among them. */
  columns: Column[];
  source: RemoteSource;
}

/** Where a document is, to write to it. */
export interface DocumentKey {
  index: string;
  id: string;
  routing: string;
}

/** What is written back to a document. */
export interface DocumentResult {
  key: DocumentKey;
  /** null: in none. */
  cluster: number | null;
  distance: number;
  /** The cluster it was fitted into, where clusters were edited by hand. */
  base?: number | null;
  vector?: Float32Array;
}

/** A document that was not written, with the server's reason. */
export interface WriteFailure {
  key: DocumentKey;
  status: number;
  reason: string;
}

/** What all documents of a run share, and how the fields are called: `prefix.cluster`, `prefix.distance` … */
export interface WriteOptions {
  prefix: string;
  k: number;
  run: string;
  /** Clusters were edited by hand: the fitted one, and whether it is another now, are written too. */
  edited?: boolean;
  /** Length of the vectors that are written, or null for none. */
  dims: number | null;
  /**
   * `merge`: beside what stands under the prefix already (a partial document). `replace`: in its place (a script), so that nothing of
   * another run, its vector say, is left there.
   */
  how: 'merge' | 'replace';
}

/** A document that a server found by its vector. */
export interface NearDocument {
  key: DocumentKey;
  /** The server's own: higher is nearer. */
  score: number;
  /** Its picture, or why there is none. */
  file: DocumentFile;
}

/** One HTTP request to a server that the person agreed to. */
export interface RemoteRequest {
  method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';
  /** Absolute; its origin is one of the agreed ones. */
  url: string;
  headers?: Record<string, string>;
  body?: string;
  /** The answer is given up as soon as its body is longer than this. */
  maxBytes?: number;
  /** Milliseconds until it is given up; a minute if absent. */
  timeout?: number;
  /** Goes where the server sends it, as far as the thread's policy allows; refused if absent. */
  redirect?: 'follow';
}

export interface RemoteAnswer {
  status: number;
  /** Names in lower case; only those that the server shows to pages of other origins. */
  headers: Record<string, string>;
  body: Uint8Array<ArrayBuffer>;
}

/** Why a server did not give what was asked for. */
export type RemoteReason =
  | 'origin' // not an address that was agreed to
  | 'unreachable' // no answer that the page may see: no server there, a redirect, or CORS missing
  | 'mixed-content' // http asked for by an https page
  | 'timeout'
  | 'too-large'
  | 'unauthorised' // 401
  | 'forbidden' // 403
  | 'not-found' // 404
  | 'refused' // another 4xx, with the server's own reason
  | 'busy' // 429 or 503, again and again
  | 'answer'; // not what the server should say: another kind of server, a proxy's page, a 5xx
