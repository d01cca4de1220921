import type { Box } from './layout';
import type { Cell, ScenePart } from './scene';

/** Pictures that stay decoded. */
const KEPT = 1500;

/** The part of a picture that fills a box, cropped around its middle. */
export function cropTo(
  picture: { width: number; height: number },
  { width, height }: Pick<Box, 'width' | 'height'>,
): Box {
  const scale = Math.min(picture.width / width, picture.height / height);
  const [w, h] = [width * scale, height * scale];
  return { x: (picture.width - w) / 2, y: (picture.height - h) / 2, width: w, height: h };
}

/** The part of a picture that fills a box, at twice its size, as the address of a JPEG. `canvas` is drawn over. */
export function cropped(
  canvas: HTMLCanvasElement,
  picture: HTMLImageElement,
  width: number,
  height: number,
): string {
  canvas.width = 2 * width;
  canvas.height = 2 * height;
  const from = cropTo({ width: picture.naturalWidth, height: picture.naturalHeight }, canvas);
  canvas
    .getContext('2d')!
    .drawImage(picture, from.x, from.y, from.width, from.height, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/jpeg', 0.85);
}

/** Paints a treemap on a canvas, and each picture when it has come. */
export class Painter {
  private readonly pictures = new Map<number, HTMLImageElement>();
  private readonly asked = new Set<number>();
  private parts: readonly ScenePart[] = [];
  private wanted = new Map<number, Cell[]>();
  private frame = 0;
  private readonly fresh = new Set<number>();

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly thumbnail: (row: number) => Promise<string>,
  ) {}

  paint(parts: readonly ScenePart[], width: number, height: number): void {
    const ratio = Math.min(devicePixelRatio, 2);
    const { canvas } = this;
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.parts = parts;
    this.wanted = new Map();
    for (const part of parts) {
      this.context.fillStyle = part.colour;
      this.context.fillRect(part.x, part.y, part.width, part.height);
      for (const cell of part.cells) {
        this.wanted.set(cell.row, [...(this.wanted.get(cell.row) ?? []), cell]);
        this.draw(cell);
      }
    }
    for (const row of this.wanted.keys()) if (!this.pictures.has(row)) void this.load(row);
    this.trim();
  }

  /** What is painted, with a picture for each cell that has come; for a file. */
  shown(): { parts: readonly ScenePart[]; pictures: ReadonlyMap<number, HTMLImageElement> } {
    return { parts: this.parts, pictures: this.pictures };
  }

  close(): void {
    cancelAnimationFrame(this.frame);
    this.wanted.clear();
    this.pictures.clear();
  }

  private get context(): CanvasRenderingContext2D {
    return this.canvas.getContext('2d', { alpha: true })!;
  }

  private draw(cell: Cell): void {
    const picture = this.pictures.get(cell.row);
    if (!picture) return;
    const from = cropTo({ width: picture.naturalWidth, height: picture.naturalHeight }, cell);
    const { x, y, width, height } = cell;
    this.context.drawImage(picture, from.x, from.y, from.width, from.height, x, y, width, height);
  }

  /** A row without a picture keeps the colour of its tile. */
  private async load(row: number): Promise<void> {
    if (this.asked.has(row)) return;
    this.asked.add(row);
    try {
      const picture = new Image();
      picture.src = await this.thumbnail(row);
      await picture.decode();
      this.pictures.set(row, picture);
      this.fresh.add(row);
      this.frame ||= requestAnimationFrame(() => this.drawFresh());
    } catch {
      // It may come later: the next painting asks again.
    } finally {
      this.asked.delete(row);
    }
  }

  private drawFresh(): void {
    this.frame = 0;
    for (const row of this.fresh) this.wanted.get(row)?.forEach((cell) => this.draw(cell));
    this.fresh.clear();
  }

  private trim(): void {
    for (const row of this.pictures.keys()) {
      if (this.pictures.size <= KEPT) return;
      if (!this.wanted.has(row)) this.pictures.delete(row);
    }
  }
}
