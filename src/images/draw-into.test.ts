import fc from 'fast-check';
import { expect, it } from 'vitest';
import { placed } from './draw-into';

it('stands whole in the middle, or fills the square', () => {
  const box = { x: 10, y: 20, side: 100 };
  expect(placed({ width: 400, height: 200 }, box, 'whole')).toEqual({
    width: 100,
    height: 50,
    x: 10,
    y: 45,
    crop: { x: 0, y: 0, width: 100, height: 50 },
  });
  expect(placed({ width: 400, height: 200 }, box, 'crop')).toEqual({
    width: 200,
    height: 100,
    x: 10,
    y: 20,
    crop: { x: 50, y: 0, width: 100, height: 100 },
  });
  expect(placed({ width: 10, height: 10 }, box, 'whole')).toMatchObject({ width: 100, height: 100 });
});

it('never leaves its square', () => {
  const side = fc.integer({ min: 1, max: 3000 });
  fc.assert(
    fc.property(
      side,
      side,
      side,
      fc.constantFrom('whole' as const, 'crop' as const),
      (width, height, box, fit) => {
        const found = placed({ width, height }, { x: 0, y: 0, side: box }, fit);
        const { x, y, crop } = found;
        expect(Math.min(x, y, crop.x, crop.y)).toBeGreaterThanOrEqual(0);
        expect(Math.max(x + crop.width, y + crop.height)).toBeLessThanOrEqual(box);
        expect(crop.x + crop.width).toBeLessThanOrEqual(found.width);
        expect(crop.y + crop.height).toBeLessThanOrEqual(found.height);
        if (fit === 'crop') expect([crop.width, crop.height]).toEqual([box, box]);
      },
    ),
  );
});
