import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { parseCsv } from '../src/exports/csv';
import { drop, open, settled } from './actions';
import { expect, test } from './fixtures';
import { motifFolders, png, MOTIFS, writeTree } from './make-images';

const heading = (page: Page) => page.getByRole('main').getByRole('heading', { level: 2 });
const selected = (page: Page) =>
  page.getByRole('complementary', { name: 'Selection' }).getByRole('heading').first();

/** The table that a button hands out. */
async function downloaded(page: Page, name: string): Promise<Record<string, string>[]> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name }).click();
  const [header, ...rows] = parseCsv(readFileSync(await (await download).path(), 'utf8'));
  return rows.map((row) => Object.fromEntries(row.map((cell, i) => [header[i], cell])));
}

test('a tree made and browsed by keyboard alone, its images selected, its table taken away', async ({
  page,
  site,
  folder,
}) => {
  writeTree(join(folder, 'photos'), motifFolders(6));
  await page.goto(site.url);
  await drop(page, join(folder, 'photos'));
  await settled(page);
  await page.keyboard.press('3');
  await expect(page).toHaveURL(/#tree$/);
  await page.getByRole('spinbutton', { name: 'Children of a node' }).fill('1');
  await expect(page.getByRole('button', { name: 'Make the tree' })).toBeDisabled();
  await page.getByRole('spinbutton', { name: 'Children of a node' }).fill('5');
  await page.getByRole('spinbutton', { name: 'Levels' }).fill('2');
  await page.getByRole('spinbutton', { name: 'Smallest node to split' }).fill('4');
  await page.keyboard.press('Enter');

  // Down, sideways, up: the five motifs are the five children.
  await expect(heading(page)).toHaveText('All images');
  await expect(page.getByRole('region', { name: 'Children' }).getByRole('article')).toHaveCount(5);
  await page.keyboard.press('Escape');
  await page.getByRole('main').focus();
  await page.keyboard.press('ArrowDown');
  await expect(heading(page)).toHaveText('root-0');
  await expect(page).toHaveURL(/#tree-root-0$/);
  await expect(page.getByText(/^\s*6 images, 20% · /)).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(heading(page)).toHaveText('root-1');
  await page.keyboard.press('ArrowLeft');
  await expect(heading(page)).toHaveText('root-0');
  await page.keyboard.press('ArrowUp');
  await expect(heading(page)).toHaveText('All images');
  await page.goBack();
  await expect(heading(page)).toHaveText('root-0');

  // Typed.
  const goTo = page.getByRole('searchbox', { name: 'Go to node' });
  await page.keyboard.press('/');
  await expect(goTo).toBeFocused();
  await goTo.fill('root-9-9');
  await page.keyboard.press('Enter');
  await expect(page.getByText('There is no node root-9-9.')).toBeVisible();
  await goTo.fill('3');
  await page.keyboard.press('Enter');
  await expect(heading(page)).toHaveText('root-3');
  await expect(page.getByRole('navigation', { name: 'Way from the root' })).toContainText('All images');

  // One selection everywhere.
  await page.getByRole('button', { name: 'Select all' }).click();
  await expect(selected(page)).toHaveText('6 selected');
  await expect(page.getByRole('grid', { name: 'Images of this node' }).getByRole('gridcell')).toHaveCount(6);

  const table = await downloaded(page, 'Tree as CSV');
  expect(table).toHaveLength(30);
  const byChild = new Map<string, Set<string>>();
  for (const { path, level_1: child } of table)
    byChild.set(child, (byChild.get(child) ?? new Set()).add(path.split('/')[1]));
  expect([...byChild.keys()].sort()).toEqual(['root-0', 'root-1', 'root-2', 'root-3', 'root-4']);
  expect([...byChild.values()].map(({ size }) => size)).toEqual([1, 1, 1, 1, 1]);

  // A name, taken back; the tree is still there after a reload.
  await page.getByRole('textbox', { name: 'Name' }).fill('a motif');
  await page.keyboard.press('Enter');
  await expect(heading(page)).toHaveText('a motif');
  await page.getByRole('main').focus();
  await page.keyboard.press('Control+z');
  await expect(heading(page)).toHaveText('root-3');
  await page.reload();
  await expect(heading(page)).toHaveText('root-3', { timeout: 60_000 });
});

test('each folder clustered on its own, one of them a single image; accessible in both themes', async ({
  page,
  site,
  folder,
}) => {
  writeTree(join(folder, 'photos'), {
    ...motifFolders(7),
    'alone/only.png': png(64, 64, MOTIFS['disc'](40)),
  });
  await page.goto(site.url);
  await drop(page, join(folder, 'photos'));
  await settled(page);
  await open(page, 'Tree');
  await page.getByRole('combobox', { name: 'Split by' }).selectOption({ label: 'Folder' });
  await page.getByRole('button', { name: 'Cluster each part' }).click();
  const rows = page.getByRole('table', { name: 'Parts' }).getByRole('row');
  await expect(rows).toHaveCount(1 + 6, { timeout: 60_000 });
  const alone = rows.filter({ hasText: 'photos/alone' });
  await expect(alone.getByRole('cell')).toContainText(['', '1', '1']);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`)).toEqual([]);
  }
  await alone.getByRole('button').click();
  await expect(heading(page)).toHaveText('photos/alone');
  await expect(page.getByText(/1 image, 2% · 1 child/)).toBeVisible();
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByText(/7 images, 19% · \d children/)).toBeVisible();
  await expect(page.getByRole('region', { name: 'Children' }).getByRole('article').first()).toBeVisible();
});
