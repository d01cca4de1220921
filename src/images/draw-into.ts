import type { RgbImage } from '../domain/image';
import type { OpenImage } from './decode';
import { wholeImage } from './pixels';
import { resize } from './resize';

/** A square on a canvas, in its pixels. */
export interface Box {
  x: number;
  y: number;
  side: number;
}

/** Where a picture goes in a square: its size there, and the part of it that is seen. */
export interface Placed {
  width: number;
  height: number;
  /** Corner on the canvas. */
  x: number;
  y: number;
  /** Of the picture at its size there. */
  crop: { x: number; y: number; width: number; height: number };
}

/** Whole in the middle of the square, or large enough to fill it, cropped evenly. */
export function placed(
  picture: { width: number; height: number },
  { x, y, side }: Box,
  fit: 'whole' | 'crop',
): Placed {
  const edge =
    fit === 'whole' ? Math.max(picture.width, picture.height) : Math.min(picture.width, picture.height);
  const scale = side / edge;
  const width = Math.max(1, Math.round(picture.width * scale));
  const height = Math.max(1, Math.round(picture.height * scale));
  const crop = {
    x: Math.max(0, Math.floor((width - side) / 2)),
    y: Math.max(0, Math.floor((height - side) / 2)),
    width: Math.min(width, side),
    height: Math.min(height, side),
  };
  return {
    width,
    height,
    x: x + Math.floor((side - crop.width) / 2),
    y: y + Math.floor((side - crop.height) / 2),
    crop,
  };
}

/** Draws a picture into a square: made smaller with the antialiasing of thumbnails, larger with its pixels seen beyond `smooth` times. */
export async function drawInto(
  context: OffscreenCanvasRenderingContext2D,
  picture: OpenImage,
  box: Box,
  fit: 'whole' | 'crop',
  smooth: number,
): Promise<void> {
  const { width, height, x, y, crop } = placed(picture, box, fit);
  if (width <= picture.width && height <= picture.height) {
    context.putImageData(imageData(resize(picture, width, height, crop)), x, y);
    return;
  }
  const bitmap = await createImageBitmap(imageData(wholeImage(picture)));
  context.imageSmoothingEnabled = width / picture.width < smooth;
  context.imageSmoothingQuality = 'high';
  context.save();
  context.beginPath();
  context.rect(x, y, crop.width, crop.height);
  context.clip();
  context.drawImage(bitmap, x - crop.x, y - crop.y, width, height);
  context.restore();
  bitmap.close();
}

function imageData({ width, height, data }: RgbImage): ImageData {
  const image = new ImageData(width, height);
  for (let from = 0, to = 0; from < data.length; from += 3, to += 4) {
    image.data[to] = data[from];
    image.data[to + 1] = data[from + 1];
    image.data[to + 2] = data[from + 2];
    image.data[to + 3] = 255;
  }
  return image;
}
