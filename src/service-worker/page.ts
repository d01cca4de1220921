import type { ToPage, ToWorker } from './build-info';

export interface ServiceWorkerEvents {
  /** Everything is kept: from now on the page opens and works without a network. */
  onOfflineReady(): void;
  /** A new version is here, complete; `apply` switches to it by reloading the page. */
  onUpdate(apply: () => void): void;
}

const TRIED = 'tessera-isolation-tried';

let touched = false;
for (const event of ['pointerdown', 'keydown', 'drop', 'change'])
  addEventListener(event, () => (touched = true), { capture: true, once: true });

/**
 * Reloads once so that the service worker can add the isolation headers; never twice in a row, and never a page that the
 * person has begun to use.
 */
function isolate(): void {
  try {
    if (crossOriginIsolated) {
      sessionStorage.removeItem(TRIED);
    } else if (!touched && !sessionStorage.getItem(TRIED)) {
      sessionStorage.setItem(TRIED, '1');
      location.reload();
    }
  } catch {
    // Without session storage a loop could not be told; the page works on one thread.
  }
}

function watchUpdates(
  registration: ServiceWorkerRegistration,
  onUpdate: ServiceWorkerEvents['onUpdate'],
): void {
  const container = navigator.serviceWorker;
  const offer = (worker: ServiceWorker): void => {
    onUpdate(() => {
      container.addEventListener('controllerchange', () => location.reload(), { once: true });
      worker.postMessage({ type: 'activate' } satisfies ToWorker);
    });
  };
  if (registration.waiting) offer(registration.waiting);
  registration.addEventListener('updatefound', () => {
    const worker = registration.installing;
    // The first one of all replaces nothing.
    if (!worker || !registration.active) return;
    worker.addEventListener('statechange', () => {
      if (worker.state === 'installed') offer(worker);
    });
  });
}

/**
 * Registers the service worker of the build: offline use, isolation on hosts without headers, updates on request.
 * Resolves when registered; does nothing where there is none (development, insecure or private pages).
 */
export async function startServiceWorker(events: ServiceWorkerEvents): Promise<void> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  const container = navigator.serviceWorker;
  container.addEventListener('message', ({ data }: MessageEvent<ToPage>) => {
    if (data.type === 'offline-ready') events.onOfflineReady();
  });
  const controlled = (): void => {
    container.controller?.postMessage({ type: 'complete' } satisfies ToWorker);
    isolate();
  };
  if (container.controller) controlled();
  else container.addEventListener('controllerchange', controlled, { once: true });

  const registration = await container
    .register(new URL('sw.js', document.baseURI), { updateViaCache: 'none' })
    .catch(() => null);
  if (registration) watchUpdates(registration, events.onUpdate);
}
