import UPNG from 'upng-js';
import { afterAll, describe, expect, it } from 'vitest';
import { decodeImage } from '../images/decode';
import { PngJob } from './png-job';

const job = new PngJob();
afterAll(() => job.dispose());

/** Every value of every channel, and neighbours that differ in one of them. */
function pixelsOf(width: number, height: number): Uint8Array {
  return Uint8Array.from({ length: width * height * 4 }, (_, i) =>
    i % 4 === 3 ? 255 : (i * 7 + (i >> 8) * 13) & 255,
  );
}

async function bitmapFile(width: number, height: number, type: string): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  const image = new ImageData(new Uint8ClampedArray(pixelsOf(width, height)), width, height);
  canvas.getContext('2d')!.putImageData(image, 0, 0);
  return canvas.convertToBlob({ type, quality: 0.8 });
}

describe('PNG made in the worker', () => {
  it.each([
    [1, 1, 'image/jpeg'],
    [64, 48, 'image/jpeg'],
    [257, 63, 'image/webp'],
    [1030, 700, 'image/jpeg'],
    [255, 256, 'image/png'],
  ])('holds exactly the pixels that %i x %i %s decodes to', async (width, height, type) => {
    const original = await bitmapFile(width, height, type);
    const wanted = await decodeImage(new Uint8Array(await original.arrayBuffer()));
    const png = await job.encode(original);
    // Read by another decoder than the one that made it.
    const read = UPNG.decode(await png.arrayBuffer());
    expect([read.width, read.height]).toEqual([width, height]);
    const rgba = new Uint8Array(UPNG.toRGBA8(read)[0]);
    let different = 0;
    for (let i = 0; i < width * height; i++) {
      for (let c = 0; c < 3; c++) different += Number(rgba[4 * i + c] !== wanted.data[3 * i + c]);
      different += Number(rgba[4 * i + 3] !== 255);
    }
    expect(different).toBe(0);
    expect(new Set(wanted.data).size).toBeGreaterThan(width > 1 ? 100 : 0);
  });

  it('says what is wrong with a file that is no picture', async () => {
    await expect(job.encode(new Blob(['nothing']))).rejects.toThrow('Not an image');
  });
});
