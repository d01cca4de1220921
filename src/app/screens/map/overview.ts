import type { Bounds, Camera, Size } from './camera';

/** A rectangle in pixels of the overview. */
export interface Frame {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Where the points (n x 2) are, as an RGBA picture: the more of them on a pixel, the less of the ground is left. */
export function overviewPixels(
  coords: Float32Array,
  bounds: Bounds,
  size: Size,
  [r, g, b]: readonly [number, number, number],
): Uint8ClampedArray<ArrayBuffer> {
  const { width, height } = size;
  const pixels = new Uint8ClampedArray(4 * width * height);
  const { scale, x, y } = placed(bounds, size);
  for (let i = 0; i + 1 < coords.length; i += 2) {
    const column = Math.floor(x + (coords[i] - bounds.minX) * scale);
    const line = Math.floor(y + (bounds.maxY - coords[i + 1]) * scale);
    if (!(column >= 0 && column < width && line >= 0 && line < height)) continue;
    const at = 4 * (line * width + column);
    pixels[at] = r;
    pixels[at + 1] = g;
    pixels[at + 2] = b;
    pixels[at + 3] = Math.min(pixels[at + 3] + (pixels[at + 3] === 0 ? 110 : 40), 255);
  }
  return pixels;
}

/** What the camera shows of a map of `view` pixels, on an overview of `size` pixels; cut off at its edges. */
export function overviewFrame(camera: Camera, view: Size, bounds: Bounds, size: Size): Frame {
  const { scale, x, y } = placed(bounds, size);
  const unit = 2 ** camera.zoom;
  const [halfWidth, halfHeight] = [view.width / 2 / unit, view.height / 2 / unit];
  const clip = (value: number, most: number): number => Math.min(Math.max(value, 0), most);
  const left = clip(x + (camera.x - halfWidth - bounds.minX) * scale, size.width);
  const right = clip(x + (camera.x + halfWidth - bounds.minX) * scale, size.width);
  const top = clip(y + (bounds.maxY - camera.y - halfHeight) * scale, size.height);
  const bottom = clip(y + (bounds.maxY - camera.y + halfHeight) * scale, size.height);
  return { left, top, width: right - left, height: bottom - top };
}

const EDGE = 6;

/** The whole map in the middle of the overview: pixels per unit, and where its upper left corner is. */
function placed(bounds: Bounds, { width, height }: Size): { scale: number; x: number; y: number } {
  const [w, h] = [bounds.maxX - bounds.minX, bounds.maxY - bounds.minY];
  const fit = Math.min((width - 2 * EDGE) / w, (height - 2 * EDGE) / h);
  const scale = Number.isFinite(fit) ? fit : 0;
  return { scale, x: (width - w * scale) / 2, y: (height - h * scale) / 2 };
}
