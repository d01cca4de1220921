import type { RgbImage } from '../domain/image';
import { copyRgb, inMemory, wholeImage, type Layout, type Pixels } from './pixels';

/** Pixels of the largest picture that is copied whole: that of a good camera. */
const MOST_COPIED = 24e6;
/** Pixels of the largest canvas that is kept. */
const MOST_KEPT = 8 << 20;
/** Side of the texture that pictures with alpha pass through, piece by piece; every WebGL 2 has at least this. */
const TILE = 2048;

let canvas: OffscreenCanvasRenderingContext2D | null = null;
let gl: WebGL2RenderingContext | null = null;

/** An opaque bitmap, exactly as decoded; readable until it is closed. */
export async function bitmapPixels(bitmap: ImageBitmap): Promise<Pixels> {
  const small = bitmap.width * bitmap.height <= MOST_COPIED;
  return (small ? await copied(bitmap).catch(() => null) : null) ?? drawn(bitmap);
}

/** How a VideoFrame may give the pixels of a bitmap. */
const LAYOUTS: Partial<Record<VideoPixelFormat, Layout>> = {
  RGBA: 'RGBX',
  RGBX: 'RGBX',
  BGRA: 'BGRX',
  BGRX: 'BGRX',
};

/** A VideoFrame copies a bitmap's bytes as they are: measured a fifth of what drawing and reading a canvas costs. */
async function copied(bitmap: ImageBitmap): Promise<Pixels | null> {
  if (!('VideoFrame' in globalThis)) return null;
  const { width, height } = bitmap;
  const frame = new VideoFrame(bitmap, { timestamp: 0 });
  try {
    const layout = frame.format && LAYOUTS[frame.format];
    if (!layout || frame.codedWidth !== width || frame.codedHeight !== height) return null;
    const data = new Uint8Array(width * height * 4);
    const planes = await frame.copyTo(data, { layout: [{ offset: 0, stride: width * 4 }] });
    return planes.length === 1 ? inMemory(width, height, layout, data) : null;
  } finally {
    frame.close();
  }
}

/** The same through a canvas, in bands: where there is no VideoFrame, and for pictures too large to copy. */
function drawn(bitmap: ImageBitmap): Pixels {
  const { width, height } = bitmap;
  const rows = (y: number, n: number): Uint8ClampedArray => {
    const context = canvasOf(width, n);
    context.drawImage(bitmap, 0, y, width, n, 0, 0, width, n);
    return context.getImageData(0, 0, width, n).data;
  };
  return { width, height, layout: 'RGBX', rows };
}

/**
 * RGB of a bitmap made with `premultiplyAlpha: 'none'`, alpha dropped: the colour under transparent pixels stays what
 * the file says. A 2D canvas premultiplies and so loses it, and so does a VideoFrame; a WebGL texture takes the
 * bitmap's bytes as they are. Without WebGL 2 only the colour of pixels that are not opaque is approximate.
 */
export async function readUnderAlpha(bitmap: ImageBitmap): Promise<RgbImage> {
  const context = webgl();
  if (!context) return wholeImage(await bitmapPixels(bitmap));
  const { width, height } = bitmap;
  const data = new Uint8Array(width * height * 3);
  const rgba = new Uint8Array(Math.min(width, TILE) * Math.min(height, TILE) * 4);
  for (let y = 0; y < height; y += TILE)
    for (let x = 0; x < width; x += TILE) {
      const w = Math.min(TILE, width - x);
      const h = Math.min(TILE, height - y);
      context.pixelStorei(context.UNPACK_SKIP_PIXELS, x);
      context.pixelStorei(context.UNPACK_SKIP_ROWS, y);
      context.texSubImage2D(context.TEXTURE_2D, 0, 0, 0, w, h, context.RGBA, context.UNSIGNED_BYTE, bitmap);
      context.readPixels(0, 0, w, h, context.RGBA, context.UNSIGNED_BYTE, rgba);
      copyRgb(rgba, w, h, data, (y * width + x) * 3, width);
    }
  return context.isContextLost() || context.getError() !== context.NO_ERROR
    ? wholeImage(await bitmapPixels(bitmap))
    : { width, height, data };
}

/** One canvas serves all pictures of a worker; it grows to hold both shapes of a mixed heap, up to a limit. */
function canvasOf(width: number, height: number): OffscreenCanvasRenderingContext2D {
  const old = canvas?.canvas ?? { width: 0, height: 0 };
  if (!canvas || old.width < width || old.height < height) {
    let [w, h] = [Math.max(old.width, width), Math.max(old.height, height)];
    if (w * h > MOST_KEPT) [w, h] = [width, height];
    canvas = new OffscreenCanvas(w, h).getContext('2d', { willReadFrequently: true });
    if (!canvas) throw new Error(`No 2D canvas of ${w} x ${h} pixels could be had.`);
    canvas.imageSmoothingEnabled = false;
  }
  canvas.clearRect(0, 0, width, height);
  return canvas;
}

function webgl(): WebGL2RenderingContext | null {
  if (gl && !gl.isContextLost()) return gl;
  gl = new OffscreenCanvas(1, 1).getContext('webgl2', { antialias: false, depth: false });
  if (!gl) return null;
  gl.bindTexture(gl.TEXTURE_2D, gl.createTexture());
  gl.texStorage2D(gl.TEXTURE_2D, 1, gl.RGBA8, TILE, TILE);
  gl.bindFramebuffer(gl.FRAMEBUFFER, gl.createFramebuffer());
  gl.framebufferTexture2D(
    gl.FRAMEBUFFER,
    gl.COLOR_ATTACHMENT0,
    gl.TEXTURE_2D,
    gl.getParameter(gl.TEXTURE_BINDING_2D),
    0,
  );
  return gl;
}
