import { openAsBlob } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { TesseraError } from '../src/domain/errors';
import type { RecordsOptions } from '../src/domain/records';
import { listArchive } from '../src/sources/archive';
import { byPath } from '../src/sources/order';
import { UsageError, type Arguments } from './args';
import { readRecords } from './given-records';

/** A file to hand to the page. */
export interface Given {
  /** Relative to the folder, with `/`; empty for an archive whose entries are meant. */
  path: string;
  /** Absolute. */
  disk: string;
  /** Why it cannot be opened, when that is known already. */
  problem?: string;
  /** It is JSON, and each of its records is an image. */
  records?: RecordsOptions;
}

export interface Input {
  files: Given[];
  /** What the run has to account for: the files, the entries of the archive, or the records. */
  paths: string[];
}

const code = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? String(error);

/** Links are followed, as their files belong to the folder for whoever made them; `above` keeps them from leading round. */
async function* walk(folder: string, prefix: string, above: readonly string[]): AsyncGenerator<Given> {
  const real = await realpath(folder);
  if (above.includes(real)) return;
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (error) {
    yield { path: prefix, disk: folder, problem: `the folder could not be opened: ${code(error)}` };
    return;
  }
  for (const name of names) {
    const file = { path: prefix + name, disk: join(folder, name) };
    try {
      const status = await stat(file.disk);
      if (status.isDirectory()) yield* walk(file.disk, `${file.path}/`, [...above, real]);
      else if (status.isFile()) yield file;
      else yield { ...file, problem: 'not a regular file' };
    } catch (error) {
      const missing = 'a link that leads nowhere, or a name that is not UTF-8';
      yield { ...file, problem: code(error) === 'ENOENT' ? missing : code(error) };
    }
  }
}

async function folder(path: string, limit: number): Promise<Input> {
  const files: Given[] = [];
  for await (const file of walk(path, '', [])) files.push(file);
  const first = files.sort(byPath).slice(0, limit);
  return { files: first, paths: first.map((file) => file.path) };
}

async function archive(path: string, limit: number): Promise<Input> {
  const entries = await listArchive(await openAsBlob(path)).catch((error: unknown) => {
    const reason = error instanceof TesseraError ? error.message : code(error);
    throw new TesseraError('archive', `${path} is not a ZIP archive that can be read: ${reason}`);
  });
  const paths = entries.map((entry) => ({ path: entry.path })).sort(byPath);
  return { files: [{ path: '', disk: path }], paths: paths.slice(0, limit).map((entry) => entry.path) };
}

/**
 * Everything below a folder, or the entries of an archive, in path order, or the records of a JSON file in its own, the first `limit`
 * of it; `field` holds the pictures of records. Listed here and not in
 * the page: a browser's folder picker leaves out links and names that are not UTF-8 without a word.
 */
export async function readInput(
  source: Arguments['source'],
  limit: number | null,
  field: string | null = null,
): Promise<Input> {
  const path = resolve(source.path);
  const status = await stat(path).catch(() => null);
  const most = limit ?? Infinity;
  if (source.kind === 'folder') {
    if (!status?.isDirectory()) throw new UsageError(`There is no folder ${source.path}.`);
    return folder(path, most);
  }
  if (!status?.isFile()) throw new UsageError(`There is no file ${source.path}.`);
  return source.kind === 'records' ? readRecords(path, field, limit) : archive(path, most);
}
