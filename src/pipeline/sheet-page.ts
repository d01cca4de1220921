import type { SheetCell, SheetPage, SheetText } from '../domain/contact-sheet';
import { TesseraError } from '../domain/errors';
import type { PictureSource } from '../domain/pictures';
import { captionLine, cutToWidth, directionOf } from '../exports/contact-sheet/caption';
import { withDensity } from '../exports/contact-sheet/png-density';
import type { OpenImage } from '../images/decode';
import { drawInto } from '../images/draw-into';
import { THUMBNAIL_SIDE } from '../images/thumbnail';
import { openPictures } from './picture-set';

const FAMILY = 'system-ui, "Noto Sans", sans-serif';
/** Paper white whatever the theme of the page is: sheets are printed. */
const COLOURS = { paper: '#ffffff', ink: '#1c1c1e', quiet: '#5c5c60', none: '#ececee' };
/** A picture enlarged more than this shows its pixels: smoothed, there would be nothing to see. */
const SMOOTH_UP_TO = 2;

type Context = OffscreenCanvasRenderingContext2D;

/** Draws a page; pictures come from thumbnails where these are large enough. Errors: `store`, `memory`. */
export async function sheetPage(projectId: string, page: SheetPage): Promise<{ png: Blob; missing: number }> {
  const width = Math.max(1, Math.round(page.width * page.scale));
  const height = Math.max(1, Math.round(page.height * page.scale));
  const context = canvasOf(width, height);
  context.fillStyle = COLOURS.paper;
  context.fillRect(0, 0, width, height);
  for (const text of page.texts) drawText(context, text, page.scale);
  const missing = await drawPictures(context, projectId, page);
  for (const cell of page.cells) drawCaptions(context, cell, page);
  const png = await context.canvas.convertToBlob({ type: 'image/png' });
  return { png: page.dpi === null ? png : await withDensity(png, page.dpi * page.scale), missing };
}

function canvasOf(width: number, height: number): Context {
  const context = new OffscreenCanvas(width, height).getContext('2d', { alpha: false });
  if (!context)
    throw new TesseraError('memory', `A canvas of ${width} x ${height} pixels cannot be had.`, {
      megabytes: Math.ceil((4 * width * height) / 1e6),
    });
  return context;
}

/** Draws all pictures; tells how many there are none of. */
async function drawPictures(context: Context, projectId: string, page: SheetPage): Promise<number> {
  const { cells, scale } = page;
  const missing: SheetCell[] = [];
  // A thumbnail is as good where it is as large, and stands in for an original that is not kept.
  const large = cells.some(({ side }) => side * scale > THUMBNAIL_SIDE);
  const left = large ? await drawFrom('originals', cells) : cells;
  for (const cell of await drawFrom('thumbnails', left)) missing.push(cell);
  for (const { x, y, side } of missing) {
    context.fillStyle = COLOURS.none;
    context.fillRect(x * scale, y * scale, side * scale, side * scale);
    const font = page.font;
    drawText(
      context,
      {
        text: page.missing,
        x: x + font,
        y: y + side / 2,
        width: side - 2 * font,
        font,
        look: 'quiet',
        align: 'start',
      },
      scale,
    );
  }
  return missing.length;

  async function drawFrom(source: PictureSource, some: SheetCell[]): Promise<SheetCell[]> {
    const set = {
      projectId,
      rows: Uint32Array.from(some, ({ row }) => row),
      hashes: some.map(({ hash }) => hash),
      widths: new Uint32Array(some.length),
      heights: new Uint32Array(some.length),
      source,
    };
    const without: SheetCell[] = [];
    let at = 0;
    for await (const picture of openPictures(set)) {
      const cell = some[at++];
      if (picture) await drawPicture(picture, cell);
      else without.push(cell);
    }
    return without;
  }

  async function drawPicture(picture: OpenImage, { x, y, side }: SheetCell): Promise<void> {
    const box = { x: Math.round(x * scale), y: Math.round(y * scale), side: Math.round(side * scale) };
    try {
      await drawInto(context, picture, box, page.fit, SMOOTH_UP_TO);
    } finally {
      picture.close();
    }
  }
}

function drawCaptions(context: Context, { x, y, side, captions }: SheetCell, page: SheetPage): void {
  const { font, line } = page;
  captions.forEach((text, i) =>
    drawText(
      context,
      {
        text,
        x,
        y: y + side + (i + 1) * line,
        width: side,
        font,
        look: i === 0 ? 'plain' : 'quiet',
        align: 'start',
      },
      page.scale,
    ),
  );
}

function drawText(
  context: Context,
  { text, x, y, width, font, look, align }: SheetText,
  scale: number,
): void {
  const line = captionLine(text);
  context.font = `${look === 'title' ? 600 : 400} ${font * scale}px ${FAMILY}`;
  context.fillStyle = look === 'quiet' ? COLOURS.quiet : COLOURS.ink;
  context.direction = directionOf(line);
  context.textAlign = align;
  const cut = cutToWidth(line, width * scale, (part) => context.measureText(part).width);
  const fromRight = (context.direction === 'rtl') !== (align === 'end');
  context.fillText(cut, (fromRight ? x + width : x) * scale, y * scale);
}
