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
