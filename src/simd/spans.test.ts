import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Spans } from './spans';

it('never gives the same byte twice, and all of it again once everything is back', () => {
  const command = fc.oneof(
    fc.record({ take: fc.integer({ min: 0, max: 900 }) }),
    fc.record({ give: fc.nat(20) }),
    fc.constant({ extend: 640 }),
  );
  fc.assert(
    fc.property(fc.array(command, { maxLength: 80 }), (commands) => {
      let end = 256 + 64 * 40;
      const spans = new Spans(256, end);
      const taken: { at: number; bytes: number }[] = [];
      for (const now of commands) {
        if ('take' in now) {
          const at = spans.take(now.take);
          if (at === null) continue;
          expect(at % 64).toBe(0);
          expect(at + now.take).toBeLessThanOrEqual(end);
          for (const other of taken)
            expect(at >= other.at + Math.max(1, other.bytes) || at + Math.max(1, now.take) <= other.at).toBe(
              true,
            );
          taken.push({ at, bytes: now.take });
        } else if ('give' in now) {
          const [one] = taken.splice(now.give, 1);
          if (one) spans.give(one.at);
        } else spans.extend((end += now.extend));
      }
      for (const { at } of taken) spans.give(at);
      expect(spans.used).toBe(0);
      expect(spans.take(end - 256)).toBe(256);
    }),
  );
});

it('ignores what it never gave', () => {
  const spans = new Spans(0, 640);
  spans.give(64);
  expect(spans.take(640)).toBe(0);
  expect(spans.take(1)).toBeNull();
});
