import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { counts, drop, imagesInBar, exportedTable, open, settled } from './actions';
import { expect, test } from './fixtures';
import { awkwardNames, jpeg, MOTIFS, motifFolders, png, writeTree } from './make-images';

test('three images', async ({ page, site, folder }) => {
  const three = Object.fromEntries(Object.entries(motifFolders(1)).slice(0, 3));
  writeTree(join(folder, 'three'), three);
  await page.goto(site.url);
  await drop(page, join(folder, 'three'));
  await expect(page.getByRole('status').getByText(/2 clusters found/)).toBeVisible({
    timeout: 60_000,
  });
  expect(await counts(page)).toMatchObject({ 'Files dropped': 3, Embedded: 3 });
  expect(await exportedTable(page, /^Labels/)).toHaveLength(3);
});

test('all images identical: one image and its copies', async ({ page, site, folder }) => {
  const picture = jpeg(64, 64, MOTIFS['disc'](0));
  writeTree(
    join(folder, 'same'),
    Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`${i}.jpg`, picture])),
  );
  await page.goto(site.url);
  await drop(page, join(folder, 'same'));
  await imagesInBar(page, 1);
  expect(await counts(page)).toMatchObject({ 'Files dropped': 12, Embedded: 1, Duplicates: 11 });
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('all pictures the same in different files: they share a cluster', async ({ page, site, folder }) => {
  const files = Array.from({ length: 8 }, (_, i) => [
    `${i}.png`,
    // Bytes after the end of a PNG change the file and not the picture.
    Buffer.concat([png(32, 32, MOTIFS['disc'](0)), Buffer.from([i])]),
  ]);
  writeTree(join(folder, 'alike'), Object.fromEntries(files));
  await page.goto(site.url);
  await drop(page, join(folder, 'alike'));
  await imagesInBar(page, 8);
  await expect(page.getByRole('progressbar')).toHaveCount(0, { timeout: 60_000 });
  await expect
    .poll(() => exportedTable(page, /^Labels/).then((rows) => rows.map(({ cluster }) => cluster)))
    .toEqual(Array.from({ length: 8 }, () => '0'));
});

test('an empty folder says so and makes no project', async ({ page, site, folder }) => {
  mkdirSync(join(folder, 'empty/inner'), { recursive: true });
  await page.goto(site.url);
  await drop(page, join(folder, 'empty'));
  const messages = page.getByRole('region', { name: 'Messages' });
  await expect(messages.getByText('There was no file in what was dropped.')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Drop images or a folder here' })).toBeVisible();
});

test('a folder with no image: every file with its reason, and no error', async ({ page, site, folder }) => {
  writeTree(join(folder, 'texts'), { 'a.txt': 'a', 'b/c.csv': 'x,y', 'b/d.jpg': '' });
  await page.goto(site.url);
  await drop(page, join(folder, 'texts'));
  // A table within a folder is offered; it may be left where it is.
  await page.getByRole('button', { name: 'Leave it out' }).click();
  await expect(page.getByRole('link', { name: '3 skipped' })).toBeVisible();
  expect(await counts(page)).toMatchObject({ 'Files dropped': 3, Embedded: 0, Skipped: 3 });
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('names: markup, formulas, right to left, emoji, 255 bytes are shown and kept as they are', async ({
  page,
  site,
  folder,
}) => {
  page.on('dialog', (dialog) => expect(dialog.message()).toBe('no dialog at all'));
  const files = awkwardNames();
  writeTree(folder, files);
  await page.goto(site.url);
  await drop(page, join(folder, 'names'));
  await settled(page);
  await open(page, 'Clusters');
  await expect(page.getByRole('article').first()).toBeVisible();
  expect(await page.title()).toBe('names · Tessera');
  const labels = await exportedTable(page, /^Labels/);
  expect(labels.map(({ path }) => path).sort()).toEqual(Object.keys(files).sort());
});

test('a ZIP archive is a folder; a broken one has a reason', async ({ page, site, folder }) => {
  const files = motifFolders(2);
  // Paths of 300 characters fit into an archive, if not onto every disk.
  const long = `${'deep/'.repeat(58)}picture.png`;
  writeTree(folder, {
    'photos.zip': Buffer.from(zipSync({ ...files, [long]: png(16, 16, MOTIFS['checks'](3)) })),
    'broken.zip': Buffer.from(zipSync(files)).subarray(0, 900),
  });
  await page.goto(site.url);
  await drop(page, join(folder, 'photos.zip'), join(folder, 'broken.zip'));
  await page.getByRole('button', { name: 'One project' }).click();
  await settled(page);
  // The broken one is cut in its third picture: two are whole, copies of those of the other.
  expect(await counts(page)).toMatchObject({
    'Files dropped': 14,
    Embedded: 11,
    Duplicates: 2,
    Skipped: 1,
  });
  await expect(page.getByRole('cell', { name: 'broken.zip', exact: true })).toBeVisible();
  await expect(page.getByRole('row', { name: /broken\.zip .*cut short/ })).toBeVisible();
  const labels = await exportedTable(page, /^Labels/);
  expect(labels.some(({ path }) => path.endsWith(long))).toBe(true);
});

test('a file that is no ONNX network is refused with a sentence', async ({ page, site, folder }) => {
  writeTree(folder, { 'model.onnx': 'This is not a network.' });
  await page.goto(site.url);
  await drop(page, join(folder, 'model.onnx'));
  await expect(page.getByRole('alert')).toContainText('not an ONNX network');
});

test('an ONNX network with two inputs is refused with a sentence that names them', async ({
  page,
  site,
  folder,
}) => {
  writeTree(folder, { 'pair.onnx': readFileSync('test/fixtures/onnx/two-inputs.onnx') });
  await page.goto(site.url);
  await drop(page, join(folder, 'pair.onnx'));
  await expect(page.getByRole('alert')).toContainText('inputs');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('the run goes on when more is dropped into it', async ({ page, site, folder }) => {
  const files = motifFolders(6);
  const [first, second] = [Object.entries(files).slice(0, 20), Object.entries(files).slice(20)];
  writeTree(join(folder, 'one'), Object.fromEntries(first));
  writeTree(join(folder, 'two'), Object.fromEntries(second));
  await page.goto(site.url);
  await drop(page, join(folder, 'one'));
  await expect(page.getByRole('progressbar')).toBeVisible();
  await drop(page, join(folder, 'two'));
  await imagesInBar(page, 30);
  await settled(page);
  expect(await counts(page)).toMatchObject({ 'Files dropped': 30, Embedded: 30 });
});
