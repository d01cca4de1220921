import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import golden from '../../test/golden/images.json';
import type { RgbImage } from '../domain/image';
import { orient, type Orientation } from './orientation';
import { preprocess, roundHalfEven, scaledSize } from './preprocess';
import { resize } from './resize';

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

const sha256 = (image: RgbImage) => createHash('sha256').update(image.data).digest('hex');

describe('resize', () => {
  it.each(golden.squash)(
    '$from to $to equals Pillow byte for byte',
    ({ from: [w, h], to: [toW, toH], ...want }) => {
      const got = resize(picture(w, h), toW, toH);
      expect([got.width, got.height]).toEqual([toW, toH]);
      expect(sha256(got)).toBe(want.sha256);
    },
  );

  it('computes a part exactly as in the whole', () => {
    const image = picture(97, 61);
    const whole = resize(image, 40, 50);
    const part = resize(image, 40, 50, { x: 3, y: 7, width: 20, height: 30 });
    const row = (y: number) => whole.data.subarray(((7 + y) * 40 + 3) * 3, ((7 + y) * 40 + 23) * 3);
    for (let y = 0; y < 30; y++) expect(part.data.subarray(y * 60, y * 60 + 60)).toEqual(row(y));
  });

  it.each([0, 255])('keeps a plain %i', (value) => {
    const image = { width: 501, height: 333, data: new Uint8Array(501 * 333 * 3).fill(value) };
    expect(new Set(resize(image, 224, 224).data)).toEqual(new Set([value]));
    expect(new Set(resize(image, 640, 640).data)).toEqual(new Set([value]));
  });
});

describe('preprocess', () => {
  it.each(golden.crop)(
    'crop of $from to $side equals Pillow byte for byte',
    ({ from: [w, h], side, ...want }) => {
      const got = preprocess(picture(w, h), { width: side, height: side, resize: 'crop' });
      expect([got.width, got.height]).toEqual([side, side]);
      expect(sha256(got)).toBe(want.sha256);
    },
  );

  it('squashes to targets that are not square', () => {
    const got = preprocess(picture(30, 20), { width: 17, height: 9, resize: 'squash' });
    expect(got.data).toEqual(resize(picture(30, 20), 17, 9).data);
  });

  it('crops to targets that are not square without leaving the picture', () => {
    const got = preprocess(picture(30, 20), { width: 96, height: 160, resize: 'crop' });
    expect([got.width, got.height, got.data.length]).toEqual([96, 160, 96 * 160 * 3]);
    expect(got.data.every((value) => value === 0)).toBe(false);
  });

  it('survives the most extreme shapes without computing what is cut away', () => {
    const got = preprocess(picture(60_000, 2), { width: 224, height: 224, resize: 'crop' });
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
