import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Download, Page } from '@playwright/test';
import { parseCsv } from '../src/exports/csv';
import { drop, exportedTable, open, settled } from './actions';
import type { Site } from '../scripts/serve';
import { expect, test } from './fixtures';
import { png, writeTree, type Painter } from './make-images';

const N = 40;
const DAY = 86_400_000;
const MARCH = Date.UTC(2025, 2, 1);

/** What the table says of picture i; every seventh has no device, every fifth no tags. */
const deviceOf = (i: number): string => (i % 7 === 6 ? '' : ['cam-a', 'cam-b', 'cam-c'][i % 3]);
const dayOf = (i: number): string => new Date(MARCH + i * DAY).toISOString().slice(0, 10);
const tagsOf = (i: number): string[] =>
  i % 5 === 4 ? [] : [i % 2 ? 'odd' : 'even', ...(i < 10 ? ['early'] : [])];
/** Two halves of plain colours, so that each pixel of a mean is a mean of colours. */
const leftOf = (i: number): number[] => [(i % 4) * 70, 20 + 5 * i, 230 - 5 * i];
const rightOf = (i: number): number[] => [250 - 6 * i, (i % 3) * 90, 40];
const painter =
  (i: number): Painter =>
  (x) =>
    (x < 32 ? leftOf(i) : rightOf(i)) as [number, number, number];

function files(): Record<string, Buffer | string> {
  const pictures = Array.from({ length: N }, (_, i) => [`set/p${i}.png`, png(64, 64, painter(i))] as const);
  const lines = Array.from(
    { length: N },
    (_, i) => `p${i}.png\t${deviceOf(i)}\t${dayOf(i)}\t${tagsOf(i).join(',')}`,
  );
  return {
    ...Object.fromEntries(pictures),
    'about.tsv': `image\tdevice\ttaken\ttags\n${lines.join('\n')}\n`,
  };
}

