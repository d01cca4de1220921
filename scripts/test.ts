import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './build-if-stale';
import { ensureChromium } from './chromium';
import { countPlaywright, countVitest, NONE, tally, type Counted } from './test-counts';

interface Stage {
  name: string;
  args: string[];
  needsChromium?: boolean;
  /** Where the run leaves its JSON report, and how to count it. */
  report?: { file: string; count: (json: unknown) => Counted };
}

const REPORTS = join(ROOT, 'test-results');
const vitest = (project: string): Stage => {
  const file = join(REPORTS, `${project}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  return {
    name: project,
    args: ['vitest', 'run', '--project', project, ...reporters],
    needsChromium: true,
    report: { file, count: countVitest },
  };
};
const e2e = join(REPORTS, 'e2e.json');

const STAGES: Stage[] = [
  { name: 'types', args: ['npm', 'run', '--silent', 'check'] },
  { name: 'lint', args: ['eslint', '.'] },
  { name: 'format', args: ['prettier', '--check', '.'] },
  vitest('unit'),
  vitest('browser'),
  {
    name: 'e2e',
    args: ['playwright', 'test', '--reporter=list,json'],
    needsChromium: true,
    report: { file: e2e, count: countPlaywright },
  },
];

function runStage({ args: [command, ...args], report }: Stage): { ok: boolean; counted: Counted } {
  const [file, rest] = command === 'npm' ? ['npm', args] : ['npx', ['--no-install', command, ...args]];
  const { status } = spawnSync(file, rest, {
    cwd: ROOT,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_NAME: e2e },
  });
  const counted =
    report && existsSync(report.file) ? report.count(JSON.parse(readFileSync(report.file, 'utf8'))) : NONE;
  return { ok: status === 0, counted };
}

let noChromium: string | null = null;
try {
  ensureChromium();
} catch (error) {
  noChromium = error instanceof Error ? error.message : String(error);
}

mkdirSync(REPORTS, { recursive: true });
const results = STAGES.map((stage) => {
  console.log(`\n— ${stage.name}`);
  const start = performance.now();
  if (stage.report) rmSync(stage.report.file, { force: true });
  if (stage.needsChromium && noChromium) console.log(noChromium);
  const { ok, counted } = stage.needsChromium && noChromium ? { ok: false, counted: NONE } : runStage(stage);
  return { name: stage.name, ok, counted, seconds: (performance.now() - start) / 1000 };
});

console.log(`\n${'stage'.padEnd(10)}result    passed  failed  skipped  seconds`);
for (const { name, ok, counted, seconds } of results)
  console.log(
    name.padEnd(10) +
      (ok ? 'ok' : 'FAILED').padEnd(8) +
      [counted.passed, counted.failed, counted.skipped].map((n) => String(n).padStart(8)).join('') +
      seconds.toFixed(0).padStart(10),
  );
if (noChromium) console.log(`\n${noChromium}`);
const total = tally(results);
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;
