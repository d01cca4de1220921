import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { isStale } from './build-if-stale';

/** A project whose files are all of the year 2001, and its build of 2002. */
function project(): { root: string; dist: string } {
  const root = mkdtempSync(join(tmpdir(), 'tessera-build-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const dist = join(root, 'dist');
  mkdirSync(join(root, 'src/app'), { recursive: true });
  mkdirSync(dist);
  for (const file of ['src/app/App.svelte', 'index.html', 'dist/index.html', 'package-lock.json'])
    writeFileSync(join(root, file), '');
  for (const file of ['src/app/App.svelte', 'src/app', 'src', 'index.html', 'package-lock.json'])
    touch(root, file, 2001);
  touch(root, 'dist/index.html', 2002);
  return { root, dist };
}
const touch = (root: string, file: string, year: number): void =>
  utimesSync(join(root, file), new Date(year, 0), new Date(year, 0));

it('takes a build that is newer than its sources', () => {
  const { root, dist } = project();
  expect(isStale(root, dist)).toBe(false);
});

it.each(['src/app/App.svelte', 'package-lock.json', 'index.html'])('sees a change of %s', (file) => {
  const { root, dist } = project();
  touch(root, file, 2003);
  expect(isStale(root, dist)).toBe(true);
});

it('sees a file that went away', () => {
  const { root, dist } = project();
  rmSync(join(root, 'src/app/App.svelte'));
  expect(isStale(root, dist)).toBe(true);
});

it('sees that there is no build', () => {
  const { root, dist } = project();
  rmSync(dist, { recursive: true });
  expect(isStale(root, dist)).toBe(true);
});
