import type { RgbImage } from '../domain/image';

/** Rows are read in bands of about this many pixels, so that a large picture is never held as RGBA twice. */
const BAND_PIXELS = 4_194_304;
/** Side of the texture that pictures with alpha pass through, piece by piece; every WebGL 2 has at least this. */
const TILE = 2048;

let canvas: OffscreenCanvasRenderingContext2D | null = null;
let gl: WebGL2RenderingContext | null = null;

/** RGB of an opaque bitmap, exactly as decoded. */
export function readOpaque(bitmap: ImageBitmap): RgbImage {
  const { width, height } = bitmap;
  const data = new Uint8Array(width * height * 3);
  const rows = Math.min(height, Math.max(1, Math.floor(BAND_PIXELS / width)));
  for (let y = 0; y < height; y += rows) {
    const n = Math.min(rows, height - y);
    const context = canvasOf(width, n);
    context.drawImage(bitmap, 0, y, width, n, 0, 0, width, n);
    const rgba = context.getImageData(0, 0, width, n).data;
    copyRgb(rgba, width, n, data, y * width * 3, width);
  }
  return { width, height, data };
}

/**
 * RGB of a bitmap made with `premultiplyAlpha: 'none'`, alpha dropped: the colour under transparent pixels stays what
 * the file says. A 2D canvas premultiplies and so loses it, and so does a VideoFrame; a WebGL texture takes the
 * bitmap's bytes as they are. Without WebGL 2 only the colour of pixels that are not opaque is approximate.
 */
export function readUnderAlpha(bitmap: ImageBitmap): RgbImage {
  const context = webgl();
  if (!context) return readOpaque(bitmap);
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
    ? readOpaque(bitmap)
    : { width, height, data };
}

/** Copies w x h RGBA pixels into an RGB picture `stride` pixels wide, from byte `to` on. */
export function copyRgb(
  rgba: Uint8Array | Uint8ClampedArray,
  w: number,
  h: number,
  rgb: Uint8Array,
  to: number,
  stride: number,
): void {
  let from = 0;
  for (let y = 0; y < h; y++, to += (stride - w) * 3)
    for (let x = 0; x < w; x++, from += 4, to += 3) {
      rgb[to] = rgba[from];
      rgb[to + 1] = rgba[from + 1];
      rgb[to + 2] = rgba[from + 2];
    }
}

/** One canvas serves all pictures of a worker; it grows to hold both shapes of a mixed heap, up to two bands. */
function canvasOf(width: number, height: number): OffscreenCanvasRenderingContext2D {
  const old = canvas?.canvas ?? { width: 0, height: 0 };
  if (!canvas || old.width < width || old.height < height) {
    let [w, h] = [Math.max(old.width, width), Math.max(old.height, height)];
    if (w * h > 2 * BAND_PIXELS) [w, h] = [width, height];
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
