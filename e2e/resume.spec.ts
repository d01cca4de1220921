import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { counts, drop, imagesInBar, exportedTable, settled } from './actions';
import { expect, test } from './fixtures';
import { motifFolders, writeTree } from './make-images';

/** The first images are embedded, and the run goes on. */
async function started(page: Page): Promise<void> {
  await expect(page.getByRole('banner').getByText(/^[1-9]\d* images/)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
}

test('closed half-way, opened again: it goes on where it was', async ({ page, context, site, folder }) => {
  const files = motifFolders(60);
  writeTree(join(folder, 'photos'), files);
  await page.goto(`${site.url}?backend=wasm`);
  await drop(page, join(folder, 'photos'));
  await started(page);
  await page.close({ runBeforeUnload: false });

  const again = await context.newPage();
  await again.goto(site.url);
  await expect
    .poll(() => counts(again), { timeout: 120_000 })
    .toMatchObject({ 'Files dropped': 300, Waiting: 0 });
  const { Embedded: embedded, Missing: missing } = await counts(again);
  expect(embedded).toBeGreaterThan(0);
  expect(embedded + missing).toBe(300);
  if (missing > 0) {
    await drop(again, join(folder, 'photos'));
    await imagesInBar(again, 300);
    await settled(again);
  }
  expect(await counts(again)).toMatchObject({
    'Files dropped': 300,
    Embedded: 300,
    Missing: 0,
    Duplicates: 0,
  });
  await expect.poll(() => exportedTable(again, /^Labels/).then((rows) => rows.length)).toBe(300);
});

test('paused and resumed, cancelled and continued', async ({ page, site, folder }) => {
  writeTree(join(folder, 'photos'), motifFolders(40));
  await page.goto(`${site.url}?backend=wasm`);
  await drop(page, join(folder, 'photos'));
  await started(page);
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByRole('banner').getByText('Paused')).toBeVisible();
  // The batch that the network is at is still finished and kept.
  await page.waitForTimeout(3000);
  const header = page.getByRole('banner');
  const then = await header.innerText();
  await page.waitForTimeout(2500);
  expect(await header.innerText()).toBe(then);
  await page.getByRole('button', { name: 'Resume' }).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Continue' }).click({ timeout: 60_000 });
  // Its turn comes a moment later.
  await expect
    .poll(() => counts(page), { timeout: 120_000 })
    .toMatchObject({ 'Files dropped': 200, Embedded: 200, Waiting: 0, Missing: 0 });
});

test('two tabs: the second says that the first is at work, and nothing is done twice', async ({
  page,
  context,
  site,
  folder,
}) => {
  writeTree(join(folder, 'photos'), motifFolders(60));
  await page.goto(`${site.url}?backend=wasm`);
  await drop(page, join(folder, 'photos'));
  await started(page);
  const second = await context.newPage();
  await second.goto(`${site.url}?backend=wasm`);
  await expect(second.getByText(/worked on in another tab/).first()).toBeVisible({ timeout: 30_000 });
  await settled(page);
  expect(await counts(page)).toMatchObject({ 'Files dropped': 300, Embedded: 300, Duplicates: 0 });
  await second.reload();
  await settled(second);
  expect(await counts(second)).toMatchObject({ 'Files dropped': 300, Embedded: 300, Duplicates: 0 });
});
