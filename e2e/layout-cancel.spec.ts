import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { open } from './actions';
import { expect, test } from './fixtures';
import { keptLayouts } from './kept-layouts';
import { dropVectors } from './make-vectors';

const N = 8_000;
/** More stops than there are from the panel of layouts to what lies on the map. */
const MOST_STOPS = 40;

const chooser = (page: Page): Locator =>
  page.getByRole('group', { name: 'Layout' }).getByRole('button').first();
const edge = (page: Page): Locator => page.locator('.stage .axis.x');
const working = (page: Page): Locator => page.locator('.stage').getByRole('status').filter({ hasText: /%/ });
const cancel = (page: Page): Locator => page.locator('.stage').getByRole('button', { name: 'Cancel' });
const percent = async (page: Page): Promise<number> =>
  Number(/(\d+)%/.exec((await working(page).textContent()) ?? '')?.[1] ?? NaN);

/** By the keyboard alone: opens the panel and takes UMAP in place of PCA. */
async function askForUmap(page: Page): Promise<void> {
  await chooser(page).focus();
  await page.keyboard.press('Enter');
  const panel = page.getByRole('dialog', { name: 'Layout' });
  await panel.getByRole('radio', { name: /^PCA/ }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(panel.getByRole('radio', { name: /^UMAP/ })).toBeChecked();
  await page.keyboard.press('Escape');
  await expect(panel).toHaveCount(0);
}

test('UMAP tells how far it is and how long it takes, ends by keyboard and leaves the map as it was, and is made when asked again', async ({
  page,
  site,
  folder,
}) => {
  test.setTimeout(600_000);
  await page.goto(site.url);
  await dropVectors(page, folder, N);
  await open(page, 'Map');
  await expect(edge(page)).toHaveText(/^PCA 1/);
  const before = { layouts: await keptLayouts(page), edge: await edge(page).textContent() };
  expect(Object.keys(before.layouts)).toEqual(['pca-2']);

  await askForUmap(page);
  await expect(working(page)).toHaveText(/^[^:]+: \d+%, about \d+ (sec|min) left$/, { timeout: 60_000 });
  const first = await percent(page);
  expect(first).toBeLessThan(100);
  await expect.poll(() => percent(page), { timeout: 60_000, intervals: [100] }).toBeGreaterThan(first);
  // The map of before is there meanwhile.
  await expect(edge(page)).toHaveText(before.edge!);
  await page.screenshot({ path: test.info().outputPath('working.png') });

  for (let stop = 0; stop < MOST_STOPS; stop++) {
    if (await cancel(page).evaluate((it) => it === document.activeElement)) break;
    await page.keyboard.press('Tab');
  }
  await expect(cancel(page)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(working(page)).toHaveCount(0);
  await expect(cancel(page)).toHaveCount(0);
  await expect(chooser(page)).toHaveText('PCA');
  await expect(edge(page)).toHaveText(before.edge!);
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(page.getByRole('banner').getByRole('button', { name: /^Undo/ })).toBeDisabled();
  expect(await keptLayouts(page)).toEqual(before.layouts);
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

  await askForUmap(page);
  await expect(working(page)).toBeVisible();
  await expect(edge(page)).toHaveText(/^UMAP, 2-D/, { timeout: 300_000 });
  await expect(working(page)).toHaveCount(0);
  const { 'umap-2': made, 'pca-2': kept } = await keptLayouts(page);
  expect(made).toMatchObject({ n: N, laid: N });
  expect(made.coords.every(Number.isFinite)).toBe(true);
  expect(kept).toEqual(before.layouts['pca-2']);
});
