import type { ElasticServer } from '../../domain/remote';
import { remoteError } from '../remote/request';
import type { Hit } from './documents';
import { failureOf, isPointGone, jsonOf, serverReason } from './failure';
import type { ElasticHttp } from './http';
import { indexPath } from './server';

/** How long the server keeps a point in time after the last request for it. */
export const KEEP_ALIVE = '5m';
/** Times that a search is tried whose shards did not all answer. */
const TRIES = 5;

/** Opens a point in time of the index: what is searched in it does not change. Answers its id. Errors: `remote`. */
export async function openPoint(http: ElasticHttp, { kind }: ElasticServer, index: string): Promise<string> {
  const within = indexPath(index, http.origin);
  const path =
    kind === 'opensearch'
      ? `${within}/_search/point_in_time?keep_alive=${KEEP_ALIVE}`
      : `${within}/_pit?keep_alive=${KEEP_ALIVE}`;
  const { id, pit_id } = await http.json<{ id?: string; pit_id?: string }>({ method: 'POST', path });
  const point = id ?? pit_id;
  if (typeof point !== 'string')
    throw remoteError('answer', `${http.origin} opened no point in time: it is too old.`, http.origin);
  return point;
}

/** Lets a point in time go; one that is gone already is none the worse. */
export async function closePoint(http: ElasticHttp, { kind }: ElasticServer, id: string): Promise<void> {
  const expected = [404];
  await (kind === 'opensearch'
    ? http.answer({ method: 'DELETE', path: '_search/point_in_time', body: { pit_id: [id] }, expected })
    : http.answer({ method: 'DELETE', path: '_pit', body: { id }, expected }));
}

interface SearchAnswer {
  pit_id?: string;
  timed_out?: boolean;
  _shards?: { failed?: number; failures?: { reason?: { type?: string } }[] };
  hits?: { hits?: Hit[] };
}

/** What a search in a point in time found; `point` is its id from now on. */
export interface Found {
  hits: Hit[];
  point: string;
  /** Bytes of the answer. */
  bytes: number;
}

/**
 * Searches in a point in time and keeps it alive. Null: it is gone. An answer in which some shards are missing is no answer:
 * it would lose documents without a word. Errors: `remote`.
 */
export async function searchPoint(
  http: ElasticHttp,
  point: string,
  body: object,
  maxBytes?: number,
): Promise<Found | null> {
  let id = point;
  for (let tries = 1; ; tries++) {
    const answer = await http.answer({
      method: 'POST',
      path: '_search',
      body: { ...body, track_total_hits: false, pit: { id, keep_alive: KEEP_ALIVE } },
      expected: [404],
      maxBytes,
    });
    if (answer.status === 404) {
      if (isPointGone(serverReason(answer).types)) return null;
      throw failureOf(http.origin, answer);
    }
    const { pit_id, timed_out, _shards, hits } = (jsonOf(answer) ?? {}) as SearchAnswer;
    const gone = _shards?.failures?.some(({ reason }) => isPointGone([reason?.type ?? '']));
    if (gone) return null;
    id = pit_id ?? id;
    if (!Array.isArray(hits?.hits))
      throw remoteError('answer', `${http.origin} gave no hits: it is not Elasticsearch.`, http.origin);
    if (!timed_out && !_shards?.failed) return { hits: hits.hits, point: id, bytes: answer.body.length };
    if (tries === TRIES)
      throw remoteError(
        'busy',
        `Some shards of ${http.origin} gave no answer over ${TRIES} tries: go on later.`,
        http.origin,
      );
    await http.rest(tries);
  }
}
