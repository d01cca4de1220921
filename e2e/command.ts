import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../scripts/build-if-stale';
import { parseCsv } from '../src/exports/csv';
import { readNpy } from '../src/exports/npy';

/** Runs the command with these words; what it said on both streams. */
export function tessera(...args: string[]): { status: number | null; words: string } {
  const command = join(ROOT, 'node_modules/tsx/dist/cli.mjs');
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, 'cli/tessera.ts', ...args], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, INIT_CWD: ROOT },
  });
  return { status, words: stdout + stderr };
}

export const table = (...path: string[]): string[][] => parseCsv(readFileSync(join(...path), 'utf8'));
export const array = (...path: string[]) => readNpy(readFileSync(join(...path)));
export const column = (rows: string[][], index = 0): string[] => rows.slice(1).map((row) => row[index]);
export const runRecord = (out: string) => JSON.parse(readFileSync(join(out, 'run.json'), 'utf8'));
