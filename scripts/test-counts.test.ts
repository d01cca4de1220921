import { expect, it } from 'vitest';
import { countPlaywright, countVitest, tally } from './test-counts';

it('reads both reports', () => {
  expect(countVitest({ numPassedTests: 3, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 })).toEqual({
    passed: 3,
    failed: 1,
    skipped: 3,
  });
  expect(countPlaywright({ stats: { expected: 5, unexpected: 2, flaky: 1, skipped: 4 } })).toEqual({
    passed: 6,
    failed: 2,
    skipped: 4,
  });
});

it('never says 0 failed when a stage failed', () => {
  const none = { passed: 0, failed: 0, skipped: 0 };
  expect(tally([{ ok: true, counted: { passed: 9, failed: 0, skipped: 1 } }])).toEqual({
    passed: 9,
    failed: 0,
    skipped: 1,
  });
  expect(
    tally([
      { ok: false, counted: none },
      { ok: false, counted: { ...none, failed: 3 } },
    ]).failed,
  ).toBe(4);
});
