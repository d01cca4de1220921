import { mkdirSync, openAsBlob, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PNG_FILE } from '../src/app/headless-pack';
import { listArchive } from '../src/sources/archive';

/** Unpacks the images in PNG, as the page handed it out, into images/ beside it; gives how many there were. */
export async function placeImages(out: string): Promise<number> {
  const archive = join(out, PNG_FILE);
  const entries = await listArchive(await openAsBlob(archive));
  for (const entry of entries) {
    const file = join(out, 'images', entry.path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, Buffer.from(await (await entry.read()).arrayBuffer()));
  }
  rmSync(archive);
  return entries.length;
}
