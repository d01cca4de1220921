import { startServiceWorker } from '../service-worker/page';

/** Whether the page works without a network, and whether a newer version of it waits. */
class Offline {
  ready = $state(false);
  /** Switches to the version that waits, by reloading; null when there is none. */
  update = $state.raw<(() => void) | null>(null);

  start(): Promise<void> {
    return startServiceWorker({
      onOfflineReady: () => {
        this.ready = true;
        document.documentElement.dataset['offline'] = 'ready';
      },
      onUpdate: (apply) => (this.update = apply),
    });
  }
}

export const offline = new Offline();
