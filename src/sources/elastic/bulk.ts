import type { DocumentKey, DocumentResult, WriteFailure, WriteOptions } from '../../domain/remote';
import { failureOf, jsonOf } from './failure';
import type { ElasticHttp } from './http';
import { replaceScript } from './replace-script';
import { keysOf } from './write-back';

/** A request holds so many documents or bytes at most; servers take 100 MB and like less. */
const BATCH = { documents: 500, bytes: 5 << 20 };
/** Tries of documents that the server was too busy for, or that somebody else was just changing. */
const TRIES = 5;
const AGAIN = new Set([409, 429, 503]);

const nest = (keys: readonly string[], value: object): object =>
  keys.reduceRight<object>((inner, key) => ({ [key]: inner }), value);

interface BulkItem {
  status?: number;
  error?: { type?: string; reason?: string; caused_by?: { reason?: string } } | string;
}

/**
 * Writes results to their documents in requests of bounded size; a document whose update is refused is a failure and stops
 * nothing. The same again changes nothing. `onBatch` is told how many are through. Errors: `remote`, `cancelled`.
 */
export async function writeResults(
  http: ElasticHttp,
  results: readonly DocumentResult[],
  options: WriteOptions,
  onBatch: (done: number) => void = () => undefined,
): Promise<WriteFailure[]> {
  const keys = keysOf(options.prefix, http.origin);
  const failures: WriteFailure[] = [];
  let done = 0;
  for (let from = 0; from < results.length;) {
    const lines: string[] = [];
    let bytes = 0;
    while (from + lines.length < results.length && lines.length < BATCH.documents && bytes < BATCH.bytes) {
      const line = updateOf(results[from + lines.length], options, keys);
      lines.push(line);
      bytes += line.length;
    }
    const batch = results.slice(from, from + lines.length).map(({ key }, i) => ({ key, line: lines[i] }));
    failures.push(...(await writeBatch(http, batch)));
    from += lines.length;
    done += lines.length;
    onBatch(done);
  }
  return failures;
}

function updateOf(
  { key, cluster, distance, base = null, vector }: DocumentResult,
  { k, run, dims, how, edited }: WriteOptions,
  keys: string[],
) {
  const { index: _index, id: _id, routing } = key;
  const action = { update: { _index, _id, retry_on_conflict: 3, ...(routing !== '' && { routing }) } };
  // JSON knows no NaN: an image without a distance says null.
  const label = {
    cluster,
    distance: Number.isFinite(distance) ? distance : null,
    k,
    run,
    ...(edited && { base_cluster: base, edited: base !== cluster }),
  };
  const result = dims !== null && vector ? { ...label, vector: [...vector] } : label;
  const part = how === 'replace' ? replaceScript(keys, result) : { doc: nest(keys, result) };
  return `${JSON.stringify(action)}\n${JSON.stringify(part)}\n`;
}

async function writeBatch(
  http: ElasticHttp,
  batch: readonly { key: DocumentKey; line: string }[],
): Promise<WriteFailure[]> {
  const failures: WriteFailure[] = [];
  let waiting = batch;
  for (let tries = 1; ; tries++) {
    const body = waiting.map(({ line }) => line).join('');
    const answer = await http.answer({ method: 'POST', path: '_bulk', body });
    const { items } = (jsonOf(answer) ?? {}) as { items?: { update?: BulkItem }[] };
    if (items?.length !== waiting.length) throw failureOf(http.origin, answer);
    const again = waiting.filter(({ key }, i) => {
      const { status = 0, error } = items[i].update ?? {};
      if (status >= 200 && status < 300) return false;
      if (AGAIN.has(status) && tries < TRIES) return true;
      failures.push({ key, status, reason: reasonOf(error) });
      return false;
    });
    if (again.length === 0) return failures;
    waiting = again;
    await http.rest(tries);
  }
}

function reasonOf(error: BulkItem['error']): string {
  if (typeof error === 'string') return error;
  return error?.caused_by?.reason ?? error?.reason ?? error?.type ?? 'no reason given';
}
