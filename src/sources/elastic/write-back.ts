import type { ElasticServer, WriteOptions } from '../../domain/remote';
import { remoteError } from '../remote/request';
import type { ElasticHttp } from './http';
import { needKnn, vectorMapping } from './knn';
import { indexPath } from './server';

/** What OpenSearch indexes, and Elasticsearch since 8.11. */
const MOST_DIMS = 4096;

/** The fields that are written, with dots, and what each is; shown before anything is sent. */
export function writtenFields(
  { prefix, dims, edited }: WriteOptions,
  { kind }: ElasticServer,
): [name: string, type: string][] {
  const vector = kind === 'opensearch' ? 'knn_vector' : 'dense_vector';
  return [
    [`${prefix}.cluster`, 'integer'],
    [`${prefix}.distance`, 'float'],
    [`${prefix}.k`, 'integer'],
    [`${prefix}.run`, 'keyword'],
    ...(edited
      ? ([
          [`${prefix}.base_cluster`, 'integer'],
          [`${prefix}.edited`, 'boolean'],
        ] as [string, string][])
      : []),
    ...(dims === null ? [] : [[`${prefix}.vector`, vector] as [string, string]]),
  ];
}

/** The prefix as the keys it goes through. Throws `remote` for one that no field can have. */
export function keysOf(prefix: string, origin: string): string[] {
  const keys = prefix.split('.');
  if (keys.some((key) => !/^[^\s.*#,"\\]+$/.test(key)) || prefix.startsWith('_'))
    throw remoteError('refused', `“${prefix}” cannot begin the name of a field.`, origin, prefix);
  return keys;
}

/**
 * Adds the fields to the mapping of an index, which says the types once and for all; doing it again changes nothing. Errors:
 * `remote`: `refused` when a field of another type has a name already, or when the index cannot hold vectors.
 */
export async function prepareIndex(
  http: ElasticHttp,
  server: ElasticServer,
  index: string,
  options: WriteOptions,
): Promise<void> {
  const { prefix, dims, edited } = options;
  if (dims !== null && dims > MOST_DIMS)
    throw remoteError('refused', `Vectors of ${dims} numbers are longer than ${MOST_DIMS}.`, http.origin);
  if (dims !== null && server.kind === 'opensearch') await needKnn(http, index);
  const keys = keysOf(prefix, http.origin);
  const properties = {
    cluster: { type: 'integer' },
    distance: { type: 'float' },
    k: { type: 'integer' },
    run: { type: 'keyword' },
    ...(edited && { base_cluster: { type: 'integer' }, edited: { type: 'boolean' } }),
    ...(dims !== null && { vector: vectorMapping(server, dims) }),
  };
  const body = keys.reduceRight<object>((inner, key) => ({ properties: { [key]: inner } }), { properties });
  await http.json({ method: 'PUT', path: `${indexPath(index, http.origin)}/_mapping`, body });
}
