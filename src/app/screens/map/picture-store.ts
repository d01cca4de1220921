import { PictureSlots } from './picture-slots';

/** Where pictures are put: tiles of `tile` x `tile` pixels, the first of them taken. */
interface Atlas {
  readonly tile: number;
  readonly tiles: number;
  write(tile: number, picture: OffscreenCanvas): void;
}

/** The thumbnails of the images that are shown on the map, cut to squares and kept in an atlas; memory is bounded by its tiles. */
export class PictureStore<A extends Atlas = Atlas> {
  private slots: PictureSlots;
  /** The row whose picture lies in a tile. */
  private owners = new Map<number, number>();
  private readonly failed = new Set<number>();
  private readonly coming = new Set<number>();
  private readonly canvas: OffscreenCanvas;
  private turn = 0;

  constructor(
    readonly atlas: A,
    /** The address of a thumbnail; rejects when there is none. */
    private readonly read: (row: number) => Promise<string>,
    /** Pictures came. */
    private readonly changed: () => void,
  ) {
    this.canvas = new OffscreenCanvas(atlas.tile, atlas.tile);
    this.slots = new PictureSlots(1, atlas.tiles - 1);
  }

  /** The tile of a row whose picture is there; null while it is not. */
  tileOf(row: number): number | null {
    const tile = this.slots.of(row);
    return tile !== undefined && this.owners.get(tile) === row ? tile : null;
  }

  /** Fetches what is missing of these rows, all of which keep their places. */
  want(rows: readonly number[]): void {
    const kept = new Set(rows);
    for (const row of rows) {
      if (this.failed.has(row) || this.coming.has(row) || this.tileOf(row) !== null) continue;
      const tile = this.slots.claim(row, kept);
      if (tile !== null) void this.fetch(row, tile);
    }
  }

  /** The rows are others now, or their pictures are. */
  forget(): void {
    this.turn++;
    this.slots = new PictureSlots(1, this.atlas.tiles - 1);
    this.owners.clear();
    this.failed.clear();
    this.coming.clear();
  }

  private async fetch(row: number, tile: number): Promise<void> {
    const { turn } = this;
    this.coming.add(row);
    try {
      const image = new Image();
      image.src = await this.read(row);
      await image.decode();
      // Meanwhile the place may have gone to another row.
      if (turn === this.turn && this.slots.of(row) === tile) {
        this.cut(image);
        this.atlas.write(tile, this.canvas);
        this.owners.set(tile, row);
        this.changed();
      }
    } catch {
      // A row without a picture stays a dot.
      if (turn === this.turn) {
        this.failed.add(row);
        this.slots.release(row);
      }
    } finally {
      if (turn === this.turn) this.coming.delete(row);
    }
  }

  /** The middle of the picture as a square, never stretched. */
  private cut(image: HTMLImageElement): void {
    const { naturalWidth: width, naturalHeight: height } = image;
    const side = Math.min(width, height);
    const { tile } = this.atlas;
    const context = this.canvas.getContext('2d');
    if (!context) return;
    context.fillStyle = '#808080';
    context.fillRect(0, 0, tile, tile);
    context.imageSmoothingQuality = 'high';
    context.drawImage(image, (width - side) / 2, (height - side) / 2, side, side, 0, 0, tile, tile);
  }
}
