import { describe, expect, it } from 'vitest';
import photographs from '../../test/golden/exif.json';
import golden from '../../test/golden/formats.json';
import type { RgbImage } from '../domain/image';
import { openImage } from './decode';
import { meanOf } from './mean';
import { aligned, PixelCounts } from './pixel-counts';
import { pixelsOf } from './pixels';
import { prepareImage } from './prepare';
import { makeThumbnail } from './thumbnail';

const TARGET = { width: 32, height: 32, resize: 'squash' } as const;

function plain(width: number, height: number, colour: [number, number, number]): RgbImage {
  return { width, height, data: Uint8Array.from({ length: width * height * 3 }, (_, i) => colour[i % 3]) };
}

async function sizeOf(thumbnail: Uint8Array<ArrayBuffer>): Promise<[number, number]> {
  const bitmap = await createImageBitmap(new Blob([thumbnail]));
  return [bitmap.width, bitmap.height];
}

describe('makeThumbnail', () => {
  it.each([
    [
      [400, 300],
      [128, 96],
    ],
    [
      [300, 400],
      [96, 128],
    ],
    [
      [40, 20],
      [40, 20],
    ],
    [
      [1, 1],
      [1, 1],
    ],
    [
      [12_000, 9],
      [128, 1],
    ],
  ])('%j becomes %j: never stretched, never enlarged', async ([width, height], want) => {
    const thumbnail = makeThumbnail(pixelsOf(plain(width, height, [200, 100, 50])));
    expect(await sizeOf(thumbnail)).toEqual(want);
  });

  it('keeps the colours, and is small', async () => {
    const thumbnail = makeThumbnail(pixelsOf(plain(300, 200, [200, 100, 50])));
    expect(thumbnail.length).toBeLessThan(1000);
    const { rgba } = await meanOf([new Blob([thumbnail])], 1);
    [200, 100, 50].forEach((value, c) => expect(Math.abs(rgba[c] - value)).toBeLessThanOrEqual(4));
  });
});

describe('prepareImage', () => {
  it('gives the size, the pixels for the network, a thumbnail and the time it took', async () => {
    const file = golden.find(({ name }) => name === 'png')!;
    const bytes = Uint8Array.from(atob(file.file), (c) => c.charCodeAt(0));
    const prepared = await prepareImage(bytes, TARGET);
    expect([prepared.width, prepared.height]).toEqual([16, 12]);
    expect([prepared.input.width, prepared.input.height, prepared.input.data.length]).toEqual([32, 32, 3072]);
    expect(await sizeOf(prepared.thumbnail)).toEqual([16, 12]);
    expect(prepared.facts).toBeNull();
    expect(prepared.seconds.decode).toBeGreaterThan(0);
    expect(prepared.seconds.resize).toBeGreaterThan(0);
  });

  it.each(photographs)('says how $name was taken', async ({ file, facts }) => {
    const bytes = Uint8Array.from(atob(file), (c) => c.charCodeAt(0));
    expect((await prepareImage(bytes, TARGET)).facts).toMatchObject({ make: facts.make });
  });

  it('skips no picture for the damage of what it says of itself', async () => {
    const { file } = photographs.find(({ name }) => name === 'big-endian.jpg')!;
    const bytes = Uint8Array.from(atob(file), (c) => c.charCodeAt(0));
    for (let at = 30; at < 130; at += 3) {
      const damaged = bytes.slice();
      damaged.fill(0xff, at, at + 20);
      expect(await prepareImage(damaged, TARGET)).toMatchObject({ width: 8, height: 6 });
    }
  });

  it('draws the thumbnail in the shape of the picture, whichever pixels it is made of', async () => {
    const canvas = new OffscreenCanvas(400, 100);
    const context = canvas.getContext('2d')!;
    context.fillStyle = '#f00';
    context.fillRect(0, 0, 200, 100);
    const png = new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer());
    for (const resize of ['squash', 'crop'] as const) {
      const { thumbnail } = await prepareImage(png, { width: 224, height: 224, resize });
      expect(await sizeOf(thumbnail)).toEqual([128, 32]);
      const { rgba } = await meanOf([new Blob([thumbnail])], 2);
      expect([rgba[0] > 240, rgba[4] < 15, rgba[8] > 240, rgba[12] < 15]).toEqual([true, true, true, true]);
    }
  });

  it('works on many files at once as on one', async () => {
    const files = golden.map(({ file }) => Uint8Array.from(atob(file), (c) => c.charCodeAt(0)));
    const together = await Promise.all(files.map((bytes) => prepareImage(bytes, TARGET)));
    for (const [i, bytes] of files.entries())
      expect((await prepareImage(bytes, TARGET)).input).toEqual(together[i].input);
  });
});

