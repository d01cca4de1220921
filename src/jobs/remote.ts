import { TesseraError } from '../domain/errors';
import { originOf, originQuery } from '../domain/origins';
import type { RemoteAnswer, RemoteRequest } from '../domain/remote';
import type { ConnectService } from '../domain/services';
import workerUrl from '../workers/connect.worker.ts?worker&url';
import { WorkerHandle } from '../workers/worker-handle';

/** Whether this build can talk to servers at all: `TESSERA_CONNECTORS=off npm run build` leaves that out. */
export const CONNECTORS = workerUrl !== '';

/** A way to servers that the person named and agreed to; every other address is refused. */
export interface Remote {
  readonly origins: readonly string[];
  /** Errors: `remote` with a reason, `cancelled`. */
  request(request: RemoteRequest, signal?: AbortSignal): Promise<RemoteAnswer>;
  /** Whether the host sends the policy that holds the thread to its origins, redirects included. */
  held(): Promise<boolean>;
  /** Ends all requests; they reject with `cancelled`. */
  close(): void;
}

/**
 * Starts a thread of its own that may talk to these origins and no others: the browser itself holds it to that, by the
 * policy that comes with its script. Throws `remote` for an address that is not an origin, or in a build without connectors.
 */
export function openRemote(addresses: readonly string[]): Remote {
  const { origins, url, handle } = connectTo(addresses);
  let last = 0;
  let held: Promise<boolean> | null = null;
  return {
    origins,
    held: () => (held ??= isHeld(url, origins)),
    async request(request, signal) {
      signal?.throwIfAborted();
      const id = ++last;
      const cancel = (): void => void handle.call((remote) => remote.cancel(id)).catch(() => undefined);
      signal?.addEventListener('abort', cancel);
      return handle
        .call((remote) => remote.request(id, request))
        .finally(() => signal?.removeEventListener('abort', cancel));
    },
    close: () => handle.stop(),
  };
}

/** The thread itself, for those who ask more of it than single requests. Throws as `openRemote`. */
export function connectTo(addresses: readonly string[]): {
  origins: string[];
  url: string;
  handle: WorkerHandle<ConnectService>;
} {
  const origins = addresses.map((address) => {
    const origin = originOf(address);
    if (origin !== null && CONNECTORS) return origin;
    const message = CONNECTORS
      ? `“${address}” is not the address of a server: it begins with https:// or http:// and a name.`
      : 'This copy of Tessera was built without connections to servers.';
    throw new TesseraError('remote', message, { reason: 'origin', origin: address, detail: '' });
  });
  const url = `${workerUrl}${workerUrl.includes('?') ? '&' : '?'}${originQuery(origins)}`;
  const worker = new Worker(url, { type: 'module', name: 'connect' });
  return { origins, url, handle: new WorkerHandle<ConnectService>(worker) };
}

/** Whether the thread's script comes with a policy that names exactly these origins: as it was when it started. */
async function isHeld(url: string, origins: readonly string[]): Promise<boolean> {
  const policy = await fetch(url, { method: 'HEAD' }).then(
    ({ headers }) => headers.get('content-security-policy') ?? '',
    () => '',
  );
  const directives = policy.split(';').map((directive) => directive.trim());
  return directives.includes(`connect-src ${origins.join(' ')}`);
}
