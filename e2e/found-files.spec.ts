import { join } from 'node:path';
import { lacks, shared } from '../test/shared';
import { counts, drop, exportedTable, imagesInBar, open, settled } from './actions';
import { expect, test } from './fixtures';

/** Files as people have them, in the page; the command's twin of this is command-files.spec.ts. */
const RAYS = shared('data/credo-rays.json');
const DUMP = shared('data/credo-rays.es.ndjson');
const CLOTHING = shared('data/clothing');

test('detections and a dump of an index: all pictures, all columns', async ({ page }) => {
  test.skip(!RAYS || !DUMP, lacks('data/credo-rays.json', 'data/credo-rays.es.ndjson'));
  await page.goto('/?backend=wasm');
  await drop(page, RAYS!);
  const first = page.getByRole('dialog', { name: 'credo-rays.json' });
  await expect(first.getByText(/Records under “detections” · about \d+ records/)).toBeVisible();
  const field = first.getByRole('combobox', { name: /Field that holds the picture/ });
  await expect(field).toHaveValue('frame_content');
  await first.getByRole('button', { name: /^Take about \d+ images$/ }).click();
  await imagesInBar(page, 400);
  await settled(page);
  const all = { 'Files dropped': 400, Embedded: 400, Duplicates: 0, Skipped: 0, Missing: 0, Waiting: 0 };
  expect(await counts(page)).toEqual(all);
  const columns = page.getByRole('region', { name: 'Columns' });
  await expect(columns.getByRole('row', { name: /^timestamp date/ })).toBeVisible();
  await expect(columns.getByRole('row', { name: /^device_id number/ })).toBeVisible();
  expect(await exportedTable(page, /^Labels/)).toHaveLength(400);

  await drop(page, DUMP!);
  const second = page.getByRole('dialog', { name: 'credo-rays.es.ndjson' });
  await expect(second.getByText(/elasticdump\) · (about )?\d+ records/)).toBeVisible();
  await second.getByRole('radio', { name: 'New project “credo-rays.es”' }).check();
  await second.getByRole('button', { name: /^Take (about )?\d+ images$/ }).click();
  await imagesInBar(page, 60);
  await settled(page);
  expect(await counts(page)).toEqual({ ...all, 'Files dropped': 60, Embedded: 60 });
  const paths = (await exportedTable(page, /^Labels/)).map(({ path }) => path);
  expect(paths).toHaveLength(60);
  expect(paths).toContain('credo-rays.es/5162513.png');
});

test('a folder of images with the table of its labels', async ({ page }) => {
  test.skip(!CLOTHING, lacks('data/clothing'));
  await page.goto('/?backend=wasm');
  await drop(page, join(CLOTHING!, 'images'));
  await imagesInBar(page, 165);
  await settled(page);
  await drop(page, join(CLOTHING!, 'images.csv'));
  const dialog = page.getByRole('dialog', { name: 'images.csv' });
  await expect(dialog.getByText('170 rows, 4 columns')).toBeVisible();
  await expect(dialog.getByText(/^160 of 165 images have a row/)).toBeVisible();
  await expect(dialog.getByRole('combobox', { name: 'Column that names' })).toHaveValue('image');
  await expect(dialog.getByText('10 rows without an image')).toBeVisible();
  await expect(dialog.getByText('5 images without a row')).toBeVisible();
  await dialog.getByRole('button', { name: 'Add the columns' }).click();
  await expect(page.getByText('4 columns added for 160 images.').first()).toBeVisible();
  await open(page, 'Map');
  await page.getByRole('combobox', { name: 'Colour by' }).selectOption('label');
  const legend = page.getByRole('list', { name: 'Legend' });
  // 17 classes, and those without a row.
  await expect(legend.getByRole('listitem').filter({ hasText: '(none)' })).toContainText('5');
  expect(await counts(page)).toMatchObject({ 'Files dropped': 165, Embedded: 165, Skipped: 0 });
});
