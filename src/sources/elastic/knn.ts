import type { DocumentKey, ElasticServer } from '../../domain/remote';
import { remoteError } from '../remote/request';
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

/** The documents of an index whose vectors are nearest to one, nearest first: the search that a set of any size allows. */
export async function nearestThere(
  http: ElasticHttp,
  { kind }: ElasticServer,
  index: string,
  field: string,
  vector: Float32Array,
  count: number,
): Promise<{ key: DocumentKey; score: number }[]> {
  const query_vector = [...vector];
  const body =
    kind === 'opensearch'
      ? { size: count, _source: false, query: { knn: { [field]: { vector: query_vector, k: count } } } }
      : {
          size: count,
          _source: false,
          knn: { field, query_vector, k: count, num_candidates: Math.min(10_000, Math.max(100, 10 * count)) },
        };
  const path = `${indexPath(index, http.origin)}/_search`;
  const answer = await http.json<{
    hits?: { hits?: { _index: string; _id: string; _routing?: string; _score: number }[] };
  }>({ method: 'POST', path, body });
  return (answer.hits?.hits ?? []).map(({ _index, _id, _routing, _score }) => ({
    key: { index: _index, id: _id, routing: _routing ?? '' },
    score: _score,
  }));
}
