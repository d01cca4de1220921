import fc from 'fast-check';
import { expect, it } from 'vitest';
import { windowOf } from './list-window';

it('holds the lines in view and keeps the height of all', () => {
  expect(windowOf(0, 0, 400, 40)).toEqual({ from: 0, to: 0, before: 0, after: 0 });
  expect(windowOf(3, 0, 400, 40)).toEqual({ from: 0, to: 3, before: 0, after: 0 });
  expect(windowOf(1000, 4000, 400, 40)).toEqual({ from: 94, to: 116, before: 3760, after: 35_360 });
  fc.assert(
    fc.property(fc.nat(500), fc.integer({ min: -50, max: 30_000 }), fc.nat(900), (count, top, height) => {
      const { from, to, before, after } = windowOf(count, top, height, 40);
      expect(before + (to - from) * 40 + after).toBe(count * 40);
      expect(from).toBeLessThanOrEqual(to);
      for (let line = 0; line < count; line++)
        if (line * 40 < top + height && (line + 1) * 40 > top && top >= 0) {
          expect(line).toBeGreaterThanOrEqual(from);
          expect(line).toBeLessThan(to);
        }
    }),
  );
});
