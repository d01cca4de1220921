import type { BuildInfo, ToPage, ToWorker } from './build-info';
import { policyOf } from './connect-policy';
import { BuildFiles } from './files';
import { hasJspi, tierOf, type Tier } from './tiers';

declare const self: ServiceWorkerGlobalScope;
declare const __BUILD_INFO__: BuildInfo;

const { scope } = self.registration;
const build = __BUILD_INFO__;
// The scope in the name: sites in other sub-paths of the same host have caches of their own.
const files = new BuildFiles(build.files, scope, `tessera-files ${new URL(scope).pathname}`);
const jspi = hasJspi();
const ofTier = (...tiers: Tier[]) => build.files.filter((file) => tiers.includes(tierOf(file, jspi)));

/** Isolation on hosts that cannot send headers: it gives the page threads. Safari knows `require-corp` only. */
const HEADERS = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

function withHeaders(response: Response, address: string): Response {
  if (response.type === 'opaque' || response.type === 'opaqueredirect' || response.type === 'error')
    return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(HEADERS)) headers.set(name, value);
  headers.set('Content-Security-Policy', policyOf(build.policy, address));
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers });
}

async function respond(request: Request): Promise<Response> {
  const file = files.find(request.url);
  if (!file)
    return withHeaders((await files.keptOfAnyBuild(request.url)) ?? (await fetch(request)), request.url);
  // What cannot be kept (no space, host already on another build) is still passed through.
  const kept =
    (await files.kept(file)) ??
    (await files
      .keep([file])
      .then(() => files.kept(file))
      .catch(() => undefined));
  return withHeaders(kept ?? (await fetch(request)), request.url);
}

self.addEventListener('install', (event) => {
  const isFirst = !self.registration.active;
  const install = async (): Promise<void> => {
    // The first one takes over early, to isolate the page before there is work to lose. A later one waits, complete,
    // until the person says so or all tabs are closed.
    await files.keep(isFirst ? ofTier('shell') : ofTier('shell', 'rest'));
    if (isFirst) await self.skipWaiting();
  };
  event.waitUntil(install());
});

self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || !request.url.startsWith(scope) || request.headers.has('range')) return;
  event.respondWith(respond(request));
});

async function complete(): Promise<void> {
  await files.keep(ofTier('shell', 'rest'));
  const { installing, waiting } = self.registration;
  const pages = await self.clients.matchAll({ type: 'window' });
  // Another tab may still run an older build, and a newer one may be gathering its files.
  if (!installing && !waiting && pages.length === 1) await files.dropOthers();
}

self.addEventListener('message', (event) => {
  const message = event.data as ToWorker;
  if (message.type === 'activate') event.waitUntil(self.skipWaiting());
  if (message.type !== 'complete') return;
  const page = event.source;
  const ready: ToPage = { type: 'offline-ready' };
  // A line that breaks here is tried again by the next page that opens.
  event.waitUntil(
    complete()
      .then(() => page?.postMessage(ready))
      .catch(() => undefined),
  );
});