describe('meanOf', () => {
  const png = async (width: number, height: number, colour: string) => {
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d')!;
    context.fillStyle = colour;
    context.fillRect(0, 0, width, height);
    return canvas.convertToBlob({ type: 'image/png' });
  };

  it('is the mean, whatever the shapes, and skips what is no picture', async () => {
    const blobs = [
      await png(10, 20, 'rgb(0 0 0)'),
      await png(30, 5, 'rgb(100 200 50)'),
      new Blob(['no picture']),
    ];
    const { rgba, of } = await meanOf(blobs, 4);
    expect(of).toBe(2);
    expect(rgba.length).toBe(64);
    for (let i = 0; i < 64; i += 4) expect([...rgba.slice(i, i + 4)]).toEqual([50, 100, 25, 255]);
  });

  it('keeps shapes: pictures lie centred on each other, and what stands over is cut off', async () => {
    // A wide one with a red bar on its right fourth, and a high one with a blue bar on its lowest fourth.
    const barred = async (
      width: number,
      height: number,
      colour: string,
      bar: [number, number, number, number],
    ) => {
      const canvas = new OffscreenCanvas(width, height);
      const context = canvas.getContext('2d')!;
      context.fillStyle = '#fff';
      context.fillRect(0, 0, width, height);
      context.fillStyle = colour;
      context.fillRect(...bar);
      return canvas.convertToBlob({ type: 'image/png' });
    };
    const wide = await barred(80, 40, '#f00', [60, 0, 20, 40]);
    const high = await barred(40, 80, '#00f', [0, 60, 40, 20]);
    // The bars lie in what is cut off; stretched, they would be in the picture.
    const { rgba } = await meanOf([wide, high], 8);
    expect([...rgba].every((value) => value === 255)).toBe(true);
  });

  it('agrees with how pictures are laid over each other on the page of a cluster', async () => {
    const pictures = [await png(90, 60, 'rgb(10 200 90)'), await png(50, 70, 'rgb(240 20 30)')];
    const ramp = new OffscreenCanvas(120, 80);
    const context = ramp.getContext('2d')!;
    for (let x = 0; x < 120; x++) {
      context.fillStyle = `rgb(${2 * x} ${255 - 2 * x} 60)`;
      context.fillRect(x, 0, 1, 80);
    }
    pictures.push(await ramp.convertToBlob({ type: 'image/png' }));
    const side = 32;
    const counts = new PixelCounts({ width: side, height: side });
    for (const picture of pictures) {
      const image = await openImage(new Uint8Array(await picture.arrayBuffer()));
      counts.add(aligned(image, counts.frame));
      image.close();
    }
    const { rgba } = await meanOf(pictures, side);
    const mean = counts.mean();
    const off = rgba.map((value, i) => Math.abs(value - mean[i]));
    expect(Math.max(...off)).toBeLessThanOrEqual(4);
  });

  it('reads a stream of more pictures than it decodes at once', async () => {
    const [black, white] = [await png(3, 3, '#000'), await png(3, 3, '#fff')];
    async function* blobs() {
      for (let i = 0; i < 40; i++) yield i % 4 ? black : white;
    }
    const { rgba, of } = await meanOf(blobs(), 2);
    expect(of).toBe(40);
    expect(rgba[0]).toBe(64);
  });

  it('of nothing is black', async () => {
    expect(await meanOf([], 1)).toEqual({ rgba: Uint8ClampedArray.of(0, 0, 0, 255), of: 0 });
  });

  it('stops when asked', async () => {
    const blob = await png(3, 3, '#000');
    await expect(meanOf([blob], 2, AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
  });
});
