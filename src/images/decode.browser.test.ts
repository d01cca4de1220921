import { describe, expect, it } from 'vitest';
import golden from '../../test/golden/formats.json';
import type { RgbImage } from '../domain/image';
import { decodeImage } from './decode';
import { ImageError } from './types';

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
const file = (name: string) => bytesOf(golden.find((entry) => entry.name === name)!.file);
const pixel = ({ width, data }: RgbImage, x: number, y: number) => [
  ...data.slice((y * width + x) * 3).slice(0, 3),
];

function maxDifference(a: Uint8Array, b: Uint8Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((max, value, i) => Math.max(max, Math.abs(value - b[i])), 0);
}

/** Four differently coloured quarters, encoded by the browser. */
async function quarters(width: number, height: number, type: string): Promise<Uint8Array<ArrayBuffer>> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d')!;
  ['#f00', '#0f0', '#00f', '#ff0'].forEach((colour, i) => {
    context.fillStyle = colour;
    context.fillRect((i & 1) * (width / 2), (i >> 1) * (height / 2), width / 2, height / 2);
  });
  const blob = await canvas.convertToBlob({ type, quality: 0.95 });
  return new Uint8Array(await blob.arrayBuffer());
}

async function skipOf(bytes: Uint8Array<ArrayBuffer>, maxPixels?: number) {
  const error = await decodeImage(bytes, { maxPixels }).then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ImageError);
  return (error as ImageError).skip;
}

describe('formats, against Pillow', () => {
  it.each(golden)('$name', async ({ file, width, height, rgb, tolerance }) => {
    const image = await decodeImage(bytesOf(file));
    expect([image.width, image.height]).toEqual([width, height]);
    expect(maxDifference(image.data, bytesOf(rgb))).toBeLessThanOrEqual(tolerance);
  });

  it('HEIC, four coloured quarters', async () => {
    const response = await fetch(new URL('../../test/golden/blocks.heic', import.meta.url));
    const image = await decodeImage(new Uint8Array(await response.arrayBuffer()));
    expect([image.width, image.height]).toEqual([64, 48]);
    const want = [200, 30, 30, 30, 180, 60, 40, 60, 200, 230, 220, 40];
    const got = [pixel(image, 8, 8), pixel(image, 56, 8), pixel(image, 8, 40), pixel(image, 56, 40)].flat();
    expect(maxDifference(Uint8Array.from(got), Uint8Array.from(want))).toBeLessThanOrEqual(6);
  });
});

describe('what is no picture', () => {
  it('has no bytes', async () => expect(await skipOf(new Uint8Array())).toEqual({ code: 'empty' }));

  it('is text called .jpg', async () => {
    expect(await skipOf(new TextEncoder().encode('This is not a picture.'))).toEqual({ code: 'not-image' });
  });

  it('is a vector drawing', async () => {
    const svg = '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>';
    expect(await skipOf(new TextEncoder().encode(svg))).toEqual({ code: 'unsupported', detail: 'SVG' });
  });

  it.each(['image/jpeg', 'image/png', 'image/webp'])('is a truncated %s', async (type) => {
    const bytes = await quarters(200, 160, type);
    expect(await skipOf(bytes.slice(0, bytes.length / 2))).toEqual({ code: 'broken' });
  });

  it('declares more pixels than can be held', async () => {
    const png = file('png').slice();
    new DataView(png.buffer).setUint32(16, 100_000);
    new DataView(png.buffer).setUint32(20, 90_000);
    expect(await skipOf(png)).toEqual({ code: 'too-large', detail: '100000 x 90000' });
    expect(await skipOf(file('png'), 100)).toEqual({ code: 'too-large', detail: '16 x 12' });
  });
});

describe('sizes', () => {
  it('1 x 1', async () => {
    const image = await decodeImage(await quarters(1, 1, 'image/png'));
    expect([image.width, image.height, image.data.length]).toEqual([1, 1, 3]);
  });

  it('12,000 wide, read in bands', async () => {
    const image = await decodeImage(await quarters(12_000, 800, 'image/png'));
    expect([image.width, image.height]).toEqual([12_000, 800]);
    const corners = [
      pixel(image, 0, 0),
      pixel(image, 11_999, 0),
      pixel(image, 0, 799),
      pixel(image, 11_999, 799),
    ];
    expect(corners).toEqual([
      [255, 0, 0],
      [0, 255, 0],
      [0, 0, 255],
      [255, 255, 0],
    ]);
  });

  it('a small picture after a large one is not overdrawn by it', async () => {
    await decodeImage(await quarters(600, 400, 'image/jpeg'));
    const image = await decodeImage(file('png'));
    expect(image.data).toEqual(bytesOf(golden.find(({ name }) => name === 'png')!.rgb));
  });
});

