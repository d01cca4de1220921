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
