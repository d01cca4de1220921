import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { readInput } from '../cli/given';
import { sniff } from '../src/images/sniff';
import type { DataSet } from './material';

/**
 * The first n pictures of a set as numbered files in a folder. Past its end the set begins again, each copy with bytes
 * behind the picture that make it another file: the app embeds equal files once.
 */
export async function copies({ source }: DataSet, n: number, folder: string): Promise<string[]> {
  const pictures = (await contents(source)).filter(({ bytes }) => sniff(bytes));
  mkdirSync(folder, { recursive: true });
  return Array.from({ length: n }, (_, i) => {
    const { name, bytes } = pictures[i % pictures.length];
    const round = Math.floor(i / pictures.length);
    const path = join(folder, `${String(i).padStart(5, '0')}${extname(name)}`);
    writeFileSync(path, round ? Buffer.concat([bytes, Buffer.from(`copy ${round}`)]) : bytes);
    return path;
  });
}

async function contents(source: DataSet['source']): Promise<{ name: string; bytes: Uint8Array }[]> {
  if (source.kind === 'archive')
    return Object.entries(unzipSync(readFileSync(source.path))).map(([name, bytes]) => ({ name, bytes }));
  const { files } = await readInput(source, Infinity);
  return files.map(({ path, disk }) => ({ name: path, bytes: readFileSync(disk) }));
}
