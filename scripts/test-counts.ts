export interface Counted {
  passed: number;
  failed: number;
  skipped: number;
}

export const NONE: Counted = { passed: 0, failed: 0, skipped: 0 };

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
}

/** Counts of Vitest's JSON report. */
export function countVitest(json: unknown): Counted {
  const report = json as VitestReport;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
}

/** Counts of Playwright's JSON report; a test that passed only when repeated has passed. */
export function countPlaywright(json: unknown): Counted {
  const { stats } = json as PlaywrightReport;
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped };
}

/** The sum over all stages; a stage that failed without naming a failed test counts as one failure. */
export function tally(results: readonly { ok: boolean; counted: Counted }[]): Counted {
  return results.reduce(
    (sum, { ok, counted }) => ({
      passed: sum.passed + counted.passed,
      failed: sum.failed + (ok ? counted.failed : Math.max(1, counted.failed)),
      skipped: sum.skipped + counted.skipped,
    }),
    NONE,
  );
}
