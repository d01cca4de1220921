import type { ElasticQuery } from '../../domain/remote';
import { remoteError } from '../remote/request';
import type { ElasticHttp } from './http';
import { indexPath } from './server';

/** The `query` of the search API: what was asked for, within the dates and among the terms. */
export function searchQuery({ query, dates, terms }: ElasticQuery): object {
  const must: object[] = [];
  if (typeof query === 'object') must.push(query);
  else if (query.trim() !== '' && query.trim() !== '*') must.push({ query_string: { query } });
  const filter: object[] = terms
    .filter(({ values }) => values.length > 0)
    .map(({ field, values }) => ({ terms: { [field]: values } }));
  if (dates && (dates.from !== null || dates.to !== null)) {
    const { from, to } = dates;
    const range = {
      ...(from !== null && { gte: from }),
      ...(to !== null && { lte: to }),
      format: 'epoch_millis',
    };
    filter.push({ range: { [dates.field]: range } });
  }
  return must.length + filter.length === 0 ? { match_all: {} } : { bool: { must, filter } };
}

/** Documents that a query finds. Errors: `remote`. */
export async function countDocuments(http: ElasticHttp, query: ElasticQuery): Promise<number> {
  const path = `${indexPath(query.index, http.origin)}/_count`;
  const { count, _shards } = await http.json<{ count: number; _shards?: { failed?: number } }>({
    method: 'POST',
    path,
    body: { query: searchQuery(query) },
  });
  if (!Number.isSafeInteger(count))
    throw remoteError('answer', `${http.origin} counted no documents: it is not Elasticsearch.`, http.origin);
  if (_shards?.failed)
    throw remoteError('busy', `${http.origin} could not count in ${_shards.failed} shards.`, http.origin);
  return count;
}
