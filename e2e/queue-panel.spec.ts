import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { drop, open } from './actions';
import { expect, test } from './fixtures';
import { motifFolders, writeTree } from './make-images';

const panel = (page: Page) => page.getByRole('region', { name: 'Queue' });
const rows = (page: Page) => panel(page).getByRole('listitem');
const row = (page: Page, name: string) => rows(page).filter({ hasText: name });
const names = (page: Page): Promise<string[]> => panel(page).locator('.name').allInnerTexts();

async function dropSets(
  page: Page,
  folder: string,
  sets: Record<string, Record<string, Buffer>>,
): Promise<void> {
  for (const [name, files] of Object.entries(sets)) writeTree(join(folder, name), files);
  const all = Object.keys(sets);
  await drop(page, ...all.map((name) => join(folder, name)));
  await page.getByRole('button', { name: `${all.length} projects, one behind the other` }).click();
  await open(page, 'Projects');
  await expect(rows(page)).toHaveCount(all.length, { timeout: 60_000 });
}

test('dragged to another place, seen in a second tab, taken over when the first is closed', async ({
  page,
  context,
  site,
  folder,
}) => {
  test.setTimeout(400_000);
  await page.goto(`${site.url}?backend=wasm`);
  await dropSets(page, folder, { birds: motifFolders(40), cats: motifFolders(3), dogs: motifFolders(3) });
  await expect(row(page, 'birds')).toContainText('Embedding', { timeout: 60_000 });
  await row(page, 'dogs').dragTo(row(page, 'cats'), { targetPosition: { x: 40, y: 4 } });
  await expect.poll(() => names(page)).toEqual(['birds', 'dogs', 'cats']);

  const second = await context.newPage();
  await second.goto(`${site.url}?backend=wasm`);
  await open(second, 'Projects');
  await expect(panel(second)).toContainText('worked on in another tab', { timeout: 60_000 });
  expect(await names(second)).toEqual(['birds', 'dogs', 'cats']);
  await expect(panel(second).getByRole('button', { name: /^Pause/ })).toHaveCount(0);
  // What is moved there moves here.
  await page.getByRole('button', { name: 'Move “cats” up' }).click();
  await expect.poll(() => names(second)).toEqual(['birds', 'cats', 'dogs']);

  await page.close();
  await expect(panel(second)).not.toContainText('worked on in another tab', { timeout: 60_000 });
  for (const name of ['cats', 'dogs'])
    await expect(row(second, name)).toContainText(/Ready|Embedded/, { timeout: 240_000 });
});
