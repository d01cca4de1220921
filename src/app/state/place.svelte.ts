import { placeFromHash, placeToHash, type Place } from './address';
import type { Screen } from './session';

/** Which screen is shown; kept in the address, so that Back works and a reload stays. */
export class PlaceState {
  screen = $state<Screen>('map');
  cluster = $state<number | null>(null);
  node = $state<string | null>(null);

  start(): void {
    addEventListener('hashchange', () => this.take(placeFromHash(location.hash)));
    this.take(placeFromHash(location.hash));
  }

  /** `at`: the number of a cluster, or the id of a node of the tree. */
  go(screen: Screen, at: number | string | null = null): void {
    const cluster = typeof at === 'number' ? at : null;
    const node = typeof at === 'string' ? at : null;
    const hash = placeToHash({ screen, cluster, node });
    if (hash !== location.hash) history.pushState(null, '', hash);
    this.take({ screen, cluster, node });
  }

  private take(place: Place | null): void {
    if (!place) return;
    this.screen = place.screen;
    this.cluster = place.cluster;
    this.node = place.node;
  }
}
