/** What the report of a stage says. */
export interface Report {
  passed: number;
  failed: number;
  skipped: number;
  /** Each failed test: its file, its name and the beginning of what was wrong. */
  failures: string[];
}

export const NONE: Report = { passed: 0, failed: 0, skipped: 0, failures: [] };

/** Lines of a message that are shown. */
const LINES = 6;

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: {
    name: string;
    status: string;
    message?: string;
    assertionResults: { fullName: string; status: string; failureMessages?: string[] | null }[];
  }[];
}

/** Reads Vitest's JSON report. */
export function readVitest(json: unknown): Report {
  const report = json as VitestReport;
  const failures = report.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === 'failed');
    if (failed.length === 0 && status === 'failed') return [failure(name, 'the file', message)];
    return failed.map((test) => failure(name, test.fullName, test.failureMessages?.[0]));
  });
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
    failures,
  };
}

interface PlaywrightSuite {
  suites?: PlaywrightSuite[];
  specs?: {
    title: string;
    file: string;
    line: number;
    ok: boolean;
    tests: { results: { error?: { message?: string } }[] }[];
  }[];
}

interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  suites: PlaywrightSuite[];
}

/** Reads Playwright's JSON report; a test that passed only when repeated has passed. */
export function readPlaywright(json: unknown): Report {
  const { stats, suites } = json as PlaywrightReport;
  const specsOf = (suite: PlaywrightSuite): NonNullable<PlaywrightSuite['specs']> => [
    ...(suite.specs ?? []),
    ...(suite.suites ?? []).flatMap(specsOf),
  ];
  const failures = suites
    .flatMap(specsOf)
    .filter(({ ok }) => !ok)
    .map(({ file, line, title, tests }) => {
      const errors = tests.flatMap(({ results }) => results.map(({ error }) => error?.message));
      return failure(`${file}:${line}`, title, errors.find(Boolean));
    });
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
    skipped: stats.skipped,
    failures,
  };
}

function failure(file: string, title: string, message = ''): string {
  const plain = message.replace(/\u001b\[\d+m/g, '').trim();
  const lines = plain.split('\n').slice(0, LINES);
  return [`${file} › ${title}`, ...lines.map((line) => `    ${line}`)].join('\n');
}

/** The sum over all stages; a stage that failed without naming a failed test counts as one failure. */
export function tally(results: readonly { ok: boolean; report: Report }[]): Report {
  return results.reduce(
    (sum, { ok, report }) => ({
      passed: sum.passed + report.passed,
      failed: sum.failed + (ok ? report.failed : Math.max(1, report.failed)),
      skipped: sum.skipped + report.skipped,
      failures: [...sum.failures, ...report.failures],
    }),
    NONE,
  );
}
