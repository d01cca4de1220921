import type { FetchAddress } from '../domain/addresses';
import { TesseraError } from '../domain/errors';
import type { RemoteAnswer, RemoteRequest } from '../domain/remote';
import { HostTurns } from './host-turns';
import { openRemote, type Remote } from './remote';

/** A picture that is larger is none that can be embedded. */
const MAX_BYTES = 256 << 20;
/** How often an address is asked for while its server says that it is busy. */
const TRIES = 4;
/** Seconds to wait for a busy server that does not say how long, doubled each time, and the longest of all. */
const WAIT = { first: 2, most: 120 };
/** Milliseconds without a request after which the connecting thread is given up. */
const IDLE_MS = 10_000;

type Connection = Pick<Remote, 'request' | 'close' | 'held'>;

/** Fetches pictures from the servers that a person agreed to, a few at a time from each. */
export class AddressFetcher {
  private connection: Connection | null = null;
  private readonly turns = new HostTurns();
  /** Servers that gave a readable answer before. */
  private readonly heard = new Set<string>();
  private stopped = new AbortController();
  private idle: ReturnType<typeof setTimeout> | undefined;
  private running = 0;

  constructor(
    private readonly origins: readonly string[],
    private readonly connect: (origins: readonly string[]) => Connection = openRemote,
  ) {}

  /** The bytes at an address; see `FetchAddress`. */
  readonly get: FetchAddress = async (address) => {
    const { signal } = this.stopped;
    const { origin } = new URL(address);
    clearTimeout(this.idle);
    this.running++;
    try {
      return await this.turns.run(origin, signal, () => this.fetch(address, origin, signal));
    } catch (error) {
      throw signal.aborted ? new TesseraError('cancelled', 'Cancelled.') : error;
    } finally {
      if (--this.running === 0) this.idle = setTimeout(() => this.disconnect(), IDLE_MS);
    }
  };

  /** Ends all that is being fetched; what is asked for later begins anew. */
  stop(): void {
    this.stopped.abort();
    this.stopped = new AbortController();
    this.disconnect();
  }

  private async fetch(
    address: string,
    origin: string,
    signal: AbortSignal,
  ): Promise<Uint8Array<ArrayBuffer>> {
    for (let tries = 1; ; tries++) {
      const { status, headers, body } = await this.request(address, origin, signal);
      if (status === 200) return body;
      if ((status !== 429 && status !== 503) || tries === TRIES) throw new Error(sentenceOf(status));
      const seconds = secondsToWait(headers['retry-after']) ?? WAIT.first * 2 ** (tries - 1);
      await this.turns.hold(origin, 1000 * Math.min(seconds, WAIT.most), signal);
    }
  }

  private async request(url: string, origin: string, signal: AbortSignal): Promise<RemoteAnswer> {
    if (globalThis.navigator?.onLine === false) throw new Error('this computer is offline');
    const connection = (this.connection ??= this.connect(this.origins));
    const request: RemoteRequest = { method: 'GET', url, maxBytes: MAX_BYTES };
    // Redirects among the agreed servers are followed where the browser itself refuses all others.
    if (await connection.held()) request.redirect = 'follow';
    try {
      const answer = await connection.request(request, signal);
      this.heard.add(origin);
      return answer;
    } catch (error) {
      if (!(error instanceof TesseraError) || error.code !== 'remote') throw error;
      if (error.params['reason'] !== 'unreachable' || !this.heard.has(origin))
        throw new Error(error.message.replace(/\.$/, ''), { cause: error });
      throw new Error(
        `${origin} answers, but this page may not read what is at this address: it does not allow other sites (CORS), or it redirects to a server that does not`,
        { cause: error },
      );
    }
  }

  private disconnect(): void {
    clearTimeout(this.idle);
    this.connection?.close();
    this.connection = null;
  }
}

function sentenceOf(status: number): string {
  if (status === 404 || status === 410) return `nothing is at this address any more (HTTP ${status})`;
  if (status === 401 || status === 403) return `the server does not give it to everyone (HTTP ${status})`;
  if (status === 429 || status === 503) return `the server stayed busy (HTTP ${status})`;
  return `the server answered HTTP ${status}`;
}

/** Retry-After: seconds, or a date. */
function secondsToWait(header: string | undefined): number | null {
  if (header === undefined) return null;
  if (/^\d+$/.test(header)) return Number(header);
  const until = Date.parse(header);
  return Number.isNaN(until) ? null : Math.max(0, (until - Date.now()) / 1000);
}
