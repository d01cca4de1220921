import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { drop, exportedTable, open, settled } from './actions';
import { expect, test } from './fixtures';
import { motifFolders, writeTree } from './make-images';

const cards = (page: Page): Locator => page.getByRole('article');
const undo = (page: Page, what: string): Locator =>
  page.getByRole('banner').getByRole('button', { name: `Undo: ${what}` });

/** Takes hold of something with the pointer and brings it over another thing, without letting go. */
async function drag(page: Page, from: Locator, to: Locator): Promise<void> {
  const [a, b] = [await from.boundingBox(), await to.boundingBox()];
  await page.mouse.move(a!.x + a!.width / 2, a!.y + a!.height / 2);
  await page.mouse.down();
  await page.mouse.move(b!.x + b!.width / 2, b!.y + b!.height / 2, { steps: 12 });
}

async function clustered(page: Page, url: string, folder: string): Promise<void> {
  writeTree(join(folder, 'photos'), motifFolders(5));
  await page.goto(url);
  await drop(page, join(folder, 'photos'));
  await settled(page);
}

test('cards of clusters are dragged onto each other to merge them, or chosen and merged by keyboard', async ({
  page,
  site,
  folder,
}) => {
  await clustered(page, site.url, folder);
  await open(page, 'Clusters');
  await expect(cards(page).first()).toBeVisible();
  const k = await cards(page).count();
  const before = await exportedTable(page, /^Labels/);

  // Onto another one, which shows that it would take it.
  await drag(page, cards(page).nth(2), cards(page).nth(0));
  await expect(cards(page).nth(0)).toHaveClass(/\bover\b/);
  await page.mouse.up();
  await expect(cards(page)).toHaveCount(k - 1);
  await expect(undo(page, 'merge 2 into 0')).toBeVisible();
  await expect(page.locator('article.over')).toHaveCount(0);
  const after = await exportedTable(page, /^Labels/);
  expect(after.map(({ cluster }) => cluster)).toEqual(
    before.map(({ cluster }) => (cluster === '2' ? '0' : cluster)),
  );
  await page.keyboard.press('ControlOrMeta+Z');
  await expect(cards(page)).toHaveCount(k);

  // Onto itself, or beside all cards: nothing is done.
  await drag(page, cards(page).nth(1), cards(page).nth(1).getByRole('checkbox'));
  await page.mouse.up();
  await drag(page, cards(page).nth(1), page.getByRole('heading', { name: 'Clusters', level: 1 }));
  await page.mouse.up();
  await expect(cards(page)).toHaveCount(k);
  await expect(page.getByRole('button', { name: 'Redo: merge 2 into 0' })).toBeEnabled();

  // The same without a pointer.
  for (const card of [0, 2]) {
    await cards(page).nth(card).getByRole('checkbox').focus();
    await page.keyboard.press('Space');
  }
  await expect(page.getByText('2 clusters chosen')).toBeVisible();
  await page.getByRole('button', { name: /^Merge into / }).focus();
  await page.keyboard.press('Enter');
  await expect(cards(page)).toHaveCount(k - 1);
  expect((await exportedTable(page, /^Labels/)).map(({ cluster }) => cluster)).toEqual(
    after.map(({ cluster }) => cluster),
  );
});

test('columns are dragged to Category and Hashtag, or sent there by keyboard', async ({
  page,
  site,
  folder,
}) => {
  await clustered(page, site.url, folder);
  await open(page, 'Explore');
  await page
    .getByRole('navigation', { name: 'Parts of Explore' })
    .getByRole('link', { name: 'Groupings' })
    .click();
  const list = (name: string): Locator => page.getByRole('region', { name, exact: true });
  const chip = (name: string): Locator => list(name).locator('[data-column=folder]');
  const [category, hashtag, unused] = ['Category', 'Hashtag', 'Not used'];
  await expect(chip(category)).toBeVisible();

  await drag(page, chip(category), list(hashtag));
  await expect(list(hashtag)).toHaveClass(/\bover\b/);
  await page.mouse.up();
  await expect(chip(hashtag)).toBeVisible();
  await expect(chip(category)).toHaveCount(0);
  await drag(page, chip(hashtag), list(unused));
  await page.mouse.up();
  await expect(chip(unused)).toBeVisible();
  await drag(page, chip(unused), page.getByRole('searchbox', { name: 'Search values' }));
  await page.mouse.up();
  await expect(chip(unused)).toBeVisible();

  // By keyboard: the menu of the column, and the keyboard stays with it.
  const menu = page.getByRole('button', { name: 'Move folder' });
  await menu.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'To Category' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(chip(category)).toBeVisible();
  await expect(menu).toBeFocused();
  await page.keyboard.press('ControlOrMeta+Z');
  await expect(chip(unused)).toBeVisible();
});
