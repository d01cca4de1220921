import AxeBuilder from '@axe-core/playwright';
import { join } from 'node:path';
import { drop, open, settled } from './actions';
import { expect, guard, test } from './fixtures';
import { motifFolders, writeTree } from './make-images';

const WORDS = {
  en: { title: 'Drop images or a folder here', privacy: /Nothing leaves this machine/ },
  fr: { title: /images/, privacy: /machine|ordinateur|appareil/ },
  ru: { title: /изображения|картинки|папку/, privacy: /компьютер|устройств|машин/ },
};

for (const [language, words] of Object.entries(WORDS))
  for (const colorScheme of ['light', 'dark'] as const)
    test(`the first visit, ${language}, ${colorScheme}: says what matters and is accessible`, async ({
      browser,
      site,
      wrongs,
    }) => {
      const context = await browser.newContext({ locale: language, colorScheme });
      await guard(context, wrongs);
      const page = await context.newPage();
      await page.goto(site.url);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(words.title);
      await expect(page.getByText(words.privacy)).toBeVisible();
      await expect(page.locator('html')).toHaveAttribute('lang', language);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`)).toEqual([]);
      await context.close();
    });

test('every screen is accessible with images in it, light and dark', async ({ page, site, folder }) => {
  writeTree(join(folder, 'photos'), { ...motifFolders(4), 'broken.jpg': 'no picture' });
  await page.goto(site.url);
  await drop(page, join(folder, 'photos'));
  await settled(page);
  const problems: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const screen of [
      'Map',
      'Clusters',
      'Tree',
      'Explore',
      'Compare',
      'Data',
      'Settings',
      'Projects',
    ] as const) {
      await open(page, screen);
      // Not by the network: a network that was not needed any more leaves its request open.
      await page.waitForFunction(() => [...document.images].every((image) => image.complete));
      const { violations } = await new AxeBuilder({ page }).analyze();
      for (const { id, nodes } of violations)
        problems.push(`${screen}, ${colorScheme}: ${id}: ${nodes[0].html}`);
    }
  }
  expect(problems).toEqual([]);
});

test('the sample set is one click away', async ({ page, site }) => {
  await page.goto(site.url);
  await page.getByRole('button', { name: /sample set/ }).click();
  await expect(page.getByRole('progressbar')).toBeVisible();
  // Usable while the work runs: the first pictures are there.
  await expect(
    page.getByRole('complementary', { name: 'Selection' }).getByRole('gridcell').first(),
  ).toBeVisible({
    timeout: 60_000,
  });
  await settled(page);
  await open(page, 'Clusters');
  expect(await page.getByRole('article').count()).toBeGreaterThanOrEqual(5);
});

test('the first paint needs neither the runtime nor the map', async ({ page, site }) => {
  const { gzipSync } = await import('node:zlib');
  const sizes: Promise<[string, number]>[] = [];
  page.on('response', (response) => {
    if (response.ok()) sizes.push(response.body().then((body) => [response.url(), gzipSync(body).length]));
  });
  // Before the service worker gathers what it needs for later.
  await page.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'serviceWorker'));
  await page.goto(site.url, { waitUntil: 'networkidle' });
  const all = await Promise.all(sizes);
  const total = all.reduce((sum, [, bytes]) => sum + bytes, 0);
  expect(total, JSON.stringify(all)).toBeLessThan(250_000);
});
