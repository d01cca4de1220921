import { expect, it } from 'vitest';
import { NONE, readPlaywright, readVitest, tally } from './test-reports';

it('reads the report of Vitest and names what failed', () => {
  const passing = { fullName: 'adds', status: 'passed' };
  const failing = {
    fullName: 'divides',
    status: 'failed',
    failureMessages: ['\u001b[31mby 0\u001b[39m\n at x'],
  };
  const report = readVitest({
    numPassedTests: 3,
    numFailedTests: 1,
    numPendingTests: 2,
    numTodoTests: 1,
    testResults: [
      { name: 'a.test.ts', status: 'failed', assertionResults: [passing, failing] },
      { name: 'b.test.ts', status: 'failed', message: 'cannot be loaded', assertionResults: [] },
      { name: 'c.test.ts', status: 'passed', assertionResults: [passing] },
    ],
  });
  expect(report).toEqual({
    passed: 3,
    failed: 1,
    skipped: 3,
    failures: ['a.test.ts › divides\n    by 0\n     at x', 'b.test.ts › the file\n    cannot be loaded'],
  });
});

it('reads the report of Playwright and names what failed, in suites within suites', () => {
  const spec = (title: string, ok: boolean, errors: (string | undefined)[]) => ({
    title,
    file: 'a.spec.ts',
    line: 7,
    ok,
    tests: [{ results: errors.map((message) => (message === undefined ? {} : { error: { message } })) }],
  });
  const report = readPlaywright({
    stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 4 },
    suites: [
      {
        specs: [spec('opens', true, [undefined])],
        suites: [{ specs: [spec('closes', false, ['late']), spec('again', true, ['once', undefined])] }],
      },
    ],
  });
  expect(report).toEqual({
    passed: 6,
    failed: 1,
    skipped: 4,
    failures: ['a.spec.ts:7 › closes\n    late'],
  });
});

it('never says 0 failed when a stage failed', () => {
  expect(tally([{ ok: true, report: { ...NONE, passed: 9, skipped: 1 } }])).toEqual({
    ...NONE,
    passed: 9,
    skipped: 1,
  });
  const all = tally([
    { ok: false, report: NONE },
    { ok: false, report: { ...NONE, failed: 3, failures: ['x'] } },
  ]);
  expect(all.failed).toBe(4);
  expect(all.failures).toEqual(['x']);
});
