import { readFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
import { parseCsv } from '../src/exports/csv';

/** Drops files and folders of the disk onto the page, as a hand would: the browser itself makes the event. */
export async function drop(page: Page, ...paths: string[]): Promise<void> {
  const cdp = await page.context().newCDPSession(page);
  const { width, height } = page.viewportSize()!;
  const data = { items: [], files: paths, dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await cdp.send('Input.dispatchDragEvent', { type, x: width / 2, y: height / 2, data });
  await cdp.detach();
}

export const kSlider = (page: Page) => page.getByRole('slider', { name: 'Number of clusters' });

/** Waits for the bar to count so many images. */
export async function imagesInBar(page: Page, n: number): Promise<void> {
  // The queue's panel hangs in the banner too, and counts the images of each of its sets.
  const count = page.getByRole('banner').locator('.count', { hasText: new RegExp(`^${n} images?\\b`) });
  await expect(count).toBeVisible({ timeout: 120_000 });
}

/** Waits until everything dropped is embedded and clustered. */
export async function settled(page: Page): Promise<void> {
  await expect(page.getByRole('progressbar')).toHaveCount(0, { timeout: 120_000 });
  await expect(kSlider(page)).toBeVisible({ timeout: 60_000 });
}

export async function open(
  page: Page,
  screen: 'Map' | 'Clusters' | 'Tree' | 'Explore' | 'Search' | 'Compare' | 'Data' | 'Settings' | 'Projects',
): Promise<void> {
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: screen }).click();
  await expect(page).toHaveURL(new RegExp(`#${screen.toLowerCase()}$`));
}

/** What the Data screen says, by its own words. */
export async function counts(page: Page): Promise<Record<string, number>> {
  await open(page, 'Data');
  const names = ['Files dropped', 'Embedded', 'Waiting', 'Duplicates', 'Skipped', 'Missing'];
  const read = async (name: string): Promise<[string, number]> => {
    const value = page.locator('dt', { hasText: name }).locator('xpath=following-sibling::dd[1]');
    return [name, Number.parseInt((await value.innerText()).replaceAll(',', ''), 10)];
  };
  return Object.fromEntries(await Promise.all(names.map(read)));
}

/** Takes a file away through the export menu; gives its bytes. */
export async function exported(page: Page, item: RegExp): Promise<Buffer> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('button', { name: item }).click();
  return readFileSync(await (await download).path());
}

/** The same, as a table: one object for each record. */
export async function exportedTable(page: Page, item: RegExp): Promise<Record<string, string>[]> {
  return tableOf(await exported(page, item));
}

/** The records of a CSV file. */
export function tableOf(bytes: Buffer): Record<string, string>[] {
  const [header, ...rows] = parseCsv(bytes.toString('utf8'));
  return rows.map((row) => Object.fromEntries(row.map((cell, i) => [header[i], cell])));
}