async function clean(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`)).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

const selected = (page: Page) =>
  page.getByRole('complementary', { name: 'Selection' }).getByRole('heading').first();
const tab = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Parts of Explore' }).getByRole('link', { name });
const cell = (page: Page, cluster: number, value: string) =>
  page.getByRole('gridcell', {
    name: new RegExp(`^Cluster ${cluster}, ${value.replace(/[()]/g, '\\$&')}: `),
  });
const textOf = async (download: Download): Promise<string> => readFileSync(await download.path(), 'utf8');
const mean = (rows: readonly number[], colour: (i: number) => number[]): number[] =>
  [0, 1, 2].map((c) => rows.reduce((sum, i) => sum + colour(i)[c], 0) / rows.length);

/** Drops the pictures and their table; gives the clusters as the app itself writes them, from which the tests count. */
async function prepared(page: Page, site: Site, folder: string) {
  writeTree(folder, files());
  await page.goto(site.url);
  await drop(page, join(folder, 'set'));
  await settled(page);
  await drop(page, join(folder, 'about.tsv'));
  await page.getByRole('button', { name: 'Add the columns' }).click();
  await expect(page.getByText('4 columns added for 40 images.').first()).toBeVisible();
  const labels = new Map(
    (await exportedTable(page, /Labels/)).map(({ path, cluster }) => [
      Number(/p(\d+)\.png$/.exec(path)![1]),
      Number(cluster),
    ]),
  );
  expect(labels.size).toBe(N);
  const rows = Array.from({ length: N }, (_, i) => i);
  const clusters = [...new Set(labels.values())].sort((a, b) => a - b);
  const where = (cluster: number, test: (i: number) => boolean): number[] =>
    rows.filter((i) => labels.get(i) === cluster && test(i));
  return { rows, clusters, where };
}

test('mean images by cluster and column, pixel by pixel, by keyboard and as files', async ({
  page,
  site,
  folder,
}) => {
  test.slow();
  const { rows, clusters, where } = await prepared(page, site, folder);
  await open(page, 'Explore');
  const grid = page.getByRole('grid', { name: 'Mean images' });
  await page.getByRole('combobox', { name: 'By column' }).selectOption({ label: 'device' });
  await page.getByRole('combobox', { name: 'Values by' }).selectOption({ label: 'name' });
  const having = (name: string): number => rows.filter((i) => deviceOf(i) === name).length;
  await expect(grid.getByRole('columnheader')).toHaveText([
    /Cluster/,
    `All${N}`,
    ...['cam-a', 'cam-b', 'cam-c'].map((name) => `${name}${having(name)}`),
    `(none)${having('')}`,
  ]);
  for (const cluster of clusters.slice(0, 3))
    for (const device of ['cam-a', 'cam-b', 'cam-c', '(none)']) {
      const of = where(cluster, (i) => deviceOf(i) === (device === '(none)' ? '' : device));
      const one = cell(page, cluster, device);
      const count = of.length === 0 ? 'no images' : of.length === 1 ? '1 image' : `${of.length} images`;
      await expect(one).toHaveAccessibleName(`Cluster ${cluster}, ${device}: ${count}`);
      if (of.length === 0) {
        await expect(one.locator('canvas')).toHaveCount(0);
        continue;
      }
      await expect(one.locator('[data-mean=there]')).toBeVisible({ timeout: 60_000 });
      const [left, right] = await one
        .locator('canvas')
        .evaluate((canvas: HTMLCanvasElement) =>
          [24, 72].map((x) => [...canvas.getContext('2d')!.getImageData(x, 48, 1, 1).data.slice(0, 3)]),
        );
      // Thumbnails are JPEG, which moves a colour a little.
      mean(of, leftOf).forEach((expected, c) => expect(Math.abs(left[c] - expected)).toBeLessThan(6));
      mean(of, rightOf).forEach((expected, c) => expect(Math.abs(right[c] - expected)).toBeLessThan(6));
    }
  await clean(page);

  // By keyboard to a cell, and its images.
  const filled = ['cam-a', 'cam-b', 'cam-c'].findIndex(
    (device) => where(0, (i) => deviceOf(i) === device).length > 0,
  );
  await cell(page, 0, 'All').focus();
  for (let step = 0; step <= filled; step++) await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  const device = ['cam-a', 'cam-b', 'cam-c'][filled];
  await expect(selected(page)).toHaveText(`${where(0, (i) => deviceOf(i) === device).length} selected`);

  // The whole grid as a drawing, and its counts.
  const saved = async (kind: string): Promise<string> => {
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save the grid' }).click();
    await page.getByRole('button', { name: new RegExp(`^${kind}`) }).click();
    return textOf(await download);
  };
  const [header, ...records] = parseCsv(await saved('CSV'));
  expect(header).toEqual(['Cluster', 'All', 'cam-a', 'cam-b', 'cam-c', '(none)']);
  expect(records.map((record) => record.slice(1).map(Number))).toEqual(
    clusters.map((cluster) => [
      where(cluster, () => true).length,
      ...['cam-a', 'cam-b', 'cam-c', ''].map((name) => where(cluster, (i) => deviceOf(i) === name).length),
    ]),
  );
  const svg = await saved('SVG');
  const cells = records.flatMap((record) => record.slice(1)).filter((count) => count !== '0').length;
  expect(svg.match(/<image /g)).toHaveLength(cells);
  expect(svg).toContain('Seed: ');
  expect(/<rect[^>]* fill="(#\w+)"/.exec(svg)?.[1]).toBe('#ffffff');
});

test('distributions within a span of time, and tags over clusters, say what the table says', async ({
  page,
  site,
  folder,
}) => {
  test.slow();
  const { clusters, where } = await prepared(page, site, folder);
  await open(page, 'Explore');
  const grid = page.getByRole('grid', { name: 'Mean images' });
  await page.getByRole('combobox', { name: 'By column' }).selectOption({ label: 'device' });

  // Counts within a span of time.
  await tab(page, 'Distributions').click();
  await expect(page).toHaveURL(/#explore-distributions$/);
  await expect(page.getByText('40 of 40 images counted.')).toBeVisible();
  await page.getByLabel('From', { exact: true }).fill('2025-03-06');
  await page.getByLabel('To', { exact: true }).fill('2025-03-25');
  await expect(page.getByText('20 of 40 images counted.')).toBeVisible();
  await page.getByRole('slider', { name: 'taken: From' }).press('ArrowRight');
  await expect(page.getByText('19 of 40 images counted.')).toBeVisible();
  const inSpan = (i: number): boolean => i >= 6 && i <= 24;
  const chart = page.getByRole('group', { name: /^Clusters for each value of device/ });
  const expected = clusters.flatMap((cluster) =>
    ['cam-a', 'cam-b', 'cam-c', ''].flatMap((name) => {
      const n = where(cluster, (i) => inSpan(i) && deviceOf(i) === name).length;
      return n === 0 ? [] : [`Cluster ${cluster}, ${name || '(none)'}: ${n} image${n === 1 ? '' : 's'}`];
    }),
  );
  const bars = await chart
    .getByRole('button')
    .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')!.replace(/, [\d.]+%$/, '')));
  expect(bars.sort()).toEqual(expected.sort());
  await chart.getByRole('button').first().focus();
  await page.keyboard.press('ArrowRight');
  const label = await chart.locator(':focus').getAttribute('aria-label');
  await page.keyboard.press('Enter');
  await expect(selected(page)).toHaveText(`${/: (\d+) image/.exec(label!)![1]} selected`);
  await page.getByRole('button', { name: 'Cluster', exact: true }).click();
  await page.getByRole('button', { name: 'Shares' }).click();
  await expect(page.getByRole('group', { name: /^Values of device in each cluster · Shares/ })).toBeVisible();
  await clean(page);
  await page.getByRole('button', { name: 'All dates' }).click();
  await expect(page.getByText('40 of 40 images counted.')).toBeVisible();

  await page.goBack();
  await expect(grid).toBeVisible();
  await page.goForward();
  await expect(page.getByText('40 of 40 images counted.')).toBeVisible();

  // Tags, and how one of them is spread.
  await tab(page, 'Groupings').click();
  const hashtags = page.getByRole('region', { name: 'Hashtag' });
  await expect(hashtags.getByText('tags')).toBeVisible();
  const values = page.getByRole('region', { name: 'Values' });
  await values.getByRole('searchbox', { name: 'Search values' }).fill('ear');
  await values.getByRole('button', { name: 'early 8' }).click();
  const known = (i: number): boolean => tagsOf(i).length > 0;
  await expect(page.getByText('8 of 32 images that have a value: 25.0%.')).toBeVisible();
  for (const cluster of clusters.slice(0, 3)) {
    const size = where(cluster, known).length;
    const having = where(cluster, (i) => tagsOf(i).includes('early')).length;
    if (size === 0) continue;
    const share = ((100 * having) / size).toFixed(1);
    await expect(page.getByRole('row', { name: new RegExp(`Cluster ${cluster}\\b`) }).first()).toContainText(
      `${having} of ${size}, ${share}%`,
    );
  }
  await expect(page.getByText(/Fisher’s exact test.*Benjamini and Hochberg/).first()).toBeVisible();
  await page.getByRole('button', { name: 'Select 8 images', exact: true }).click();
  await expect(selected(page)).toHaveText('8 selected');
  await clean(page);

  // A column is moved by its menu, dragged, taken back; the last state is kept.
  const categories = page.getByRole('region', { name: 'Category' });
  const unused = page.getByRole('region', { name: 'Not used' });
  await page.getByRole('button', { name: 'Move device' }).click();
  await page.getByRole('button', { name: 'To Hashtag' }).click();
  await expect(hashtags.getByText('device')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Move device' })).toBeFocused();
  await hashtags.locator('[data-column=device]').dragTo(unused);
  await expect(unused.getByText('device')).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(hashtags.getByText('device')).toBeVisible();
  await page.reload();
  await expect(hashtags.getByText('device')).toBeVisible();
  await expect(categories.getByText('device')).toHaveCount(0);
});
