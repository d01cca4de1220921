import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { readNpy } from '../src/exports/npy';
import { parseCsv } from '../src/exports/csv';
import { counts, drop, exported, exportedTable, kSlider, open, settled } from './actions';
import { expect, test } from './fixtures';
import { awkwardNames, badFiles, motifFolders, MOTIFS, writeTree } from './make-images';

test('a folder, from the drop to the files taken away', async ({ page, site, folder }) => {
  const good = { ...motifFolders(5), ...awkwardNames() };
  const bad = badFiles();
  writeTree(join(folder, 'photos'), {
    ...good,
    'again/disc.jpg': good['disc/disc-0.jpg'],
    ...Object.fromEntries(Object.entries(bad).map(([path, { content }]) => [path, content])),
  });
  const paths = Object.keys(good).map((path) => `photos/${path}`);

  await page.goto(site.url);
  await expect(page.getByText('Nothing leaves this machine')).toBeVisible();
  await drop(page, join(folder, 'photos'));
  await expect(page.getByRole('button', { name: 'photos', exact: true })).toBeVisible();
  await settled(page);

  // Every file has its place.
  expect(await counts(page)).toEqual({
    'Files dropped': 39,
    Embedded: 33,
    Waiting: 0,
    Duplicates: 1,
    Skipped: 5,
    Missing: 0,
  });
  await expect(page.getByText('The parts add up to 39.')).toBeVisible();
  for (const path of Object.keys(bad))
    await expect(page.getByRole('cell', { name: `photos/${path}` })).toBeVisible();
  expect(await page.title()).toBe('photos · Tessera');

  // k answers at once.
  await open(page, 'Map');
  const slider = kSlider(page);
  await slider.fill('8');
  await expect(page.getByRole('list', { name: 'Legend' }).getByRole('listitem')).toHaveCount(8);
  await slider.fill('6');
  await expect(page.getByRole('list', { name: 'Legend' }).getByRole('listitem')).toHaveCount(6);

  // What is taken away agrees with itself.
  const labels = await exportedTable(page, /^Labels/);
  const distinct = labels.filter(
    ({ path }) => path !== 'photos/again/disc.jpg' && path !== 'photos/disc/disc-0.jpg',
  );
  expect(distinct.map(({ path }) => path).sort()).toEqual(
    paths.filter((path) => path !== 'photos/disc/disc-0.jpg').sort(),
  );
  expect(new Set(labels.map(({ cluster }) => cluster)).size).toBe(6);

  const embeddings = readNpy(await exported(page, /^Embeddings \(NPY\)/));
  expect(embeddings.shape).toEqual([33, 256]);
  expect(embeddings.data.every(Number.isFinite)).toBe(true);

  const scores = await exportedTable(page, /^Scores/);
  expect(scores[0]).toMatchObject({ k: '5' });
  expect(scores.map(({ k }) => Number(k))).toEqual(scores.map((_, i) => i + 5));

  const skipped = await exportedTable(page, /^Skipped/);
  expect(skipped.map(({ path }) => path).sort()).toEqual(
    Object.keys(bad)
      .map((path) => `photos/${path}`)
      .sort(),
  );

  const bundle = unzipSync(await exported(page, /^Embeddings bundle/));
  expect(readNpy(bundle['embeddings.npy'])).toEqual(embeddings);
  expect(parseCsv(Buffer.from(bundle['index.csv']).toString())[1][2]).toMatch(/^[0-9a-f]{64}$/);
});

test('a selection: a cluster picked, its images taken away in a folder', async ({ page, site, folder }) => {
  const files = motifFolders(4);
  writeTree(join(folder, 'photos'), files);
  await page.goto(site.url);
  await drop(page, join(folder, 'photos'));
  await settled(page);
  await open(page, 'Clusters');
  await expect(page.getByRole('article')).toHaveCount(5);

  // A cluster opens as a page: nearest first, farthest first.
  await page.getByRole('button', { name: 'Cluster 1', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Cluster 1', level: 1 })).toBeVisible();
  await expect(page.getByRole('img', { name: 'Mean of 4 images' })).toBeVisible();
  const cells = page.getByRole('grid', { name: 'All images' }).getByRole('gridcell');
  await expect(cells).toHaveCount(4);
  await expect(cells.getByRole('img')).toHaveCount(4);
  const names = await cells
    .getByRole('img')
    .evaluateAll((all) => all.map((image) => (image as HTMLImageElement).alt));
  await page.getByRole('button', { name: 'Farthest first' }).click();
  await expect(cells.first().getByRole('img')).toHaveAccessibleName(names[3]);

  await page.getByRole('button', { name: 'Select all' }).click();
  await expect(
    page.getByRole('complementary', { name: 'Selection' }).getByRole('heading').first(),
  ).toContainText('4');
  const images = unzipSync(await exported(page, /^Images by cluster/));
  const motif = names[0].split('/')[1];
  expect(Object.keys(MOTIFS)).toContain(motif);
  const inside = Object.entries(images).filter(([name]) => name !== 'manifest.csv');
  expect(inside.map(([name]) => name.split('/').at(-1)).sort()).toEqual(
    names.map((name) => name.split('/').at(-1)).sort(),
  );
  for (const [name, bytes] of inside)
    expect(Buffer.from(bytes).equals(files[`${motif}/${name.split('/').at(-1)}`])).toBe(true);
});

test('a lasso on the map selects', async ({ page, site, folder }) => {
  writeTree(join(folder, 'photos'), motifFolders(4));
  await page.goto(site.url);
  await drop(page, join(folder, 'photos'));
  await settled(page);
  await open(page, 'Map');
  const map = page.getByRole('application', { name: /Map of all images/ });
  const { x, y, width, height } = (await map.boundingBox())!;
  await page.getByRole('button', { name: 'Lasso' }).click();
  // Once round the whole map, inside the tools and the legend.
  const corners = [
    [0.01, 0.16],
    [0.99, 0.16],
    [0.99, 0.7],
    [0.75, 0.99],
    [0.01, 0.99],
    [0.01, 0.16],
  ];
  await page.mouse.move(x + width * 0.01, y + height * 0.16);
  await page.mouse.down();
  for (const [u, v] of corners) await page.mouse.move(x + width * u, y + height * v, { steps: 8 });
  await page.mouse.up();
  const heading = page.getByRole('complementary', { name: 'Selection' }).getByRole('heading').first();
  await expect(heading).toHaveText(/^\d+ (images )?selected|^\d+ of 20/);
  const selected = Number.parseInt((await heading.innerText()).replace(/\D*/, ''), 10);
  expect(selected).toBeGreaterThan(4);
  await page.keyboard.press('Escape');
  await expect(heading).toHaveText('All 20 images');
});

test('a classifier dropped as ONNX: its layer before the classes is proposed, cut there and used', async ({
  page,
  site,
  folder,
}) => {
  writeTree(folder, { 'net.onnx': readFileSync('test/fixtures/onnx/resnet.onnx') });
  writeTree(join(folder, 'photos'), motifFolders(3));
  await page.goto(site.url);
  await drop(page, join(folder, 'photos'));
  await settled(page);
  await drop(page, join(folder, 'net.onnx'));
  const dialog = page.getByRole('dialog', { name: /^net/ });
  await expect(dialog.getByRole('combobox', { name: 'Layer' })).toContainText('(proposed)');
  await dialog.getByRole('button', { name: 'Use' }).click();
  await open(page, 'Map');
  await settled(page);
  const matrix = readNpy(await exported(page, /^Embeddings \(NPY\)/));
  expect(matrix.shape[0]).toBe(15);
  expect(matrix.shape[1]).toBeLessThan(256);
});
