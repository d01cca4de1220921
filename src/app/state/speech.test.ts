import { describe, expect, it } from 'vitest';
import { shouldSpeak } from './speech';

describe('shouldSpeak', () => {
  it.each([
    [0.05, 20_000, true],
    [0.1, 4_000, true],
    [0.1, 3_999, false],
    [0.09, 14_999, false],
    [0, 60_000, false],
    [0.5, 1_000, false],
  ])('%d further after %d ms: %s', (moved, waited, expected) => {
    expect(shouldSpeak({ fraction: 0.25, at: 1_000 }, { fraction: 0.25 + moved, at: 1_000 + waited })).toBe(
      expected,
    );
  });
  it('speaks the first', () => expect(shouldSpeak(null, { fraction: 0, at: 0 })).toBe(true));
});
