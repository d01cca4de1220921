import fc from 'fast-check';
import { expect, it } from 'vitest';
import golden from '../../test/golden/formats.json';
import { anyDamage, damaged } from '../../test/damage';
import { gifLayout, opaqueGif, paintGround } from './gif';

const gif = (name: string) =>
  new Uint8Array(Buffer.from(golden.find((entry) => entry.name === name)!.file, 'base64'));
const SMALLER = 'gif, a frame smaller than the screen with a transparent colour';

it('tells the frame, the screen and the colour behind', () => {
  expect(gifLayout(gif('gif'))).toMatchObject({
    width: 16,
    height: 12,
    frame: { x: 0, y: 0, width: 16, height: 12 },
    flagAt: null,
  });
  const bytes = gif(SMALLER);
  const { flagAt, ground, ...rest } = gifLayout(bytes);
  expect(rest).toEqual({ width: 25, height: 19, frame: { x: 3, y: 2, width: 16, height: 12 } });
  expect(bytes[flagAt! + 3]).toBe(5);
  expect([...ground]).toEqual([...bytes.slice(13 + 15, 13 + 18)]);
});

it('takes the flag away in a copy, and leaves a GIF without it alone', () => {
  const bytes = gif('gif, a transparent colour');
  const before = bytes.slice();
  const opaque = opaqueGif(bytes, gifLayout(bytes));
  expect(bytes).toEqual(before);
  expect(gifLayout(opaque).flagAt).toBeNull();
  expect(opaque.filter((byte, i) => byte !== bytes[i])).toHaveLength(1);
  const plain = gif('gif');
  expect(opaqueGif(plain, gifLayout(plain))).toBe(plain);
});

it('paints around the frame and nothing else', () => {
  const image = { width: 4, height: 3, data: new Uint8Array(36) };
  const frame = { x: 1, y: 1, width: 2, height: 1 };
  paintGround(image, { width: 4, height: 3, frame, flagAt: null, ground: [1, 2, 3] });
  const reds = Array.from({ length: 12 }, (_, i) => image.data[i * 3]);
  expect(reds).toEqual([1, 1, 1, 1, 1, 0, 0, 1, 1, 1, 1, 1]);
});

it('ends on any file with a layout or a RangeError', () => {
  const names = golden.map(({ name }) => name).filter((name) => name.startsWith('gif'));
  fc.assert(
    fc.property(fc.constantFrom(...names), anyDamage, (name, damage) => {
      try {
        const { flagAt, ground } = gifLayout(damaged(gif(name), damage));
        expect(ground).toHaveLength(3);
        expect(flagAt ?? 0).toBeGreaterThanOrEqual(0);
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
      }
    }),
    { numRuns: 2000 },
  );
});
