import type { RgbImage } from '../domain/image';

/** The picture as an 8-bit PNG with exactly these pixels. Throws where the canvas cannot be so large. */
export async function encodePng({ width, height, data }: RgbImage): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  // Without alpha, and never on the GPU: what is read back is what was put.
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  if (!context) throw new Error(`a canvas of ${width} x ${height} pixels cannot be had`);
  const image = context.createImageData(width, height);
  for (let from = 0, to = 0; from < data.length; from += 3, to += 4) {
    image.data[to] = data[from];
    image.data[to + 1] = data[from + 1];
    image.data[to + 2] = data[from + 2];
    image.data[to + 3] = 255;
  }
  context.putImageData(image, 0, 0);
  return canvas.convertToBlob({ type: 'image/png' });
}
