import { fieldOf, values, type Document, type Index } from './documents';
import { queryTest } from './query';
import { illegal, onlyKeys, Refusal, unparsable } from './refusal';

/** A point in time: the documents as they were. */
export interface Point {
  indices: { index: Index; documents: Document[] }[];
}

interface Entry {
  index: Index;
  document: Document;
  /** `_shard_doc`: the shard's number and the document's within it; another one in another point in time. */
  order: number;
}

const KEYS = [
  'size',
  'query',
  'sort',
  'search_after',
  'slice',
  'pit',
  '_source',
  'track_total_hits',
  'knn',
  'timeout',
];
const WINDOW = 10_000;

export interface SearchRules {
  sortsByShardDoc: boolean;
  sortsById: boolean;
  opensearch: boolean;
}

/** `POST _search`: hits of one page in order, with their `sort`. */
export function search(body: Record<string, unknown>, { indices }: Point, rules: SearchRules): object[] {
  onlyKeys(body, KEYS, 'search');
  const size = body['size'] ?? 10;
  if (!Number.isInteger(size) || (size as number) < 0) throw illegal('[size] parameter cannot be negative');
  if ((size as number) > WINDOW)
    throw illegal(`Result window is too large, from + size must be less than or equal to: [${WINDOW}]`);
  const entries = indices.flatMap(({ index, documents }, at) =>
    documents.map((document, i) => ({ index, document, order: (at * 8 + document.shard) * 2 ** 32 + i })),
  );
  if (body['knn'] !== undefined || isKnn(body['query'])) return nearest(body, entries, rules, size as number);
  const found = entries.filter(({ index, document }) =>
    queryTest(body['query'] ?? { match_all: {} }, index.mapping)(document),
  );
  const key = sortKey(body['sort'], body['pit'] !== undefined, rules);
  const after = afterOf(body['search_after'], body['sort']);
  return slice(found, body['slice'], body['pit'] !== undefined)
    .sort((a, b) => compare(key(a), key(b)))
    .filter((entry) => after === undefined || compare(key(entry), after) > 0)
    .slice(0, size as number)
    .map((entry) => ({
      ...hit(entry, body['_source']),
      ...(body['sort'] !== undefined && { sort: [key(entry)] }),
    }));
}

type Key = number | string;
const compare = (a: Key, b: Key): number => (a < b ? -1 : a > b ? 1 : 0);

function sortKey(sort: unknown, inPoint: boolean, rules: SearchRules): (entry: Entry) => Key {
  if (sort === undefined) return ({ order }) => order;
  const [[field, direction]] = Object.entries((sort as object[])[0] ?? {});
  if (!Array.isArray(sort) || sort.length !== 1 || direction !== 'asc')
    throw unparsable('[sort] only one field, ascending, is known here');
  if (field === '_shard_doc') {
    if (!inPoint) throw illegal('[_shard_doc] sort field cannot be used without [point in time]');
    if (!rules.sortsByShardDoc)
      throw new Refusal(
        400,
        'query_shard_exception',
        'No mapping found for [_shard_doc] in order to sort on',
      );
    return ({ order }) => order;
  }
  if (field !== '_id') throw illegal(`No mapping found for [${field}] in order to sort on`);
  if (!rules.sortsById) throw illegal('Fielddata access on the _id field is disallowed');
  return ({ document }) => document.id;
}

function afterOf(after: unknown, sort: unknown): Key | undefined {
  if (after === undefined) return undefined;
  if (sort === undefined) throw illegal('Sort must contain at least one field.');
  if (!Array.isArray(after) || after.length !== 1)
    throw illegal('search_after has a different number of values than the sort');
  return after[0] as Key;
}

function slice(entries: Entry[], wanted: unknown, inPoint: boolean): Entry[] {
  if (wanted === undefined) return [...entries];
  const { id, max } = wanted as { id: number; max: number };
  if (!inPoint) throw illegal('[slice] can only be used with [scroll] or [point-in-time] requests');
  if (!(max > 1)) throw illegal('max must be greater than 1');
  if (!(id >= 0 && id < max)) throw illegal('max must be greater than id');
  return entries.filter(({ order }) => order % max === id);
}

function hit({ index, document }: Entry, wanted: unknown): object {
  const about = { _index: index.name, _id: document.id, _score: null };
  return wanted === false ? about : { ...about, _source: filtered(document.source, wanted) };
}

/** `_source` filtering by names and `*` at their ends. */
function filtered(source: Record<string, unknown>, wanted: unknown, path = ''): Record<string, unknown> {
  if (wanted === undefined || wanted === true) return source;
  onlyKeys(wanted as object, ['includes', 'excludes'], '_source');
  const { includes, excludes = [] } = wanted as { includes?: string[]; excludes?: string[] };
  const kept: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(source)) {
    const name = path + key;
    if (excludes.includes(name)) continue;
    const inside = typeof value === 'object' && value !== null && !Array.isArray(value);
    const named = !includes || includes.includes(name);
    if (named && !inside) kept[key] = value;
    else if (inside) {
      const rest = filtered(value as Record<string, unknown>, named ? { excludes } : wanted, `${name}.`);
      if (Object.keys(rest).length > 0) kept[key] = rest;
    }
  }
  return kept;
}

const isKnn = (query: unknown): boolean => typeof query === 'object' && query !== null && 'knn' in query;

/** kNN search: Elasticsearch's `knn` of the body, OpenSearch's query of that name. Exact here. */
function nearest(
  body: Record<string, unknown>,
  entries: Entry[],
  { opensearch }: SearchRules,
  size: number,
): object[] {
  if (opensearch !== isKnn(body['query'])) throw unparsable(`unknown ${opensearch ? 'key' : 'query'} [knn]`);
  const { field, vector, k } = opensearch ? fromQuery(body) : fromBody(body);
  const scored = entries.flatMap((entry) => {
    const mapping = fieldOf(entry.index.mapping, field);
    const type = opensearch ? 'knn_vector' : 'dense_vector';
    if (mapping?.type !== type)
      throw new Refusal(400, 'query_shard_exception', `[${field}] is not a ${type}`);
    const dims = Number(mapping[opensearch ? 'dimension' : 'dims']);
    if (dims !== vector.length)
      throw illegal(`the query vector has a different dimension [${vector.length}] than the index [${dims}]`);
    const own = values(entry.document.source, field) as number[];
    if (own.length === 0) return [];
    const squared = own.reduce((sum, value, i) => sum + (value - vector[i]) ** 2, 0);
    return [{ entry, score: 1 / (1 + squared) }];
  });
  return scored
    .sort((a, b) => b.score - a.score)
    .slice(0, Math.min(k, size))
    .map(({ entry, score }) => ({ ...hit(entry, body['_source']), _score: score }));
}

function fromBody({ knn }: Record<string, unknown>): { field: string; vector: number[]; k: number } {
  onlyKeys(knn as object, ['field', 'query_vector', 'k', 'num_candidates', 'filter'], 'knn');
  const { field, query_vector, k, num_candidates } = knn as Record<string, never>;
  if (Number(num_candidates) < Number(k)) throw illegal('[num_candidates] cannot be less than [k]');
  if (Number(num_candidates) > 10_000) throw illegal('[num_candidates] cannot exceed [10000]');
  return { field, vector: query_vector, k };
}

function fromQuery({ query }: Record<string, unknown>): { field: string; vector: number[]; k: number } {
  const [[field, about]] = Object.entries((query as { knn: Record<string, object> }).knn);
  onlyKeys(about, ['vector', 'k', 'filter'], 'knn');
  return { field, ...(about as { vector: number[]; k: number }) };
}
