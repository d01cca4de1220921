import { untrack } from 'svelte';
import { fromOklch } from '../../state/colour';
import type { Session } from '../../state/session';
import { theme } from '../../state/theme.svelte';
import { toWorld, type Point } from './camera';
import type { Colouring } from './colouring.svelte';
import type { Pictures, Plot } from './deck-plot';
import { countInside } from './grid-index';
import { mapView } from './map-view.svelte';
import { farthestFirst } from './orbit';
import { pictureAt, pictureSide, placePictures, type Placed } from './picture-layout';
import { PictureStore } from './picture-store';
import { categoryRgb } from './point-colours';
import type { Scene } from './scene.svelte';
import { BLANK, type Spot, type TextureAtlas } from './texture-atlas';

/** Two sizes of tiles, 16 MiB of texture each: many small pictures from afar, fewer sharp ones from near. */
const LEVELS = {
  far: { side: 32, tile: 64, most: 600 },
  near: { side: 16, tile: 128, most: 200 },
} as const;
type Level = keyof typeof LEVELS;
/** Up to this side the small tiles are sharp enough. */
const FAR_UP_TO = 56;
const SETTLE_MS = 80;
const GAP = 6;
const RIM = 2;
const FADED = 80;

/** The accent of the theme, as theme.css has it. */
const ACCENT = { light: fromOklch(0.48, 0.15, 255), dark: fromOklch(0.75, 0.12, 250) };

/** Pictures in place of dots: which of them are shown, how large, and what frames them. One for a map; `start` it in a component. */
export class PictureWall {
  private rows = $state.raw<readonly number[]>([]);
  private level = $state<Level>('far');
  private side = $state(0);
  /** Counts the pictures that came. */
  private came = $state(0);
  private readonly stores: Partial<Record<Level, PictureStore<TextureAtlas>>> = {};
  private plot: Plot | null = null;

  constructor(
    private readonly session: Session,
    private readonly scene: Scene,
    private readonly colouring: Colouring,
  ) {}

  start(plot: () => Plot | null): void {
    $effect(() => {
      const now = plot();
      untrack(() => this.use(now));
    });
    // Which pictures are shown is worked out anew when the view rests; until then those there move with it.
    $effect(() => {
      void [this.scene.camera, this.scene.orbit, this.scene.size, this.scene.coords];
      void [this.colouring.passes, mapView.pictures];
      const timer = setTimeout(() => this.place(), SETTLE_MS);
      return () => clearTimeout(timer);
    });
    $effect(() => {
      void this.session.rows;
      untrack(() => Object.values(this.stores).forEach((store) => store.forget()));
    });
    $effect(() => {
      const pictures = this.pictures;
      plot()?.hang(pictures);
    });
  }

  /** The row whose picture is under a pixel, or -1. */
  rowAt(x: number, y: number): number {
    return this.rows.length ? pictureAt(this.placed, this.side, x, y) : -1;
  }

  /** As they are painted: in space a near picture covers a far one, also while the cloud turns. */
  private readonly painted = $derived.by(() =>
    this.scene.isSpace ? farthestFirst(this.rows, this.scene.coords, this.scene.orbit) : this.rows,
  );
  private readonly placed = $derived.by(() =>
    this.painted.flatMap((row): Placed[] => {
      const at: Point | null = this.scene.pixel(row);
      return at ? [{ row, x: at[0], y: at[1] }] : [];
    }),
  );

  private place(): void {
    const { scene, colouring } = this;
    const { size } = scene;
    const side = this.sideNow();
    if (side === null) {
      this.rows = [];
      return;
    }
    this.side = side;
    this.level = side <= FAR_UP_TO ? 'far' : 'near';
    const { most } = LEVELS[this.level];
    const placed = placePictures(
      scene.flat,
      scene.flatCamera,
      size,
      side + GAP,
      most,
      this.rows,
      colouring.passes,
    );
    this.rows = placed.map(({ row }) => row);
    void this.load();
  }

  private sideNow(): number | null {
    const { grid, size, flatCamera } = this.scene;
    if (!grid || mapView.pictures === 'never') return null;
    const [minX, maxY] = toWorld(flatCamera, size, 0, 0);
    const [maxX, minY] = toWorld(flatCamera, size, size.width, size.height);
    const inView = countInside(grid, { minX, minY, maxX, maxY });
    return pictureSide(inView, size, mapView.pictures);
  }

  private async load(): Promise<void> {
    const { level, plot } = this;
    if (!plot) return;
    if (!this.stores[level]) {
      const { side, tile } = LEVELS[level];
      const atlas = await plot.atlas(side, tile);
      if (plot !== this.plot) return;
      this.stores[level] ??= new PictureStore(
        atlas,
        (row) => this.session.thumbnail(row),
        () => (this.came += 1),
      );
    }
    this.stores[level].want(this.rows);
  }

  /** Another plot has no textures of the one before. */
  private use(plot: Plot | null): void {
    if (plot === this.plot) return;
    this.plot = plot;
    delete this.stores.far;
    delete this.stores.near;
    if (plot && this.rows.length) void this.load();
  }

  private readonly pictures = $derived.by((): Pictures | null => {
    void this.came;
    const store = this.stores[this.level];
    if (!store || this.rows.length === 0) return null;
    const spots: Spot[] = [];
    for (const row of this.painted) {
      const tile = store.tileOf(row);
      if (tile !== null) spots.push(...this.framed(row, String(tile)));
    }
    return { atlas: store.atlas, spots };
  });

  /** A picture on a frame of its colour, or of the accent where it is selected. */
  private framed(row: number, icon: string): Spot[] {
    const { coords, isSpace } = this.scene;
    const { selection } = this.session;
    const { categories, passes } = this.colouring;
    const at: Spot['at'] = isSpace
      ? [coords[3 * row], coords[3 * row + 1], coords[3 * row + 2]]
      : [coords[2 * row], coords[2 * row + 1]];
    const selected = selection.mask[row] === 1;
    const faded = !selected && (passes ? !passes[row] : selection.count > 0);
    const opacity = faded ? FADED : 255;
    const rgb = selected ? accent(theme.shown) : categoryRgb(categories, row, theme.shown);
    const rim = selected ? 2 * RIM : RIM;
    return [
      { at, icon: BLANK, side: this.side + 2 * rim, colour: [...rgb, opacity] },
      { at, icon, side: this.side, colour: [255, 255, 255, opacity] },
    ];
  }
}

function accent(shown: 'light' | 'dark'): [number, number, number] {
  const [r, g, b] = ACCENT[shown] ?? [0, 0, 0];
  return [Math.round(255 * r), Math.round(255 * g), Math.round(255 * b)];
}
