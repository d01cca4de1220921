import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './build-if-stale';
import { ensureChromium } from './chromium';
import { NONE, readPlaywright, readVitest, tally, type Report } from './test-reports';

interface Stage {
  name: string;
  args: string[];
  needsChromium?: boolean;
  /** Where the run leaves its JSON report, and how to read it. */
  json?: { file: string; read: (json: unknown) => Report };
}

const REPORTS = join(ROOT, 'test-results');
const vitest = (project: string): Stage => {
  const file = join(REPORTS, `${project}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  return {
    name: project,
    args: ['vitest', 'run', '--project', project, ...reporters],
    needsChromium: true,
    json: { file, read: readVitest },
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
    json: { file: e2e, read: readPlaywright },
  },
];

function runStage({ args: [command, ...args], json }: Stage): { ok: boolean; report: Report } {
  const [file, rest] = command === 'npm' ? ['npm', args] : ['npx', ['--no-install', command, ...args]];
  const { status } = spawnSync(file, rest, {
    cwd: ROOT,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_NAME: e2e },
  });
  const report =
    json && existsSync(json.file) ? json.read(JSON.parse(readFileSync(json.file, 'utf8'))) : NONE;
  return { ok: status === 0, report };
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
  if (stage.json) rmSync(stage.json.file, { force: true });
  if (stage.needsChromium && noChromium) console.log(noChromium);
  const { ok, report } = stage.needsChromium && noChromium ? { ok: false, report: NONE } : runStage(stage);
  return { name: stage.name, ok, report, seconds: (performance.now() - start) / 1000 };
});

console.log(`\n${'stage'.padEnd(10)}result    passed  failed  skipped  seconds`);
for (const { name, ok, report, seconds } of results)
  console.log(
    name.padEnd(10) +
      (ok ? 'ok' : 'FAILED').padEnd(8) +
      [report.passed, report.failed, report.skipped].map((n) => String(n).padStart(8)).join('') +
      seconds.toFixed(0).padStart(10),
  );
if (noChromium) console.log(`\n${noChromium}`);
const total = tally(results);
for (const failure of total.failures) console.log(`\n${failure}`);
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;
