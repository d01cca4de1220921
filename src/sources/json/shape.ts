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

/** Whether records are values of the file itself, one behind the other. */
export function isLines({ kind }: JsonShape): boolean {
  return kind === 'lines' || kind === 'elasticdump' || kind === 'bulk';
}
