/**
 * How a JSON file holds its records: `array` at the top; `object`, one of whose keys has the array (`path` leads to it);
 * `search`, an answer of Elasticsearch (`hits.hits[]._source`); one record per line as `lines`, as written by
 * `elasticdump` (`_source` within), or as `bulk` requests (a line of action before each record).
 */
export interface JsonShape {
  kind: 'array' | 'object' | 'search' | 'lines' | 'elasticdump' | 'bulk';
  /** Keys from the top to the array of records; empty where records or their array are at the top. */
  path: string[];
}

/** How a JSON file is taken as images: one of each record. */
export interface RecordsOptions {
  shape: JsonShape;
  /** Name with dots of the field that holds the picture as base64. */
  imageField: string;
  /** Only so many records, from the first. */
  limit?: number;
}
