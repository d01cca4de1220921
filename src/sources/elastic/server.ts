import type { ElasticIndex, ElasticServer } from '../../domain/remote';
import { remoteError } from '../remote/request';
import { jsonOf } from './failure';
import type { ElasticHttp } from './http';

/** The oldest servers with a point in time. */
const OLDEST = { elasticsearch: [7, 10], opensearch: [2, 4] } as const;
/** The oldest servers that sort by `_shard_doc`. */
const SHARD_DOC = { elasticsearch: [7, 12], opensearch: [3, 3] } as const;
/** The oldest servers that cut a point in time into slices. */
const SLICES = { elasticsearch: [7, 15], opensearch: [2, 4] } as const;

/**
 * Which server this is. A login that may not ask (403) is taken for one of Elasticsearch. Errors: `remote`; `answer` for what is
 * neither, or too old.
 */
export async function readServer(http: ElasticHttp): Promise<ElasticServer> {
  const answer = await http.answer({ method: 'GET', path: '', expected: [403] });
  if (answer.status === 403) return { kind: 'elasticsearch', version: null, name: '' };
  const root = (jsonOf(answer) ?? {}) as {
    cluster_name?: string;
    version?: { number?: string; distribution?: string };
  };
  const version = root.version?.number;
  if (typeof version !== 'string' || !/^\d+\.\d+/.test(version))
    throw remoteError(
      'answer',
      `${http.origin} is not Elasticsearch or OpenSearch, or a proxy stands before it.`,
      http.origin,
    );
  const kind = root.version?.distribution === 'opensearch' ? 'opensearch' : 'elasticsearch';
  const server: ElasticServer = { kind, version, name: String(root.cluster_name ?? '') };
  if (!isSince(server, OLDEST))
    throw remoteError(
      'answer',
      `${http.origin} runs ${kind} ${version}; it takes at least ${OLDEST[kind].join('.')}.`,
      http.origin,
      version,
    );
  return server;
}

export const sortsByShardDoc = (server: ElasticServer): boolean => isSince(server, SHARD_DOC);
export const hasSlices = (server: ElasticServer): boolean => isSince(server, SLICES);

function isSince({ kind, version }: ElasticServer, oldest: Record<ElasticServer['kind'], readonly number[]>) {
  if (version === null) return true;
  const [major, minor] = version.split('.').map(Number);
  const [fromMajor, fromMinor] = oldest[kind];
  return major > fromMajor || (major === fromMajor && minor >= fromMinor);
}

/** The open indices with their documents, hidden ones left out; null when this login may not list them. */
export async function listIndices(http: ElasticHttp): Promise<ElasticIndex[] | null> {
  const path = '_cat/indices?format=json&h=index,docs.count&s=index&expand_wildcards=open';
  const answer = await http.answer({ method: 'GET', path, expected: [403, 404] });
  const rows = jsonOf(answer);
  if (answer.status !== 200 || !Array.isArray(rows)) return null;
  return (rows as { index: string; 'docs.count': string | null }[])
    .filter(({ index }) => !index.startsWith('.'))
    .map(({ index, 'docs.count': count }) => ({ name: index, documents: Number(count ?? 0) }));
}

/** Names, aliases and patterns with commas between, as a part of a path. Throws `remote` where there is none. */
export function indexPath(index: string, origin: string): string {
  const names = index
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (names.length === 0 || names.some((name) => /^[_.]{0,2}$|^_(?!all$)|[\\/?"<>| #]/.test(name)))
    throw remoteError('refused', `“${index}” is not the name of an index.`, origin, index);
  return names.map(encodeURIComponent).join(',');
}
