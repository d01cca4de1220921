import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { parseCsv } from '../src/exports/csv';
import { counts, drop, open, settled } from './actions';
import { expect, test } from './fixtures';
import { motifFolders, MOTIFS, writeTree } from './make-images';

const NAMES = Object.keys(MOTIFS);
const DAY = 86_400_000;

/** Semicolons, a byte order mark, decimal commas; two images without a row, a row without an image, a key twice. */
function sheet(each: number): string {
  const rows = NAMES.flatMap((name, m) =>
    Array.from({ length: each }, (_, i) => {
      const taken = new Date(Date.UTC(2024, 0, 1) + (m * each + i) * DAY).toISOString().slice(0, 10);
      return [
        `${name}-${i}`,
        m < 2 ? 'lines' : 'areas',
        `${m * each + i},5`,
        taken,
        i % 2 ? 'true' : 'false',
      ];
    }),
  ).slice(2);
  rows.push(['nowhere', 'lines', '1', '2024-01-01', 'true'], [...rows[0]]);
  const lines = [['image', 'kind', 'size', 'taken', 'good'], ...rows].map((cells) => cells.join(';'));
  return `\uFEFF${lines.join('\r\n')}\r\n`;
}

async function clean(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`)).toEqual([]);
  }
}

const colourBy = (page: Page) => page.getByRole('combobox', { name: 'Colour by' });
const selected = (page: Page) =>
  page.getByRole('complementary', { name: 'Selection' }).getByRole('heading').first();

test('a table joined to images: colours, facts, comparison, another key, removed, brought back', async ({
  page,
  site,
  folder,
}) => {
  writeTree(join(folder, 'photos'), motifFolders(8));
  writeTree(folder, { 'about.csv': sheet(8) });
  await page.goto(site.url);
  await drop(page, join(folder, 'photos'));
  await settled(page);
  await drop(page, join(folder, 'about.csv'));

  const dialog = page.getByRole('dialog', { name: 'about.csv' });
  await expect(dialog.getByText('40 rows, 5 columns')).toBeVisible();
  await expect(dialog.getByText('38 of 40 images have a row (95%).')).toBeVisible();
  await expect(dialog.getByRole('combobox', { name: 'Column that names' })).toHaveValue('image');
  await expect(dialog.getByRole('row', { name: /taken dates Jan 3, 2024/ })).toBeVisible();
  await expect(dialog.getByRole('row', { name: /size numbers 2\.5/ })).toBeVisible();
  await expect(dialog.getByText('2 images without a row')).toBeVisible();
  await expect(dialog.getByText('1 key in several rows')).toBeVisible();
  await clean(page);
  await dialog.getByText('1 row without an image').click();
  await expect(dialog.getByText('nowhere')).toBeVisible();
  await dialog.getByText('2 images without a row').click();
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Download CSV: 2 images without a row' }).click();
  const without = parseCsv(readFileSync(await (await download).path(), 'utf8'));
  expect(without).toEqual([['path'], ['photos/stripes/stripes-0.jpg'], ['photos/stripes/stripes-1.png']]);

  // A stricter way finds nothing, and says so; the proposed one comes back with the column.
  await dialog.getByRole('checkbox', { name: 'Extensions have to agree' }).check();
  await expect(dialog.getByText('0 of 40 images have a row (0%).')).toBeVisible();
  await dialog.getByRole('checkbox', { name: 'Extensions have to agree' }).uncheck();
  await expect(dialog.getByText('38 of 40 images have a row (95%).')).toBeVisible();
  await dialog.getByRole('button', { name: 'Add the columns' }).click();
  await expect(page.getByText('5 columns added for 38 images.').first()).toBeVisible();
  await expect(dialog).toHaveCount(0);

  // The map: groups, and a scale in the unit of the column.
  await colourBy(page).selectOption('kind');
  const legend = page.getByRole('list', { name: 'Legend' });
  await expect(legend.getByRole('listitem')).toHaveText([/areas.*24/, /lines.*14/, /\(none\).*2/]);
  await legend.getByRole('button', { name: 'Select lines, 14 images' }).click();
  await expect(selected(page)).toHaveText('14 selected');
  await colourBy(page).selectOption('taken');
  await expect(page.getByText('Jan 3, 2024', { exact: true })).toBeVisible();
  await colourBy(page).selectOption('size');
  await page
    .getByRole('button', { name: /^Show only 2\.5 to / })
    .first()
    .click();
  await page.getByRole('group', { name: 'Filter' }).getByRole('button', { name: 'Select' }).click();
  await expect(selected(page)).toHaveText('5 selected');
  await clean(page);

  // What is known of one image.
  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  await page.getByRole('img', { name: 'photos/disc/disc-3.png' }).first().click();
  const facts = page.getByRole('complementary', { name: 'Selection' });
  await expect(facts.getByRole('heading', { name: 'Columns' })).toBeVisible();
  for (const text of ['disc-3', 'areas', '19.5', 'Jan 20, 2024', 'yes'])
    await expect(facts.getByText(text, { exact: true })).toBeVisible();

  // Clusters beside the column.
  await open(page, 'Compare');
  await page.getByRole('combobox', { name: 'Columns' }).selectOption('kind');
  await expect(page.getByRole('grid', { name: 'Confusion table' })).toBeVisible();
  await expect(page.getByRole('columnheader', { name: /areas/ })).toBeVisible();

  // Another key, taken back; removed, brought back; still there after a reload.
  await open(page, 'Data');
  await expect(page.getByText('38 of 40 images matched, 40 rows in the table')).toBeVisible();
  await page.getByRole('button', { name: 'Change the key of “about.csv”' }).click();
  const keys = page.getByRole('dialog', { name: 'about.csv' });
  await keys.getByRole('combobox', { name: 'Column that names' }).selectOption('kind');
  await expect(keys.getByText('0 of 40 images have a row (0%).')).toBeVisible();
  await keys.getByRole('button', { name: 'Use this key' }).click();
  await expect(page.getByText('0 of 40 images matched')).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(page.getByText('38 of 40 images matched')).toBeVisible();
  const columns = page.getByRole('region', { name: 'Columns' });
  await expect(columns.getByRole('row', { name: /kind text about\.csv 38/ })).toBeVisible();
  await clean(page);
  await page.getByRole('button', { name: 'Remove “about.csv”' }).click();
  await expect(columns).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect(columns.getByRole('row', { name: /kind text about\.csv 38/ })).toBeVisible();
  await page.reload();
  await expect(columns.getByRole('row', { name: /good yes or no about\.csv 38/ })).toBeVisible();
});

test('a folder with its table, an image that comes later, a table before any image', async ({
  page,
  site,
  folder,
}) => {
  const files = motifFolders(4);
  const { 'disc/disc-0.jpg': late, ...first } = files;
  const rows = Object.keys(files).map((path) => `${path},${path.split('/')[0].length}`);
  writeTree(join(folder, 'set'), { ...first, 'list.csv': ['where,letters', ...rows].join('\n') });
  writeTree(join(folder, 'set2', 'disc'), { 'disc-0.jpg': late });
  await page.goto(site.url);
  await drop(page, join(folder, 'set'));
  // It is offered, and stops nobody.
  const offer = page.getByRole('region', { name: 'Also in this folder' }).getByRole('listitem');
  await expect(offer).toContainText('set/list.csv');
  await settled(page);
  expect(await counts(page)).toMatchObject({ 'Files dropped': 19, Skipped: 0 });
  await expect(page.getByText('Not counted, and not kept until you decide: 1 file on offer.')).toBeVisible();
  await open(page, 'Map');
  await offer.getByRole('button', { name: 'Look at it…' }).click();
  const dialog = page.getByRole('dialog', { name: 'set/list.csv' });
  await expect(dialog.getByText('19 of 19 images have a row (100%).')).toBeVisible({ timeout: 60_000 });
  await dialog.getByRole('button', { name: 'Add the columns' }).click();
  await expect(dialog).toHaveCount(0);
  await settled(page);
  await open(page, 'Data');
  await expect(page.getByText('19 of 19 images matched, 20 rows in the table')).toBeVisible();
  await drop(page, join(folder, 'set2'));
  await expect(page.getByText('20 of 20 images matched')).toBeVisible({ timeout: 60_000 });

  // Split the tree by the column.
  await settled(page).catch(() => undefined);
  await open(page, 'Tree');
  await page.getByRole('combobox', { name: 'Split by' }).selectOption('letters');
  await page.getByRole('button', { name: 'Cluster each part' }).click();
  await expect(page.getByText('20 images, 100% · 4 children')).toBeVisible({ timeout: 60_000 });

  // Alone, a table makes a project and waits for its images.
  await open(page, 'Projects');
  await page.getByRole('button', { name: 'New project' }).click();
  writeTree(folder, {
    'alone.tsv': ['file\tscore', ...Object.keys(files).map((path, i) => `${path}\t${i}`)].join('\n'),
  });
  await drop(page, join(folder, 'alone.tsv'));
  const alone = page.getByRole('dialog', { name: 'alone.tsv' });
  await expect(alone.getByText('There are no images yet.')).toBeVisible();
  await alone.getByRole('button', { name: 'Keep in a new project' }).click();
  await expect(alone).toHaveCount(0);
  await drop(page, join(folder, 'set'));
  await settled(page);
  await offer.getByRole('button', { name: 'Leave it out' }).click();
  await expect(offer).toHaveCount(0);
  await open(page, 'Data');
  // What is left out is listed as what it is.
  await expect(page.getByText('set/list.csv').first()).toBeVisible({ timeout: 60_000 });
  expect(await counts(page)).toMatchObject({ 'Files dropped': 20, Embedded: 19, Skipped: 1 });
  await expect(page.getByText('on offer')).toHaveCount(0);
  await expect(page.getByText('19 of 19 images matched, 20 rows in the table')).toBeVisible();
});
