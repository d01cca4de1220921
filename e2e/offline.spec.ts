import { expect, test } from './fixtures';

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
