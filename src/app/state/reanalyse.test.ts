import { describe, expect, it } from 'vitest';
import { shouldAnalyse } from './reanalyse';

describe('shouldAnalyse', () => {
  it.each([
    // analysed, rows, running, expected
    [0, 59, true, false],
    [0, 60, true, true],
    [60, 179, true, false],
    [60, 180, true, true],
    [1000, 2999, true, false],
    [1000, 3000, true, true],
    [12, 30, true, false],
    [12, 60, true, true],
    [1000, 1001, false, true],
    [1001, 1001, false, false],
    [0, 3, false, true],
    [0, 2, false, false],
    [0, 0, false, false],
    [50, 40, false, true],
  ])('%i analysed, %i rows, running %s: %s', (analysed, n, running, expected) => {
    expect(shouldAnalyse(analysed, n, running)).toBe(expected);
  });
});
