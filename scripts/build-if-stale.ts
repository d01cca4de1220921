import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '..');
export const DIST = join(ROOT, 'dist');

const INPUTS = [
  'src',
  'public',
  'index.html',
  'vite.config.ts',
  'svelte.config.js',
  'tsconfig.json',
  'package-lock.json',
  'scripts/vite',
];

/** When the newest file at or under a path was changed, in ms; 0 for none. */
function newest(path: string): number {
  if (!existsSync(path)) return 0;
  const status = statSync(path);
  if (!status.isDirectory()) return status.mtimeMs;
  // The folder's own time counts too: it tells of files that went away.
  return Math.max(status.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

/** Whether the build is missing or older than anything it is made from. */
export function isStale(root = ROOT, dist = DIST): boolean {
  const built = newest(join(dist, 'index.html'));
  return built === 0 || INPUTS.some((input) => newest(join(root, input)) > built);
}

/** Builds the site unless the build is up to date; gives its folder. Throws when the build fails. */
export function buildIfStale(log: (line: string) => void = console.log): string {
  if (!isStale()) return DIST;
  log('Building the site …');
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: 'production' },
  });
  if (status !== 0)
    throw new Error(`The build failed; "npm run build" shows it alone.\n${stdout ?? ''}${stderr ?? ''}`);
  return DIST;
}
