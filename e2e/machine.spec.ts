import { join } from 'node:path';
import { chromium } from 'playwright';
import { chromiumArgs, ensureChromium } from '../scripts/chromium';
import { counts, drop, exportedTable, imagesInBar, open, settled } from './actions';
import { expect, guard, test } from './fixtures';
import { motifFolders, noisyPictures, writeTree } from './make-images';

test('?backend=wasm and the settings say what runs', async ({ page, site, folder }) => {
  writeTree(join(folder, 'photos'), motifFolders(1));
  await page.goto(`${site.url}?backend=wasm`);
  await drop(page, join(folder, 'photos'));
  await settled(page);
  await expect(page.getByRole('banner').getByText(/^CPU, \d threads?$/)).toBeVisible();
  await open(page, 'Settings');
  await expect(page.getByText(/\?backend=/)).toBeVisible();
});

test('?backend=webgpu runs the network on the GPU, and survives the loss of it half-way', async ({
  browser,
  page,
  site,
  folder,
}) => {
  test.setTimeout(600_000);
  writeTree(join(folder, 'photos'), motifFolders(2));
  await page.goto(`${site.url}?backend=webgpu`);
  await drop(page, join(folder, 'photos'));
  await expect(page.getByRole('banner').getByText(/^GPU/)).toBeVisible({ timeout: 240_000 });
  const cdp = await browser.newBrowserCDPSession();
  await cdp.send('Browser.crashGpuProcess').catch(() => undefined);
  await imagesInBar(page, 10);
  await settled(page);
  expect(await counts(page)).toMatchObject({ 'Files dropped': 10, Embedded: 10, Skipped: 0 });
  expect(await exportedTable(page, /^Labels/)).toHaveLength(10);
});

test('a browser without WebGPU: said, and everything works', async ({ site, folder, wrongs }) => {
  const args = chromiumArgs().filter((arg) => !/webgpu|swiftshader/.test(arg));
  const browser = await chromium.launch({
    executablePath: ensureChromium(),
    args: [...args, '--disable-features=WebGPU', '--disable-gpu'],
  });
  const context = await browser.newContext({ locale: 'en' });
  await guard(context, wrongs);
  await context.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'gpu'));
  const page = await context.newPage();
  await page.goto(site.url);
  await expect(page.getByText(/no WebGPU/)).toBeVisible();
  writeTree(join(folder, 'photos'), motifFolders(3));
  await drop(page, join(folder, 'photos'));
  await settled(page);
  expect(await counts(page)).toMatchObject({ 'Files dropped': 15, Embedded: 15 });
  expect(await exportedTable(page, /^Labels/)).toHaveLength(15);
  await browser.close();
});

test('storage full half-way: said, nothing lost, and it goes on when there is room', async ({
  page,
  site,
  folder,
}) => {
  writeTree(join(folder, 'photos'), noisyPictures(40));
  await page.goto(`${site.url}?backend=wasm`);
  await expect(page.locator('html')).toHaveAttribute('data-offline', 'ready', { timeout: 60_000 });
  const cdp = await page.context().newCDPSession(page);
  const { origin } = new URL(site.url);
  const { usage } = await cdp.send('Storage.getUsageAndQuota', { origin });
  await cdp.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: usage + 1_500_000 });
  await drop(page, join(folder, 'photos'));
  await expect(page.getByRole('alert')).toContainText('storage is full', { timeout: 120_000 });

  await cdp.send('Storage.overrideQuotaForOrigin', { origin });
  await page.reload();
  await drop(page, join(folder, 'photos'));
  await imagesInBar(page, 40);
  await settled(page);
  expect(await counts(page)).toMatchObject({ Embedded: 40, Waiting: 0, Missing: 0, Skipped: 0 });
});

test('the keyboard alone: from the first visit to a selection of images', async ({ page, site, folder }) => {
  writeTree(join(folder, 'photos'), motifFolders(3));
  await page.goto(site.url);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');
  const tabTo = async (name: RegExp): Promise<void> => {
    for (let i = 0; i < 60; i++) {
      await page.keyboard.press('Tab');
      if (name.test(await focused())) return;
    }
    throw new Error(`${String(name)} cannot be reached with Tab.`);
  };
  await tabTo(/^Choose a folder$/);
  const chooser = page.waitForEvent('filechooser');
  await page.keyboard.press('Enter');
  await (await chooser).setFiles(join(folder, 'photos'));
  await settled(page);

  await tabTo(/^Clusters$/);
  await page.keyboard.press('Enter');
  await tabTo(/^Cluster 0$/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Cluster 0', level: 1 })).toBeVisible();
  await tabTo(/^Select all$/);
  await page.keyboard.press('Enter');
  const heading = page.getByRole('complementary', { name: 'Selection' }).getByRole('heading').first();
  await expect(heading).toContainText('3');
  await page.keyboard.press('Escape');
  await expect(heading).toHaveText('All 15 images');
  await page.keyboard.press('Control+z');
  await expect(heading).toContainText('3');
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});
