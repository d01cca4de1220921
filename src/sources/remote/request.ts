import { TesseraError } from '../../domain/errors';
import { originOf } from '../../domain/origins';
import type { RemoteAnswer, RemoteReason, RemoteRequest } from '../../domain/remote';

const TIMEOUT_MS = 60_000;
const MAX_BYTES = 512 << 20;

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** What a request is made with; the thread's own where absent. */
interface Surroundings {
  fetch?: Fetch;
  /** The protocol of the page. */
  page?: string;
  /** Whether the thread's policy has just refused to go where this origin led. */
  refused?: (origin: string) => Promise<boolean>;
}

/** `message` is a sentence; `origin` names the server in it. Nothing of a request's headers goes in here. */
export function remoteError(
  reason: RemoteReason,
  message: string,
  origin: string,
  detail = '',
): TesseraError {
  return new TesseraError('remote', message, { reason, origin, detail });
}

/**
 * Sends one request to an agreed origin, without cookies, referrer or cache. Redirects are not followed unless asked for:
 * only the thread's policy can keep them from where nobody agreed to. Errors: `remote`, `cancelled`.
 */
export async function requestFrom(
  agreed: readonly string[],
  { method, url, headers = {}, body, maxBytes = MAX_BYTES, timeout = TIMEOUT_MS, redirect }: RemoteRequest,
  signal: AbortSignal,
  {
    fetch = globalThis.fetch,
    page = globalThis.location?.protocol,
    refused = async () => false,
  }: Surroundings = {},
): Promise<RemoteAnswer> {
  const origin = originOf(url);
  if (origin === null || !agreed.includes(origin) || new URL(url).username !== '')
    throw remoteError('origin', `${origin ?? 'This address'} is not what was agreed to.`, origin ?? '');
  const late = AbortSignal.timeout(timeout);
  const init: RequestInit = {
    method,
    headers,
    body,
    mode: 'cors',
    credentials: 'omit',
    cache: 'no-store',
    redirect: redirect ?? 'error',
    referrerPolicy: 'no-referrer',
    signal: AbortSignal.any([signal, late]),
  };
  try {
    const response = await fetch(url, init);
    if (response.redirected && !agreed.includes(originOf(response.url) ?? '')) throw ledAstray(origin);
    const bytes = await readBody(response, maxBytes, origin);
    return { status: response.status, headers: Object.fromEntries(response.headers), body: bytes };
  } catch (error) {
    if (error instanceof TesseraError) throw error;
    if (signal.aborted) throw new TesseraError('cancelled', 'Cancelled.');
    if (late.aborted)
      throw remoteError('timeout', `${origin} gave no answer within ${timeout / 1000} seconds.`, origin);
    throw redirect && (await refused(origin)) ? ledAstray(origin) : unreachable(origin, page);
  }
}

function ledAstray(origin: string): TesseraError {
  const message = `${origin} redirects to a server that was not agreed to.`;
  return remoteError('origin', message, origin);
}

/** A browser does not say why it gave no answer: so all that it may have been is said. */
function unreachable(origin: string, page: string | undefined): TesseraError {
  const { protocol, hostname } = new URL(origin);
  const loopback = /^(localhost|127\.[\d.]+|.*\.localhost)$/.test(hostname);
  if (page === 'https:' && protocol === 'http:' && !loopback)
    return remoteError(
      'mixed-content',
      `${origin} is plain http and this page is https: browsers forbid that. Use the server's https address, or open this page by http.`,
      origin,
    );
  return remoteError(
    'unreachable',
    `${origin} gave no answer that this page may read: no server is there, its certificate is not trusted, it redirects, or it does not allow other sites (CORS).`,
    origin,
  );
}

async function readBody(
  response: Response,
  maxBytes: number,
  origin: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = response.body?.getReader();
  for (let read = await reader?.read(); read && !read.done; read = await reader!.read()) {
    length += read.value.length;
    if (length > maxBytes) {
      await reader!.cancel();
      throw remoteError(
        'too-large',
        `The answer of ${origin} is longer than ${maxBytes} bytes.`,
        origin,
        String(maxBytes),
      );
    }
    parts.push(read.value);
  }
  const body = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    body.set(part, at);
    at += part.length;
  }
  return body;
}
