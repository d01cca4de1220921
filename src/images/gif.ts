import type { RgbImage } from '../domain/image';
import type { Size } from './dimensions';

/** Where the first frame of a GIF lies, and what is behind it. */
export interface GifLayout extends Size {
  /** Null: there is none, or what stands before it is no GIF any more. */
  frame: (Size & { x: number; y: number }) | null;
  /** The byte with the flag that makes one colour of the first frame transparent; null: all are opaque. */
  flagAt: number | null;
  /** RGB of the transparent colour, else of the first one: where Pillow's frame has no pixel, it has this. */
  ground: readonly [number, number, number];
}

const EXTENSION = 0x21;
const GRAPHIC_CONTROL = 0xf9;
const FRAME = 0x2c;
const TRANSPARENT = 1;

/**
 * The header of a GIF up to its first frame. The picture is the logical screen, or the first frame where that is larger.
 * Throws RangeError when it is cut short.
 */
export function gifLayout(bytes: Uint8Array): GifLayout {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const screen = { width: view.getUint16(6, true), height: view.getUint16(8, true) };
  const global = paletteAt(13, view.getUint8(10));
  let at = global.end;
  let control: number | null = null;
  while (at < view.byteLength && view.getUint8(at) === EXTENSION) {
    if (view.getUint8(at + 1) === GRAPHIC_CONTROL) control = at + 3;
    at += 2;
    while (view.getUint8(at) !== 0) at += 1 + view.getUint8(at);
    at += 1;
  }
  const none = { ...screen, frame: null, flagAt: null, ground: [0, 0, 0] } as const;
  if (at + 9 >= view.byteLength || view.getUint8(at) !== FRAME) return none;
  const [x, y, width, height] = [1, 3, 5, 7].map((offset) => view.getUint16(at + offset, true));
  const local = paletteAt(at + 10, view.getUint8(at + 9));
  const isTransparent = control !== null && (view.getUint8(control) & TRANSPARENT) !== 0;
  const index = isTransparent ? view.getUint8(control! + 3) : 0;
  const { colours, start } = local.colours > 0 ? local : global;
  const colour = [0, 1, 2].map((c) => (index < colours ? view.getUint8(start + index * 3 + c) : 0));
  return {
    width: Math.max(screen.width, x + width),
    height: Math.max(screen.height, y + height),
    frame: { x, y, width, height },
    flagAt: isTransparent ? control : null,
    ground: colour as [number, number, number],
  };
}

function paletteAt(start: number, flags: number): { start: number; colours: number; end: number } {
  const colours = flags & 0x80 ? 2 << (flags & 7) : 0;
  return { start, colours, end: start + 3 * colours };
}

/** A GIF whose first frame has no transparent colour: a decoder then gives the one that the file has there. */
export function opaqueGif(
  bytes: Uint8Array<ArrayBuffer>,
  { flagAt }: Pick<GifLayout, 'flagAt'>,
): Uint8Array<ArrayBuffer> {
  if (flagAt === null) return bytes;
  const opaque = bytes.slice();
  opaque[flagAt] &= ~TRANSPARENT;
  return opaque;
}

/** Paints what the first frame does not cover. */
export function paintGround(image: RgbImage, { frame, ground }: GifLayout): void {
  if (!frame) return;
  const { width, height, data } = image;
  const isFrame = (x: number, y: number): boolean =>
    x >= frame.x && x < frame.x + frame.width && y >= frame.y && y < frame.y + frame.height;
  if (isFrame(0, 0) && isFrame(width - 1, height - 1)) return;
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at += 3) if (!isFrame(x, y)) data.set(ground, at);
}