describe('alpha', () => {
  /** A 32-bit BMP with an alpha mask: red counts columns, green rows, alpha is 0 in every second column. */
  function bmp(width: number, height: number): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(122 + width * height * 4);
    const view = new DataView(bytes.buffer);
    bytes.set([0x42, 0x4d]);
    const fields = [122, 108, width, -height, 1 | (32 << 16), 3, width * height * 4, 0, 0, 0, 0];
    [...fields, 0xff0000, 0xff00, 0xff, 0xff000000].forEach((v, i) => view.setInt32(10 + i * 4, v, true));
    for (let i = 0; i < width * height; i++)
      bytes.set([77, (i / width) & 255, (i % width) & 255, i & 1 ? 0 : 200], 122 + i * 4);
    return bytes;
  }

  it.each([
    [5, 3],
    [2100, 2060],
  ])('is dropped and the colour under it kept, %i x %i', async (width, height) => {
    const { data } = await decodeImage(bmp(width, height));
    let wrong = 0;
    for (let y = 0, i = 0; y < height; y++)
      for (let x = 0; x < width; x++, i += 3)
        if (data[i] !== (x & 255) || data[i + 1] !== (y & 255) || data[i + 2] !== 77) wrong += 1;
    expect(wrong).toBe(0);
  });
});

describe('EXIF orientation', () => {
  /** The JPEG with an APP1 segment right after its start, big-endian, orientation alone. */
  function tagged(jpeg: Uint8Array<ArrayBuffer>, orientation: number): Uint8Array<ArrayBuffer> {
    const exif = [0xff, 0xe1, 0, 34, 0x45, 0x78, 0x69, 0x66, 0, 0, 0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1];
    const entry = [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0];
    return new Uint8Array([...jpeg.slice(0, 2), ...exif, ...entry, ...jpeg.slice(2)]);
  }

  // The quarter (red, green, blue, yellow of the stored picture) that must be seen at the upper left, and its right.
  const seen: Record<number, [upperLeft: string, upperRight: string]> = {
    1: ['red', 'green'],
    2: ['green', 'red'],
    3: ['yellow', 'blue'],
    4: ['blue', 'yellow'],
    5: ['red', 'blue'],
    6: ['blue', 'red'],
    7: ['yellow', 'green'],
    8: ['green', 'yellow'],
  };

  const nameOf = ([r, g, b]: number[]) =>
    r > 128 ? (g > 128 ? 'yellow' : 'red') : b > 128 ? 'blue' : 'green';

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('%i is honoured, or ignored when asked', async (orientation) => {
    const plain = await quarters(64, 32, 'image/jpeg');
    const bytes = tagged(plain, orientation);
    const before = bytes.slice();
    const upright = await decodeImage(bytes);
    const sides = orientation > 4 ? [32, 64] : [64, 32];
    expect([upright.width, upright.height]).toEqual(sides);
    expect([nameOf(pixel(upright, 4, 4)), nameOf(pixel(upright, sides[0] - 4, 4))]).toEqual(
      seen[orientation],
    );
    const stored = await decodeImage(bytes, { orient: false });
    expect(stored).toEqual(await decodeImage(plain));
    expect(bytes).toEqual(before);
  });

  it('an unknown value is ignored', async () => {
    const image = await decodeImage(tagged(await quarters(64, 32, 'image/jpeg'), 9));
    expect([image.width, image.height]).toEqual([64, 32]);
  });
});

describe('damaged files', () => {
  /** A small generator with a fixed seed, so that a failure can be repeated. */
  function random(seed: number): (below: number) => number {
    let state = seed;
    return (below) => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
  }

  async function outcome(bytes: Uint8Array<ArrayBuffer>): Promise<'image' | 'skip'> {
    try {
      const { width, height, data } = await decodeImage(bytes, { maxPixels: 1_000_000 });
      expect(data.length).toBe(width * height * 3);
      return 'image';
    } catch (error) {
      expect(error).toBeInstanceOf(ImageError);
      return 'skip';
    }
  }

  it.each(golden)(
    '$name: cut or with flipped bits it gives a picture or a reason',
    async ({ name, file }) => {
      const next = random(name.length);
      const whole = bytesOf(file);
      const outcomes = { image: 0, skip: 0 };
      for (let i = 0; i < 30; i++) {
        const bytes = whole.slice(0, i % 2 ? whole.length : 1 + next(whole.length - 1));
        for (let flips = i % 2 ? 1 + next(4) : 0; flips > 0; flips--)
          bytes[next(bytes.length)] ^= 1 << next(8);
        outcomes[await outcome(bytes)] += 1;
      }
      expect(outcomes.image + outcomes.skip).toBe(30);
      expect(outcomes.skip).toBeGreaterThan(0);
    },
  );
});
