import { createHash } from 'node:crypto';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { DIST } from '../scripts/build-if-stale';
import { serve } from '../scripts/serve';
import { counts, drop, open, settled } from './actions';
import { expect, test } from './fixtures';
import { motifFolders, writeTree } from './make-images';

/** What the service worker keeps, as addresses without their hash. */
const kept = () =>
  caches.keys().then(async (names) => {
    const lists = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return lists.flat().map(({ url }) => new URL(url).pathname);
  });

test('a plain host in a sub-path: isolates itself with one reload, then works without any host', async ({
  page,
  host,
}) => {
  const site = await host({ bare: true, base: '/a/b/' });
  let loads = 0;
  page.on('load', () => loads++);
  await page.goto(site.url);
  await page.waitForFunction(() => crossOriginIsolated);
  await expect(page.locator('html')).toHaveAttribute('data-offline', 'ready');
  expect(loads).toBe(2);

  await site.close();
  await page.goto(site.url);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  expect(loads).toBe(3);

  const paths = await page.evaluate(kept);
  expect(paths).toContain('/a/b/index.html');
  expect(paths.filter((path) => path.endsWith('.onnx'))).not.toHaveLength(0);
});

test('a host with headers: isolated at once, no reload', async ({ page, site }) => {
  let loads = 0;
  page.on('load', () => loads++);
  await page.goto(site.url);
  await expect(page.locator('html')).toHaveAttribute('data-offline', 'ready');
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  expect(loads).toBe(1);
});

test('installable: manifest and icons are there', async ({ page, site }) => {
  await page.goto(site.url);
  const cdp = await page.context().newCDPSession(page);
  const { errors, data } = await cdp.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  const { icons } = JSON.parse(data!) as { icons: { src: string }[] };
  for (const { src } of icons)
    expect((await page.request.get(new URL(src, site.url).href)).ok(), src).toBe(true);
});

test('offline from a cold start: a folder is sorted without any network', async ({
  page,
  context,
  host,
  folder,
}) => {
  const site = await host({ bare: true, base: '/tessera/' });
  await page.goto(site.url);
  await expect(page.locator('html')).toHaveAttribute('data-offline', 'ready');
  await page.close();
  await site.close();
  await context.setOffline(true);
  const again = await context.newPage();
  await again.goto(site.url);
  writeTree(join(folder, 'photos'), motifFolders(3));
  await drop(again, join(folder, 'photos'));
  await settled(again);
  for (const screen of ['Clusters', 'Data', 'Settings', 'Projects', 'Map'] as const)
    await open(again, screen);
  expect(await counts(again)).toMatchObject({ 'Files dropped': 15, Embedded: 15 });
});

/** A copy of the build that a test may change, as a host on which a new version is put. */
function copyOfBuild(folder: string): { root: string; publish(words: string): void } {
  const root = join(folder, 'site');
  cpSync(DIST, root, { recursive: true });
  const sha256 = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');
  return {
    root,
    publish(words) {
      const [page, worker] = [join(root, 'index.html'), join(root, 'sw.js')];
      const before = sha256(page);
      writeFileSync(
        page,
        readFileSync(page, 'utf8').replace(/<title>.*?<\/title>/, `<title>${words}</title>`),
      );
      writeFileSync(worker, readFileSync(worker, 'utf8').replace(before, sha256(page)));
    },
  };
}

test('a new version waits until it is asked for, then takes over whole', async ({
  page,
  context,
  folder,
}) => {
  const build = copyOfBuild(folder);
  const site = await serve({ root: build.root });
  await page.goto(site.url);
  await expect(page.locator('html')).toHaveAttribute('data-offline', 'ready');
  const served = (of: Page): Promise<string> =>
    of.evaluate(async () => /<title>(.*?)<\/title>/.exec(await (await fetch('./')).text())![1]);
  expect(await served(page)).toBe('Tessera');

  build.publish('Version 2');
  await page.reload();
  await expect(
    page.getByRole('region', { name: 'Messages' }).getByText('A newer version of Tessera is ready.'),
  ).toBeVisible();
  expect(await served(page)).toBe('Tessera');
  const other = await context.newPage();
  await other.goto(site.url);
  expect(await served(other)).toBe('Tessera');

  const reloaded = page.waitForEvent('load');
  await page.getByRole('button', { name: 'Reload' }).click();
  await reloaded;
  expect(await served(page)).toBe('Version 2');
  // The other tab goes on, with the files of its own version.
  await other.getByRole('button', { name: 'More' }).click();
  await other.getByRole('button', { name: 'Français' }).click();
  await expect(other.locator('html')).toHaveAttribute('lang', 'fr');
  await site.close();
});

test('a host caught between two versions: the old one goes on, nothing is mixed', async ({
  page,
  folder,
}) => {
  const build = copyOfBuild(folder);
  const site = await serve({ root: build.root });
  await page.goto(site.url);
  await expect(page.locator('html')).toHaveAttribute('data-offline', 'ready');
  build.publish('Version 2');
  // The service worker of version 2 is there, its page is not yet.
  writeFileSync(join(build.root, 'index.html'), readFileSync(join(DIST, 'index.html')));
  await page.reload();
  await page.evaluate(async () =>
    (await navigator.serviceWorker.getRegistration())!.update().catch(() => undefined),
  );
  const state = () =>
    page.evaluate(async () => {
      const { waiting, installing } = (await navigator.serviceWorker.getRegistration())!;
      return { waiting: waiting !== null, installing: installing !== null };
    });
  await expect.poll(state).toEqual({ waiting: false, installing: false });
  await expect(page.getByText('A newer version')).toHaveCount(0);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await site.close();
});
