import { spawnSync } from 'node:child_process';
import type { MetadataStep } from './metadata-run';
import { round, type Cell, type Result } from './report';

/** Reads a CSV, finds its key among half as many images, and aligns its columns with them; in Node, on one core. */
export function benchMetadata(sizes: readonly number[]): Promise<Result> {
  const rows = sizes.flatMap((size): Cell[][] => {
    const words = ['node_modules/tsx/dist/cli.mjs', 'bench/metadata-run.ts', String(size)];
    const { status, stdout, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    return (JSON.parse(stdout) as MetadataStep[]).map(({ name, seconds, cpu, peak }) => [
      ...[size, name, round(seconds), round(cpu), Math.round(peak)],
    ]);
  });
  const columns = ['rows', 'step', 'seconds', 'CPU seconds', 'peak MB above start so far'];
  const table = { title: 'A table joined to half as many images', columns, rows };
  return Promise.resolve({ name: 'metadata', tables: [table] });
}
