import type { Camera } from './camera';
import type { ColourBy } from './colour-by';
import type { Shown } from './legend-filter';
import type { Orbit } from './orbit';

export type Tool = 'pan' | 'lasso' | 'box';
/** What a click, a lasso or a box does to the selection. */
export type PickMode = 'replace' | 'add' | 'subtract';
/** Pictures in place of dots: where there is room for them, everywhere, nowhere. */
export type Pictures = 'near' | 'always' | 'never';

/** How the map is looked at. It outlives the screen, so coming back from a cluster finds the map as it was left. */
class MapView {
  tool = $state<Tool>('pan');
  mode = $state<PickMode>('replace');
  pictures = $state<Pictures>('near');
  list = $state(false);
  colourBy = $state<ColourBy>('cluster');
  /** What the legend lets through, of the colouring named by `of`. */
  filter = $state.raw<{ of: string; shown: Shown }>({ of: '', shown: null });
  search = $state('');
  /** The views in the plane and in space, each as it was left; null: everything is shown. New images never move them. */
  camera = $state.raw<Camera | null>(null);
  orbit = $state.raw<Orbit | null>(null);
  private project: string | null = null;
  private layout: string | null = null;

  /** What picking does now: moving about the map, one picks single images and one at a time. */
  get picking(): PickMode {
    return this.tool === 'pan' ? 'replace' : this.mode;
  }

  /** Another project is looked at from the beginning. */
  enter(project: string | null): void {
    if (project === this.project) return;
    this.project = project;
    this.camera = this.orbit = null;
    this.colourBy = 'cluster';
    this.filter = { of: '', shown: null };
    this.search = '';
  }

  /** Another layout of the same images: where the view was means nothing there. */
  enterLayout(layout: string): void {
    if (layout === this.layout) return;
    this.layout = layout;
    this.camera = this.orbit = null;
  }
}

export const mapView = new MapView();
