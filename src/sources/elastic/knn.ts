import type { ElasticServer, NearDocument } from '../../domain/remote';
import type { NearestRequest } from '../../domain/services';
import { remoteError } from '../remote/request';
import { fileOf, type Hit } from './documents';
import type { ElasticHttp } from './http';
import { indexPath } from './server';

/** A field for nearest neighbours by the Euclidean distance, as everywhere in the app. */
export function vectorMapping({ kind }: ElasticServer, dims: number): object {
  return kind === 'opensearch'
    ? { type: 'knn_vector', dimension: dims, method: { name: 'hnsw', space_type: 'l2', engine: 'lucene' } }
    : { type: 'dense_vector', dims, index: true, similarity: 'l2_norm' };
}

/** OpenSearch indexes vectors only where the index was made with `index.knn`, which cannot be changed later. Errors: `remote`. */
export async function needKnn(http: ElasticHttp, index: string): Promise<void> {
  const path = `${indexPath(index, http.origin)}/_settings/index.knn?flat_settings=true`;
  const answer = await http.json<Record<string, { settings?: Record<string, string> }>>({
    method: 'GET',
    path,
  });
  for (const [name, { settings }] of Object.entries(answer))
    if (settings?.['index.knn'] !== 'true')
      throw remoteError(
        'refused',
        `The index ${name} was made without "index.knn": true, so it cannot be searched by vectors. Reindex it into one that has it, or write without vectors.`,
        http.origin,
        name,
      );
}

/** The documents of an index whose vectors are nearest to one, nearest first: the search that a set of any size allows. Errors: `remote`. */
export async function nearestThere(
  http: ElasticHttp,
  { kind }: ElasticServer,
  { index, field, imageField, vector, count }: NearestRequest,
): Promise<NearDocument[]> {
  const query_vector = [...vector];
  const _source = { includes: [imageField] };
  const body =
    kind === 'opensearch'
      ? { size: count, _source, query: { knn: { [field]: { vector: query_vector, k: count } } } }
      : {
          size: count,
          _source,
          knn: { field, query_vector, k: count, num_candidates: Math.min(10_000, Math.max(100, 10 * count)) },
        };
  const path = `${indexPath(index, http.origin)}/_search`;
  const { hits } = await http.json<{ hits?: { hits?: (Hit & { _score: number })[] } }>({
    method: 'POST',
    path,
    body,
  });
  return (hits?.hits ?? []).map((hit) => ({
    key: { index: hit._index, id: hit._id, routing: hit._routing ?? '' },
    score: hit._score,
    file: fileOf(hit, imageField),
  }));
}
