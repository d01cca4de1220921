import type { DeckProps } from '@deck.gl/core';
import type { IconLayerProps } from '@deck.gl/layers';

export type Device = Parameters<NonNullable<DeckProps['onDeviceInitialized']>>[0];

/** One tile of an atlas on the map: `side` in pixels; of a picture's colour only the opacity counts. */
export interface Spot {
  at: [number, number] | [number, number, number];
  icon: string;
  side: number;
  colour: [number, number, number, number];
}

/** The tile that is all white, and takes the colour it is drawn with. */
export const BLANK = 'blank';
/** The edge of each tile is left out by half a pixel, or its neighbours would shine through. */
const EDGE = 0.5;

/** A square texture of equal tiles. Tile 0 is blank; the others are named by their number. */
export class TextureAtlas {
  readonly mapping: Record<string, { x: number; y: number; width: number; height: number; mask: boolean }> =
    {};
  private readonly texture;

  /** `side` x `side` tiles of `tile` x `tile` pixels. */
  constructor(
    device: Device,
    private readonly side: number,
    readonly tile: number,
  ) {
    const pixels = side * tile;
    this.texture = device.createTexture({
      width: pixels,
      height: pixels,
      format: 'rgba8unorm',
      sampler: { minFilter: 'linear', magFilter: 'linear' },
    });
    for (let i = 0; i < this.tiles; i++) {
      const { x, y } = this.placeOf(i);
      const inner = tile - 2 * EDGE;
      const place = { x: x + EDGE, y: y + EDGE, width: inner, height: inner };
      this.mapping[i === 0 ? BLANK : i] = { ...place, mask: i === 0 };
    }
    const white = new OffscreenCanvas(tile, tile);
    const context = white.getContext('2d');
    if (!context) return;
    context.fillStyle = 'white';
    context.fillRect(0, 0, tile, tile);
    this.write(0, white);
  }

  get tiles(): number {
    return this.side * this.side;
  }

  /** As deck.gl takes it. */
  get image(): IconLayerProps['iconAtlas'] {
    return this.texture;
  }

  /** Puts a picture of `tile` x `tile` pixels in a place. */
  write(tile: number, picture: OffscreenCanvas): void {
    this.texture.copyExternalImage({
      image: picture,
      ...this.placeOf(tile),
      width: this.tile,
      height: this.tile,
    });
  }

  private placeOf(tile: number): { x: number; y: number } {
    return { x: (tile % this.side) * this.tile, y: Math.floor(tile / this.side) * this.tile };
  }
}
