import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { counts, drop, imagesInBar, open, settled } from './actions';
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

/** Files of a project whose bytes are kept. */
const keptOf = (page: Page, name: string): Promise<number> =>
  page.evaluate(async (wanted) => {
    const asked = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error!);
      });
    const db = await asked(indexedDB.open('tessera'));
    const stores = db.transaction(['projects', 'blobs']);
    const projects = (await asked(stores.objectStore('projects').getAll())) as { id: string; name: string }[];
    const id = projects.find((project) => project.name === wanted)?.id ?? '';
    const kept = await asked(stores.objectStore('blobs').count(IDBKeyRange.bound([id], [id, []])));
    db.close();
    return kept;
  }, name);

test('a set taken out before it is ready says so when it is opened, and goes on when asked', async ({
  page,
  site,
  folder,
}) => {
  test.setTimeout(400_000);
  await page.goto(`${site.url}?backend=wasm`);
  await dropSets(page, folder, { birds: motifFolders(60), cats: motifFolders(4) });
  // It is read ahead while the other is embedded.
  await expect.poll(() => keptOf(page, 'cats'), { timeout: 60_000 }).toBe(20);
  await page.getByRole('button', { name: 'Take “cats” out of the queue' }).click();
  await expect(row(page, 'cats')).toHaveCount(0);
  await page.reload();
  await open(page, 'Projects');
  const cats = page
    .getByRole('listitem')
    .filter({ has: page.getByRole('button', { name: 'Delete “cats”' }) });
  await cats.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(page).toHaveTitle(/cats/);
  const notice = page.getByRole('region', { name: 'Messages' }).getByText(/20 images of this project/);
  await expect(notice).toContainText('are not embedded yet');
  await page.getByRole('button', { name: 'Continue' }).first().click();
  await imagesInBar(page, 20);
  await settled(page);
  expect(await counts(page)).toMatchObject({ Embedded: 20, Waiting: 0, Missing: 0 });
});
