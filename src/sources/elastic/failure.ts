import type { TesseraError } from '../../domain/errors';
import type { RemoteAnswer, RemoteReason } from '../../domain/remote';
import { remoteError } from '../remote/request';

interface ServerError {
  type?: string;
  reason?: string;
  root_cause?: ServerError[];
  caused_by?: ServerError;
  failed_shards?: { reason?: ServerError }[];
}

const text = new TextDecoder();

/** The answer's body, or undefined when it is not JSON. */
export function jsonOf({ body }: RemoteAnswer): unknown {
  try {
    return JSON.parse(text.decode(body));
  } catch {
    return undefined;
  }
}

/** The server's own words: the innermost reason, which is the one that helps. */
export function serverReason(answer: RemoteAnswer): { types: string[]; reason: string } {
  const { error } = (jsonOf(answer) ?? {}) as { error?: string | ServerError };
  if (typeof error === 'string') return { types: [], reason: error };
  const all = error ? [error, ...causes(error)] : [];
  const reasons = all.flatMap(({ reason }) => (typeof reason === 'string' ? [reason] : []));
  return {
    types: all.flatMap(({ type }) => (typeof type === 'string' ? [type] : [])),
    reason: (reasons.at(-1) ?? '').slice(0, 500),
  };
}

function causes(error: ServerError): ServerError[] {
  const within = [
    ...(error.root_cause ?? []),
    ...(error.failed_shards ?? []).flatMap(({ reason }) => (reason ? [reason] : [])),
    ...(error.caused_by ? [error.caused_by] : []),
  ];
  return within.flatMap((cause) => [cause, ...causes(cause)]);
}

const SENTENCES: Record<number, [RemoteReason, string]> = {
  401: ['unauthorised', 'does not accept this login: check the user and password, or the API key'],
  403: ['forbidden', 'does not let this login do that: it lacks a privilege'],
  404: ['not-found', 'has no such index'],
  429: ['busy', 'is too busy and stayed so over several tries: go on later'],
  503: ['busy', 'is too busy and stayed so over several tries: go on later'],
};

/** The error of an answer that is not a success; the server's reason is part of the sentence. */
export function failureOf(origin: string, answer: RemoteAnswer): TesseraError {
  const { status } = answer;
  const { reason } = serverReason(answer);
  const words = reason ? ` (${reason})` : '';
  const known = SENTENCES[status];
  if (known) return remoteError(known[0], `${origin} ${known[1]}${words}.`, origin, reason);
  if (status >= 400 && status < 500 && jsonOf(answer) !== undefined)
    return remoteError(
      'refused',
      `${origin} refused the request with status ${status}${words}.`,
      origin,
      reason,
    );
  return remoteError(
    'answer',
    `${origin} answered with status ${status}${words}, which is not what Elasticsearch or OpenSearch says.`,
    origin,
    `${status} ${reason}`.trim(),
  );
}

/** Whether a point in time is gone: its time was up, or the server started anew. */
export function isPointGone(types: readonly string[]): boolean {
  return types.some((type) => type === 'search_context_missing_exception');
}
