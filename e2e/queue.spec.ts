import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { counts, drop, imagesInBar, open, settled } from './actions';
import { expect, test } from './fixtures';
import { motifFolders, writeTree } from './make-images';

const panel = (page: Page) => page.getByRole('region', { name: 'Queue' });
const rows = (page: Page) => panel(page).getByRole('listitem');
const row = (page: Page, name: string) => rows(page).filter({ hasText: name });

async function names(page: Page): Promise<string[]> {
  return panel(page).locator('.name').allInnerTexts();
}

async function dropThree(page: Page, folder: string, sizes: [number, number, number]): Promise<void> {
  ['birds', 'cats', 'dogs'].forEach((name, i) => writeTree(join(folder, name), motifFolders(sizes[i])));
  await drop(page, join(folder, 'birds'), join(folder, 'cats'), join(folder, 'dogs'));
  await page.getByRole('button', { name: '3 projects, one behind the other' }).click();
}

test('three folders: a project each, moved, paused, looked at, and all clustered', async ({
  page,
  site,
  folder,
}) => {
  test.setTimeout(600_000);
  await page.goto(`${site.url}?backend=wasm`);
  await dropThree(page, folder, [30, 4, 3]);
  await open(page, 'Projects');
  await expect(rows(page)).toHaveCount(3, { timeout: 60_000 });
  expect(await names(page)).toEqual(['birds', 'cats', 'dogs']);
  await expect(row(page, 'birds')).toContainText('Embedding', { timeout: 60_000 });
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);

  // By keyboard: the focus stays with the row that is moved.
  const up = page.getByRole('button', { name: 'Move “dogs” up' });
  await up.focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => names(page)).toEqual(['birds', 'dogs', 'cats']);
  await expect(up).toBeFocused();
  await page.getByRole('button', { name: 'Pause “cats”' }).click();
  await expect(row(page, 'cats')).toContainText('Paused');

  await page.getByRole('button', { name: 'Open “dogs”' }).click();
  await expect(page).toHaveTitle(/dogs/);
  await expect(page.getByRole('banner').getByText(/queue/i).first()).toBeVisible();
  await imagesInBar(page, 15);
  await settled(page);
  await open(page, 'Projects');
  await expect(row(page, 'birds')).toContainText('Ready', { timeout: 120_000 });
  await expect(row(page, 'cats')).toContainText('Paused');
  await page.getByRole('button', { name: 'Let “cats” go on' }).click();
  await expect(page.getByText(/\d sets are ready/).first()).toBeVisible({ timeout: 120_000 });
  await page.getByRole('button', { name: 'Open “cats”' }).click();
  await settled(page);
  expect(await counts(page)).toMatchObject({ 'Files dropped': 20, Embedded: 20, Waiting: 0, Missing: 0 });
});

test('closed in the middle and opened again, the queue goes on', async ({ page, context, site, folder }) => {
  test.setTimeout(600_000);
  await page.goto(`${site.url}?backend=wasm`);
  await dropThree(page, folder, [40, 4, 3]);
  await open(page, 'Projects');
  // Those that wait are read meanwhile.
  await expect(row(page, 'dogs')).toContainText(/Waiting/, { timeout: 60_000 });
  await expect(row(page, 'birds')).toContainText('Embedding', { timeout: 60_000 });
  await page.waitForTimeout(5000);
  await page.close({ runBeforeUnload: false });

  const again = await context.newPage();
  await again.goto(site.url);
  await open(again, 'Projects');
  for (const name of ['cats', 'dogs'])
    await expect(row(again, name)).toContainText(/Ready|Embedded/, { timeout: 240_000 });
  await again.getByRole('button', { name: 'Open “dogs”' }).click();
  await settled(again);
  expect(await counts(again)).toMatchObject({ Embedded: 15, Missing: 0 });
});

test('a new project while another is embedded waits for its turn', async ({ page, site, folder }) => {
  test.setTimeout(600_000);
  writeTree(join(folder, 'first'), motifFolders(30));
  writeTree(join(folder, 'second'), motifFolders(3));
  await page.goto(`${site.url}?backend=wasm`);
  await drop(page, join(folder, 'first'));
  await expect(page.getByRole('button', { name: 'Pause', exact: true })).toBeVisible({ timeout: 60_000 });
  await open(page, 'Projects');
  await page.getByRole('button', { name: 'New project' }).click();
  await drop(page, join(folder, 'second'));
  await expect(page).toHaveTitle(/second/);
  await expect(page.getByText('In the queue: 1 set before it')).toBeVisible({ timeout: 30_000 });
  await page.getByRole('button', { name: /^Queue: / }).click();
  await expect(row(page, 'first')).toContainText('Embedding');
  await imagesInBar(page, 15);
});
