import { beforeEach, expect, it } from 'vitest';
import { parseCsv } from './csv';
import { writePictures } from './picture-folder';
import type { Picture } from './pictures';

let root: FileSystemDirectoryHandle;

beforeEach(async () => {
  const storage = await navigator.storage.getDirectory();
  await storage.removeEntry('pictures', { recursive: true }).catch(() => undefined);
  root = await storage.getDirectoryHandle('pictures', { create: true });
});

const picture = (path: string, more: Partial<Picture> = {}): Picture => ({
  path,
  hash: path,
  cluster: 0,
  read: async () => new Blob([path]),
  ...more,
});
async function textOf(name: string): Promise<string> {
  return (await (await root.getFileHandle(name)).getFile()).text();
}
const LAYOUT = { layout: 'structure', clusters: 1 } as const;

it('leaves a list of what was written when it is cancelled half-way', async () => {
  const stop = new AbortController();
  const result = await writePictures(
    root,
    ['a.jpg', 'b.jpg', 'c.jpg'].map((path) => picture(path)),
    {
      ...LAYOUT,
      signal: stop.signal,
      done: (count) => count === 2 && stop.abort(),
    },
  );
  expect(result).toEqual({ written: 2, missing: 0, failed: 0, manifest: 'manifest.csv', cancelled: true });
  const [, ...records] = parseCsv(await textOf('manifest.csv'));
  expect(records.map(([path, target]) => [path, target])).toEqual([
    ['a.jpg', 'a.jpg'],
    ['b.jpg', 'b.jpg'],
  ]);
  await expect(root.getFileHandle('c.jpg')).rejects.toThrow();
});

it('leaves that list also when reading fails, and tells why', async () => {
  const broken = picture('b.jpg', { read: () => Promise.reject(new Error('the disk is gone')) });
  await expect(writePictures(root, [picture('a.jpg'), broken], LAYOUT)).rejects.toThrow('the disk is gone');
  expect(parseCsv(await textOf('manifest.csv'))).toHaveLength(2);
});

it('goes around files and folders that have the names it wants', async () => {
  const keep = await (await root.getFileHandle('photos', { create: true })).createWritable();
  await keep.write('mine');
  await keep.close();
  await root.getDirectoryHandle('x.jpg', { create: true });
  const result = await writePictures(
    root,
    [
      picture('photos/1.jpg'),
      picture('photos/2.jpg'),
      picture('x.jpg'),
      picture('gone', { read: async () => null }),
    ],
    LAYOUT,
  );
  expect(result).toMatchObject({ written: 3, missing: 1, manifest: 'manifest.csv' });
  expect(await textOf('photos')).toBe('mine');
  const [, ...records] = parseCsv(await textOf('manifest.csv'));
  expect(records.map(([, target, , , , state]) => [target, state])).toEqual([
    ['photos (2)/1.jpg', 'renamed'],
    ['photos (2)/2.jpg', 'renamed'],
    ['x (2).jpg', 'renamed'],
    ['', 'missing'],
  ]);
});
