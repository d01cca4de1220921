import { openAsBlob } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { byPath } from '../src/sources/order';
import { listArchive } from '../src/sources/archive';
import { UsageError, type Arguments } from './args';

async function* walk(folder: string, prefix: string): AsyncGenerator<string> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    // A link to a file is that file, as for the browser; one to a folder is followed by neither, as it may lead round.
    const isFile =
      entry.isFile() || (entry.isSymbolicLink() && (await stat(path).catch(() => null))?.isFile());
    if (entry.isDirectory()) yield* walk(path, `${prefix}${entry.name}/`);
    else if (isFile) yield prefix + entry.name;
  }
}

async function list({ kind, path }: Arguments['source']): Promise<string[]> {
  const status = await stat(path).catch(() => null);
  if (kind === 'folder') {
    if (!status?.isDirectory()) throw new UsageError(`There is no folder ${path}.`);
    const paths: string[] = [];
    for await (const file of walk(path, '')) paths.push(file);
    return paths;
  }
  if (!status?.isFile()) throw new UsageError(`There is no file ${path}.`);
  return (await listArchive(await openAsBlob(path))).map((entry) => entry.path);
}

/**
 * The paths the run has to account for, relative to the folder or archive, with `/`; in path order, the first `limit`
 * of them. Read here from the disk and not from the page, so that the page's list is checked too.
 */
export async function givenPaths(source: Arguments['source'], limit: number | null): Promise<string[]> {
  const paths = (await list(source)).map((path) => ({ path })).sort(byPath);
  return paths.slice(0, limit ?? Infinity).map(({ path }) => path);
}
