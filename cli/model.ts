import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../scripts/build-if-stale';
import type { HeadlessModel } from '../src/app/headless-model';
import { DEFAULT_MODEL, parseCatalogue } from '../src/models/catalogue';
import { UsageError } from './args';

export interface FoundModel {
  kind: HeadlessModel;
  /** Of the kind `file`: where it is. */
  file?: string;
}

/** Lets `npm run models` download and verify a network, unless it is there already; gives its path. */
function download(id: string): string {
  const args = [join(ROOT, 'node_modules/tsx/dist/cli.mjs'), 'scripts/models.ts', id];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr.trim() || `The network "${id}" could not be downloaded.`);
  return stdout.trim().split('\n').at(-1)!;
}

/**
 * What `--model` names: nothing for the app's own network, `pixels`, an ONNX file, or a network of the catalogue, which
 * is downloaded once and kept. Throws UsageError when there is no such thing.
 */
export function findModel(
  asked: string | null,
  locate: (path: string) => string,
  say: (line: string) => void,
): FoundModel {
  if (asked === null || asked === DEFAULT_MODEL.id) return { kind: 'default' };
  if (asked === 'pixels') return { kind: 'pixels' };
  const file = locate(asked);
  if (existsSync(file)) return { kind: 'file', file };
  const entries = parseCatalogue(
    JSON.parse(readFileSync(join(ROOT, 'public/models/catalogue.json'), 'utf8')),
  );
  if (!entries.some(({ id }) => id === asked))
    throw new UsageError(
      `--model: there is no file ${asked} and no network of that name; there are pixels, ${entries.map(({ id }) => id).join(', ')}.`,
    );
  say(`Fetching the network ${asked}, unless it is here already …`);
  return { kind: 'file', file: download(asked) };
}
