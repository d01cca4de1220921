import { createReadStream } from 'node:fs';
import { appendFile, mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { TesseraError } from '../src/domain/errors';
import { parseCatalogue, type CatalogueEntry } from '../src/models/catalogue';
import { download, type PartialFile } from '../src/models/download';

const USAGE = `Usage: npm run models                     list the networks
       npm run models -- <id> [--out DIR]  download one, verified, into DIR (default: models-cache)`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      out: { type: 'string', default: 'models-cache' },
      catalogue: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help || positionals.length > 1) return console.log(USAGE);
  const path = values.catalogue ?? 'public/models/catalogue.json';
  const entries = parseCatalogue(JSON.parse(await readFile(path, 'utf8')));
  const [id] = positionals;
  if (id === undefined) return print(entries);
  const entry = entries.find((candidate) => candidate.id === id);
  if (!entry) throw new Error(`There is no network "${id}"; "npm run models" lists them.`);
  if (!/^https?:/.test(entry.url))
    return console.log(`${entry.title} is part of the app: public/${entry.url}`);
  console.log(await fetchTo(entry, resolve(values.out)));
}

function print(entries: CatalogueEntry[]): void {
  const width = Math.max(...entries.map((entry) => entry.id.length));
  for (const { id, bytes, title, licence } of entries)
    console.log(`${id.padEnd(width)}  ${megabytes(bytes).padStart(9)}  ${title}; licence: ${licence}`);
}

/** Downloads to `<name>.part` first, so that a file under its own name is always whole; gives its path. */
async function fetchTo(entry: CatalogueEntry, folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, basename(new URL(entry.url).pathname));
  const finished = (await size(path)) === entry.bytes;
  const part = finished ? path : `${path}.part`;
  const abort = new AbortController();
  process.once('SIGINT', () => abort.abort());
  await download(entry, partFile(part), { signal: abort.signal, onProgress: progressLine(entry.title) });
  if (!finished) await rename(part, path);
  return path;
}

function partFile(path: string): PartialFile {
  return {
    received: () => size(path),
    stored: async function* () {
      if ((await size(path)) > 0) for await (const chunk of createReadStream(path)) yield chunk as Buffer;
    },
    append: (chunk) => appendFile(path, chunk),
    clear: () => rm(path, { force: true }),
  };
}

async function size(path: string): Promise<number> {
  return stat(path).then(
    (found) => found.size,
    () => 0,
  );
}

function progressLine(title: string): (received: number, total: number) => void {
  const write = (text: string) => process.stderr.write(process.stderr.isTTY ? `\r${text}` : '');
  return (received, total) => {
    write(
      `${title}: ${megabytes(received)} of ${megabytes(total)} (${Math.floor((received / total) * 100)} %) `,
    );
    if (received === total) write('\n');
  };
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

main().catch((error: unknown) => {
  console.error(error instanceof TesseraError || error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
