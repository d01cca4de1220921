import { placeFromHash, placeToHash, type Place } from './address';
import type { Screen } from './session';

/** Which screen is shown; kept in the address, so that Back works and a reload stays. */
export class PlaceState {
  screen = $state<Screen>('map');
  cluster = $state<number | null>(null);

  start(): void {
    addEventListener('hashchange', () => this.take(placeFromHash(location.hash)));
    this.take(placeFromHash(location.hash));
  }

  go(screen: Screen, cluster: number | null = null): void {
    const hash = placeToHash({ screen, cluster });
    if (hash !== location.hash) history.pushState(null, '', hash);
    this.take({ screen, cluster });
  }

  private take(place: Place | null): void {
    if (!place) return;
    this.screen = place.screen;
    this.cluster = place.cluster;
  }
}
