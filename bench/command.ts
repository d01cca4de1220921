import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Rows } from '../src/analysis/rows';
import { parseCsv } from '../src/exports/csv';
import { readNpy } from '../src/exports/npy';

export interface CommandResult {
  /** run.json as it is. */
  run: unknown;
  /** labels.csv: path and cluster of each image. */
  labels: { path: string; cluster: number }[];
  /** embeddings.npy, rows in the order of the labels. */
  embeddings: Rows;
}

/** Runs the command of this project and reads what it wrote. Throws with its output when it fails. */
export function tessera(args: string[]): CommandResult {
  const out = mkdtempSync(join(tmpdir(), 'tessera-bench-out-'));
  try {
    const tsx = join('node_modules', 'tsx', 'dist', 'cli.mjs');
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [tsx, 'cli/tessera.ts', ...args, '--out', out],
      { encoding: 'utf8', maxBuffer: 2 ** 28 },
    );
    if (status !== 0 || !existsSync(join(out, 'run.json')))
      throw new Error(`tessera ${args.join(' ')} ended with ${status}:\n${stdout}${stderr}`);
    const [header, ...records] = parseCsv(readFileSync(join(out, 'labels.csv'), 'utf8'));
    const [path, cluster] = ['path', 'cluster'].map((name) => header.indexOf(name));
    const { shape, data } = readNpy(readFileSync(join(out, 'embeddings.npy')));
    return {
      run: JSON.parse(readFileSync(join(out, 'run.json'), 'utf8')),
      labels: records.map((record) => ({ path: record[path], cluster: Number(record[cluster]) })),
      embeddings: { n: shape[0], d: shape[1], data },
    };
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}
