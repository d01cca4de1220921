import type { Camera } from './camera';
import type { ColourBy } from './colour-by';

export type Tool = 'pan' | 'lasso' | 'box';

/** How the map is looked at. It outlives the screen, so coming back from a cluster finds the map as it was left. */
class MapView {
  tool = $state<Tool>('pan');
  pictures = $state(false);
  list = $state(false);
  colourBy = $state<ColourBy>('cluster');
  camera = $state.raw<Camera | null>(null);
  /** The person has moved the view: new images no longer refit it. */
  moved = $state(false);
  private project: string | null = null;

  /** Another project is looked at from the beginning. */
  enter(project: string | null): void {
    if (project === this.project) return;
    this.project = project;
    this.camera = null;
    this.moved = false;
    this.colourBy = 'cluster';
  }
}

export const mapView = new MapView();
