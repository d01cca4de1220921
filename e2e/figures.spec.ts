import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import UPNG from 'upng-js';
import { parseCsv } from '../src/exports/csv';
import { drop, kSlider, settled } from './actions';
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
