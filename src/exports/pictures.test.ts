import fc from 'fast-check';
import { unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import { artifactBytes } from './artifact';
import { parseCsv } from './csv';
import { clusterFolder, picturesZip, type LayoutOptions, type Picture } from './pictures';
import { numberedName } from './safe-name';
import { TargetNames } from './target-names';

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const picture = (path: string, cluster: number | null, more: Partial<Picture> = {}): Picture => ({
  path,
  hash: `hash of ${path}`,
  cluster,
  read: async () => new Blob([path]),
  ...more,
});
async function unzip(pictures: Picture[], options: LayoutOptions): Promise<Record<string, Uint8Array>> {
  return unzipSync(await artifactBytes(picturesZip(pictures, options)));
}
const manifestOf = (files: Record<string, Uint8Array>): string[][] =>
  parseCsv(text(files['manifest.csv'])).slice(1);

it('a folder for each cluster: collisions resolved, nothing escapes, a list of where it came from', async () => {
  const files = await unzip(
    [
      picture('a/1.jpg', 0),
      picture('b/1.JPG', 0),
      picture('../../etc/pass:wd', 11),
      picture('c/1.jpg', 3, { clusterName: '../birds', duplicates: ['d/1.jpg'] }),
      picture('gone.jpg', 3, { read: async () => null, duplicates: ['also gone.jpg'] }),
      picture('new.jpg', null),
    ],
    { layout: 'cluster', clusters: 12 },
  );
  expect(Object.keys(files)).toEqual([
    'cluster 00/1.jpg',
    'cluster 00/1 (2).JPG',
    'cluster 11/pass_wd',
    'cluster 03 - .._birds/1.jpg',
    'no cluster/new.jpg',
    'manifest.csv',
  ]);
  expect(text(files['cluster 00/1 (2).JPG'])).toBe('b/1.JPG');
  expect(manifestOf(files)).toEqual([
    ['a/1.jpg', 'cluster 00/1.jpg', 'hash of a/1.jpg', '0', '', 'written'],
    ['b/1.JPG', 'cluster 00/1 (2).JPG', 'hash of b/1.JPG', '0', '', 'renamed'],
    ['../../etc/pass:wd', 'cluster 11/pass_wd', 'hash of ../../etc/pass:wd', '11', '', 'written'],
    ['c/1.jpg', 'cluster 03 - .._birds/1.jpg', 'hash of c/1.jpg', '3', '../birds', 'written'],
    ['d/1.jpg', 'cluster 03 - .._birds/1.jpg', 'hash of c/1.jpg', '3', '../birds', 'same'],
    ['gone.jpg', '', 'hash of gone.jpg', '3', '', 'missing'],
    ['also gone.jpg', '', 'hash of gone.jpg', '3', '', 'missing'],
    ['new.jpg', 'no cluster/new.jpg', 'hash of new.jpg', '', '', 'written'],
  ]);
});

it('the folders they came in: a file and a folder of one name go side by side, the list is not overwritten', async () => {
  const files = await unzip(
    ['a', 'A/x.jpg', 'a/y.jpg', '/b//./c.jpg', '../up.jpg', 'manifest.csv'].map((path) => picture(path, 0)),
    { layout: 'structure', clusters: 1 },
  );
  expect(Object.keys(files)).toEqual([
    'a',
    'A (2)/x.jpg',
    'A (2)/y.jpg',
    'b/c.jpg',
    '__/up.jpg',
    'manifest (2).csv',
    'manifest.csv',
  ]);
  expect(text(files['manifest (2).csv'])).toBe('manifest.csv');
});

it('an image that cannot be read fails the archive instead of leaving a hole', async () => {
  const broken = picture('x', 0, { read: () => Promise.reject(new Error('gone')) });
  await expect(unzip([broken], { layout: 'cluster', clusters: 1 })).rejects.toThrow('gone');
});

it('pads cluster folders so that they sort', () => {
  expect([clusterFolder(3, 10), clusterFolder(3, 11), clusterFolder(3, 11, ' hens ')]).toEqual([
    'cluster 3',
    'cluster 03',
    'cluster 03 - hens',
  ]);
});

it('numbers a name within the length that names may have', () => {
  expect(numberedName('a.tar.gz', 2)).toBe('a.tar (2).gz');
  expect(numberedName('.x', 3)).toBe('.x (3)');
  const long = numberedName(`${'é'.repeat(125)}.jpeg`, 12);
  expect(new TextEncoder().encode(long).length).toBeLessThanOrEqual(255);
  expect(long).toMatch(/^é+ \(12\)\.jpeg$/);
});

it('gives every file a place of its own that file systems take, whatever the paths are', () => {
  const name = fc.oneof(
    fc.string({
      unit: fc.constantFrom('a', 'A', '.', ' ', '(2)', 'é', 'e\u0301', ':', '\u202e', '\ud83d', '🦔'),
    }),
    fc.constantFrom('con', 'NUL.txt', '..', '.', '', 'x'.repeat(300), '🦔'.repeat(80)),
  );
  const path = fc.array(name, { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(fc.array(path, { maxLength: 30 }), (paths) => {
      const names = new TargetNames();
      const fold = (parts: readonly string[]): string => parts.join('/').normalize('NFC').toLowerCase();
      const files = paths.map((one) => names.place(one));
      const folders = new Set(
        files.flatMap((parts) => parts.slice(1).map((_, i) => fold(parts.slice(0, i + 1)))),
      );
      expect(new Set(files.map(fold)).size).toBe(files.length);
      for (const file of files) {
        expect(folders.has(fold(file))).toBe(false);
        for (const part of file) {
          expect(part).not.toMatch(/^\.{0,2}$|[. ]$|[<>:"|?*\\/]|^(con|nul)(\.|$)/i);
          expect(part.isWellFormed()).toBe(true);
          expect(new TextEncoder().encode(part).length).toBeLessThanOrEqual(255);
        }
      }
    }),
    { numRuns: 300 },
  );
});
