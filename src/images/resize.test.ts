import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import golden from '../../test/golden/images.json';
import type { RgbImage } from '../domain/image';
import { orient, type Orientation } from './orientation';
import { inMemory, pixelsOf, wholeImage, type Pixels } from './pixels';
import { preprocess, roundHalfEven, scaledSize } from './preprocess';
import { resize } from './resize';
import { resizePlainly } from './resize-plain';

/** The generator of test/golden/images.py. */
function picture(width: number, height: number): RgbImage {
  const data = new Uint8Array(width * height * 3);
  let state = width * 65536 + height;
  for (let i = 0; i < data.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    data[i] = state >>> 24;
  }
  return { width, height, data };
}

const pixels = (width: number, height: number) => pixelsOf(picture(width, height));

/** The same picture in the other layouts. */
function inAllLayouts({ width, height, data }: RgbImage): Pixels[] {
  const [rgbx, bgrx] = [0, 1].map(() => new Uint8Array(width * height * 4).fill(201));
  for (let i = 0; i < width * height; i++) {
    const [r, g, b] = data.subarray(3 * i, 3 * i + 3);
    rgbx.set([r, g, b], 4 * i);
    bgrx.set([b, g, r], 4 * i);
  }
  return [
    pixelsOf({ width, height, data }),
    inMemory(width, height, 'RGBX', rgbx),
    inMemory(width, height, 'BGRX', bgrx),
  ];
}

const sha256 = (image: RgbImage) => createHash('sha256').update(image.data).digest('hex');

describe('resize', () => {
  it.each(golden.squash)(
    '$from to $to equals Pillow byte for byte',
    ({ from: [w, h], to: [toW, toH], ...want }) => {
      for (const source of inAllLayouts(picture(w, h))) {
        const got = resize(source, toW, toH);
        expect([got.width, got.height]).toEqual([toW, toH]);
        expect(sha256(got)).toBe(want.sha256);
      }
      expect(sha256(resizePlainly(picture(w, h), toW, toH))).toBe(want.sha256);
    },
  );

  const side = fc.oneof(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 1, max: 700 }));
  const part = fc.tuple(fc.nat(), fc.nat(), fc.nat(), fc.nat());
  it('equals the plain version for any sizes and part', () => {
    fc.assert(
      fc.property(side, side, side, side, part, (w, h, toW, toH, [a, b, c, d]) => {
        const [x, y] = [a % toW, b % toH];
        const window = { x, y, width: 1 + (c % (toW - x)), height: 1 + (d % (toH - y)) };
        const image = picture(w, h);
        const want = resizePlainly(image, toW, toH, window);
        for (const source of inAllLayouts(image))
          expect(sha256(resize(source, toW, toH, window))).toBe(sha256(want));
      }),
      { numRuns: 60, seed: 5 },
    );
  });

  it.each([
    [1, 300, 5, 7],
    [2, 1000, 224, 224],
    [3, 301, 3, 40],
    [30_000, 1, 16, 16],
    [1, 30_000, 16, 16],
  ])('%i x %i to %i x %i, an extreme shape, equals the plain version', (w, h, toW, toH) => {
    expect(resize(pixels(w, h), toW, toH)).toEqual(resizePlainly(picture(w, h), toW, toH));
  });

  it('reads a large picture in bands, and no row twice', () => {
    const [width, height] = [6000, 900];
    const source = pixels(width, height);
    const asked: [number, number][] = [];
    const rows = (y: number, n: number) => {
      asked.push([y, n]);
      return source.rows(y, n);
    };
    const got = resize({ ...source, rows }, 64, 64);
    expect(asked.length).toBeGreaterThan(1);
    expect(asked.reduce((next, [y, n]) => (expect(y).toBe(next), next + n), 0)).toBe(height);
    expect(got).toEqual(resizePlainly(picture(width, height), 64, 64));
  });

  it.each([
    [5, 3],
    [3000, 800],
  ])('gives %i x %i back as it is, whatever its layout', (width, height) => {
    const image = picture(width, height);
    for (const source of inAllLayouts(image)) {
      expect(sha256(wholeImage(source))).toBe(sha256(image));
      expect(sha256(resize(source, width, height))).toBe(sha256(image));
    }
  });

  it.each([0, 255])('keeps a plain %i', (value) => {
    const image = pixelsOf({
      width: 501,
      height: 333,
      data: new Uint8Array(501 * 333 * 3).fill(value),
    });
    expect(new Set(resize(image, 224, 224).data)).toEqual(new Set([value]));
    expect(new Set(resize(image, 640, 640).data)).toEqual(new Set([value]));
  });
});

describe('preprocess', () => {
  it.each(golden.crop)(
    'crop of $from to $side equals Pillow byte for byte',
    ({ from: [w, h], side, ...want }) => {
      const got = preprocess(pixels(w, h), { width: side, height: side, resize: 'crop' });
      expect([got.width, got.height]).toEqual([side, side]);
      expect(sha256(got)).toBe(want.sha256);
    },
  );

  it('squashes to targets that are not square', () => {
    const got = preprocess(pixels(30, 20), { width: 17, height: 9, resize: 'squash' });
    expect(got.data).toEqual(resize(pixels(30, 20), 17, 9).data);
  });

  it('crops to targets that are not square without leaving the picture', () => {
    const got = preprocess(pixels(30, 20), { width: 96, height: 160, resize: 'crop' });
    expect([got.width, got.height, got.data.length]).toEqual([96, 160, 96 * 160 * 3]);
    expect(got.data.every((value) => value === 0)).toBe(false);
  });

  it('survives the most extreme shapes without computing what is cut away', () => {
    const got = preprocess(pixels(60_000, 2), { width: 224, height: 224, resize: 'crop' });
    expect([got.width, got.height]).toEqual([224, 224]);
  });

  it('cuts the long side as torchvision does and rounds halves as Python does', () => {
    expect(scaledSize(500, 375, 256)).toEqual([341, 256]);
    expect(scaledSize(375, 500, 256)).toEqual([256, 341]);
    expect([0.5, 1.5, 2.5, 2.51, -0.5, 117].map(roundHalfEven)).toEqual([0, 2, 2, 3, -0, 117]);
  });
});

describe('orient', () => {
  it.each(golden.orientation)(
    '$orientation equals Pillow exif_transpose',
    ({ orientation, size, ...want }) => {
      const got = orient(picture(5, 3), orientation as Orientation);
      expect([got.width, got.height]).toEqual(size);
      expect(sha256(got)).toBe(want.sha256);
    },
  );
});
