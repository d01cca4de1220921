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
  await expect(page.getByRole('button', { name: /^root-\d: 6 images, 20%/ })).toHaveCount(5);
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
  await page.getByRole('button', { name: 'Cards' }).click({ timeout: 60_000 });
  const rows = page.getByRole('table', { name: 'Parts' }).getByRole('row');
  await expect(rows).toHaveCount(1 + 6, { timeout: 60_000 });
  const alone = rows.filter({ hasText: 'photos/alone' });
  await expect(alone.getByRole('cell')).toContainText(['', '1', '1']);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`)).toEqual([]);
  }
  await alone.getByRole('button').click();
  await expect(heading(page)).toHaveText('photos/alone');
  await expect(page.getByText(/1 image, 3% · 1 child/)).toBeVisible();
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByText(/7 images, 19% · \d children/)).toBeVisible();
  await expect(page.getByRole('region', { name: 'Children' }).getByRole('article').first()).toBeVisible();
});

test('the treemap and the outline of a tree by keyboard, and the treemap taken away as files', async ({
  page,
  site,
  folder,
}) => {
  writeTree(join(folder, 'photos'), motifFolders(7));
  await page.goto(site.url);
  await drop(page, join(folder, 'photos'));
  await settled(page);
  await open(page, 'Tree');
  await page.getByRole('spinbutton', { name: 'Children of a node' }).fill('5');
  await page.getByRole('spinbutton', { name: 'Levels' }).fill('2');
  await page.getByRole('spinbutton', { name: 'Smallest node to split' }).fill('4');
  await page.getByRole('button', { name: 'Make the tree' }).click();

  // Spatially from tile to tile, in, and out to where one came from.
  const treemap = page.getByRole('group', { name: /by area/ });
  const tile = (id: string) => treemap.getByRole('button', { name: new RegExp(`^${id}: `) });
  await expect(tile('root-4')).toBeVisible();
  await tile('root-0').focus();
  await page.keyboard.press('ArrowRight');
  await expect(tile('root-0')).not.toBeFocused();
  const there = (await treemap.locator(':focus').getAttribute('aria-label'))!.split(':')[0];
  await page.keyboard.press('Space');
  await expect(selected(page)).toHaveText('7 selected');
  await page.keyboard.press('Enter');
  await expect(heading(page)).toHaveText(there);
  await expect(treemap.locator(':focus')).toHaveAccessibleName(new RegExp(`^${there}-0: `));
  await page.keyboard.press('Backspace');
  await expect(heading(page)).toHaveText('All images');
  await expect(tile(there)).toBeFocused();
  await page.goBack();
  await expect(heading(page)).toHaveText(there);

  // The outline says the same, opens where the treemap is, and leads it.
  const outline = page.getByRole('tree', { name: 'Outline of the tree' });
  const item = (id: string) => outline.getByRole('treeitem', { name: new RegExp(`^${id}: `) });
  await expect(item(there)).toHaveAttribute('aria-selected', 'true');
  await item('root-2').focus();
  await page.keyboard.press('ArrowRight');
  await expect(item('root-2')).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('ArrowRight');
  await expect(item('root-2-0')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(heading(page)).toHaveText('root-2-0');
  await expect(item('root-2-0')).toBeFocused();
  await item('root-2').click();
  await expect(tile('root-2-0')).toBeVisible();

  // Coloured by how many have a value; the files hold the same numbers.
  await page.getByRole('combobox', { name: 'Colour' }).selectOption({ label: 'Share: Folder' });
  await page.getByRole('combobox', { name: 'Value' }).selectOption('photos/disc');
  await item('All images').click();
  const names = await treemap
    .getByRole('button', { name: /^root-\d: / })
    .evaluateAll((tiles) => tiles.map((button) => button.getAttribute('aria-label')!));
  expect(names.filter((name) => name.includes('100% with photos/disc'))).toHaveLength(1);
  expect(names.filter((name) => name.includes(', 0% with photos/disc'))).toHaveLength(4);
  const take = async (kind: RegExp): Promise<Buffer> => {
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save figure: Treemap of All images' }).click();
    await page.getByRole('button', { name: kind }).click();
    return readFileSync(await (await download).path());
  };
  const [header, ...rows] = parseCsv((await take(/^CSV/)).toString('utf8'));
  const children = rows.filter((row) => row[header.indexOf('parent')] === 'root');
  expect(children.map((row) => row[header.indexOf('images')])).toEqual(['7', '7', '7', '7', '7']);
  expect(children.map((row) => Number(row[header.indexOf('share')])).sort()).toEqual([0, 0, 0, 0, 1]);
  const svg = (await take(/^SVG/)).toString('utf8');
  for (const stated of ['Data: 35 images of “photos”', 'hierarchical k-means', 'Seed: 1.'])
    expect(svg).toContain(stated);
  expect(svg.match(/<image /g)!.length).toBeGreaterThan(20);
  const picture = await take(/^PNG/);
  const shown = (await treemap.boundingBox())!;
  expect(picture.readUInt32BE(16)).toBe(2 * (Math.floor(shown.width) + 32));

  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`)).toEqual([]);
  }
});
