import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import UPNG from 'upng-js';
import { parseCsv } from '../src/exports/csv';
import { drop, exportedTable, kSlider, open, settled } from './actions';
import { expect, test } from './fixtures';
import { motifFolders, writeTree } from './make-images';

async function axe(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`)).toEqual([]);
}

/** Saves a figure through its menu; gives the file's name and bytes. */
async function saved(page: Page, figure: string, kind: 'SVG' | 'PNG' | 'CSV'): Promise<[string, Buffer]> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: `Save figure: ${figure}` }).click();
  await page.getByRole('button', { name: new RegExp(`^${kind}`) }).click();
  const file = await download;
  return [file.suggestedFilename(), readFileSync(await file.path())];
}

const drawn = (page: Page, figure: string): Locator =>
  page.getByLabel(figure, { exact: true }).locator('svg.plot');

test('the curves are figures: moved along, saved in three forms, with data, method and seed', async ({
  page,
  site,
  folder,
}) => {
  writeTree(join(folder, 'photos'), motifFolders(6));
  await page.goto(site.url);
  await drop(page, join(folder, 'photos'));
  await settled(page);
  await page.getByRole('button', { name: 'Show the curves in full' }).click();
  await expect(drawn(page, 'Silhouette')).toBeVisible();
  await expect(page.locator('svg.plot')).toHaveCount(4);

  const [svgName, svg] = await saved(page, 'Silhouette', 'SVG');
  expect(svgName).toBe('silhouette.svg');
  const text = svg.toString('utf8');
  expect(text).toContain('Data: 30 images of “photos”');
  expect(text).toMatch(/Method: k-means, k from 5 to \d+, best of \d starts\. Seed: \d+\./);
  expect(text).not.toMatch(/var\(|oklch|<style|currentColor/);
  expect(
    await page.evaluate((source) => {
      const read = new DOMParser().parseFromString(source, 'image/svg+xml');
      return [read.querySelector('parsererror'), read.querySelectorAll('path').length > 1];
    }, text),
  ).toEqual([null, true]);

  const [pngName, png] = await saved(page, 'Silhouette', 'PNG');
  expect(pngName).toBe('silhouette.png');
  const picture = UPNG.decode(new Uint8Array(png).buffer);
  const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(text)!.map(Number);
  expect([picture.width, picture.height]).toEqual([2 * width, 2 * height]);

  const [csvName, csv] = await saved(page, 'Silhouette', 'CSV');
  expect(csvName).toBe('silhouette.csv');
  const [header, ...rows] = parseCsv(csv.toString('utf8'));
  expect(header).toEqual(['k', 'silhouette', 'standard_error']);
  expect(rows[0][0]).toBe('5');
  for (const [, value] of rows) expect(Math.abs(Number(value))).toBeLessThanOrEqual(1);

  // The file says what the table of the panel says.
  await page.getByText('All scores as a table').click();
  const first = page.locator('details table tbody tr').first();
  expect(Number(rows[0][1]).toFixed(4)).toBe(await first.locator('td').first().innerText());

  const curve = page.getByRole('slider', { name: 'Silhouette' });
  await curve.focus();
  await page.keyboard.press('Home');
  await expect(kSlider(page)).toHaveValue('5');
  await page.keyboard.press('ArrowRight');
  await expect(kSlider(page)).toHaveValue('6');
  await expect(curve).toHaveAttribute('aria-valuenow', '6');
  await axe(page);
});

test('two labellings as a flow: bands select their images, by mouse and by keyboard', async ({
  page,
  site,
  folder,
}) => {
  writeTree(join(folder, 'photos'), motifFolders(6));
  await page.goto(site.url);
  await drop(page, join(folder, 'photos'));
  await settled(page);
  await kSlider(page).fill('7');
  const labels = await exportedTable(page, /^Labels/);
  await open(page, 'Compare');
  await page.getByRole('combobox', { name: 'Rows' }).selectOption('Clusters, k = 7');
  await page.getByRole('combobox', { name: 'Columns' }).selectOption('Folder');
  await expect(drawn(page, 'Flow between the two')).toBeVisible();

  // Every pair that the labels hold has a band, as many images high.
  const [, csv] = await saved(page, 'Flow between the two', 'CSV');
  const [header, ...bands] = parseCsv(csv.toString('utf8'));
  expect(header).toEqual(['row', 'column', 'images']);
  for (const [row, column, count] of bands) {
    const there = labels.filter(
      ({ path, cluster }) => `Cluster ${cluster}` === row && `photos/${path.split('/')[1]}` === column,
    );
    expect(there, `${row}, ${column}`).toHaveLength(Number(count));
  }
  expect(bands.reduce((sum, [, , count]) => sum + Number(count), 0)).toBe(30);

  const selected = page.getByRole('complementary', { name: 'Selection' }).getByRole('heading').first();
  const figure = page.getByRole('group', { name: 'Flow between the two' });
  const first = figure.getByRole('button').first();
  await expect(first).toHaveAccessibleName(`${bands[0][0]} → ${bands[0][1]}: ${bands[0][2]} images`);
  await first.focus();
  await page.keyboard.press('Enter');
  await expect(selected).toHaveText(`${bands[0][2]} selected`);
  // The last bar of the right side is a whole folder.
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await expect(selected).toHaveText('6 selected');
  await axe(page);
});

test('figures of the clusters, the variance and the time taken; accessible in both themes', async ({
  page,
  site,
  folder,
}) => {
  writeTree(join(folder, 'photos'), motifFolders(8));
  await page.goto(site.url);
  await drop(page, join(folder, 'photos'));
  await settled(page);
  await kSlider(page).fill('6');
  const labels = await exportedTable(page, /^Labels/);
  const sizes = Array.from(
    { length: 6 },
    (_, c) => labels.filter(({ cluster }) => Number(cluster) === c).length,
  );

  await page.getByRole('button', { name: 'Show the curves in full' }).click();
  await page.getByRole('button', { name: 'More figures' }).click();
  await page.getByRole('button', { name: 'Hide the curves' }).click();
  const bars = page.getByRole('group', { name: 'Images of each cluster, k = 6' });
  await expect(bars.getByRole('button')).toHaveCount(6);
  await bars.getByRole('button', { name: `Cluster 2: ${sizes[2]} images` }).click();
  const selected = page.getByRole('complementary', { name: 'Selection' }).getByRole('heading').first();
  await expect(selected).toHaveText(`${sizes[2]} selected`);

  const silhouettes = page.getByRole('group', { name: 'Silhouettes by cluster, k = 6' });
  await expect(silhouettes.getByRole('button')).toHaveCount(6, { timeout: 60_000 });
  await silhouettes.getByRole('button').first().focus();
  await page.keyboard.press('Enter');
  await expect(selected).toHaveText(`${sizes[0]} selected`);
  const [, csv] = await saved(page, 'Silhouettes by cluster, k = 6', 'CSV');
  const [, ...rows] = parseCsv(csv.toString('utf8'));
  expect(rows.map(([, images]) => Number(images))).toEqual(sizes);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await axe(page);
  }

  await page.getByRole('tab', { name: 'Clusters' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByText(/^Of \d+ numbers for each image: 60% of the variance in \d+/)).toBeVisible({
    timeout: 60_000,
  });
  const [, variance] = await saved(page, 'Variance of each component', 'CSV');
  const shares = parseCsv(variance.toString('utf8')).slice(1);
  const sums = shares.map(([, , sum]) => Number(sum));
  expect(sums.at(-1)).toBeCloseTo(1, 3);
  expect(sums).toEqual(sums.toSorted((a, b) => a - b));

  await page.getByRole('tab', { name: 'Time taken' }).click();
  await expect(drawn(page, 'Time taken by size')).toBeVisible();
  const [, times] = await saved(page, 'Time taken by size', 'CSV');
  const runs = parseCsv(times.toString('utf8')).slice(1);
  expect(runs.some(([what, images]) => what.startsWith('Clustering') && images === '40')).toBe(true);
  for (const [, , seconds] of runs) expect(Number(seconds)).toBeGreaterThan(0);
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await axe(page);
});
