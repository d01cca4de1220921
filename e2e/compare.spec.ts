import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { parseCsv } from '../src/exports/csv';
import { drop, exportedTable, kSlider, open, settled } from './actions';
import { expect, test } from './fixtures';
import { motifFolders, writeTree } from './make-images';

const shown = async (page: Page, term: string): Promise<number> =>
  Number(await page.locator('dt', { hasText: term }).locator('xpath=following-sibling::dd[1]').innerText());

const pairs = (n: number): number => (n * (n - 1)) / 2;

/** Adjusted Rand index and normalised mutual information, straight from their definitions. */
function indices(of: [string, string][]): { ari: number; nmi: number } {
  const tally = (keys: string[]): number[] => {
    const counts = new Map<string, number>();
    for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
    return [...counts.values()];
  };
  const [a, b, both] = [of.map(([x]) => x), of.map(([, y]) => y), of.map((pair) => pair.join('\n'))].map(
    tally,
  );
  const sum = (counts: number[]): number => counts.reduce((total, n) => total + pairs(n), 0);
  const chance = (sum(a) * sum(b)) / pairs(of.length);
  const ari = (sum(both) - chance) / ((sum(a) + sum(b)) / 2 - chance);
  const entropy = (counts: number[]): number =>
    -counts.reduce((total, n) => total + (n / of.length) * Math.log(n / of.length), 0);
  const [ha, hb] = [entropy(a), entropy(b)];
  return { ari, nmi: (ha + hb - entropy(both)) / ((ha + hb) / 2) };
}

test('clusters compared with folders: numbers, table, selection', async ({ page, site, folder }) => {
  writeTree(join(folder, 'photos'), motifFolders(6));
  await page.goto(site.url);
  await drop(page, join(folder, 'photos'));
  await settled(page);
  await kSlider(page).fill('7');
  const labels = await exportedTable(page, /^Labels/);
  await open(page, 'Compare');
  await page.getByRole('combobox', { name: 'Rows' }).selectOption('Clusters, k = 7');
  await page.getByRole('combobox', { name: 'Columns' }).selectOption('Folder');
  const { ari, nmi } = indices(labels.map(({ path, cluster }) => [cluster, path.split('/')[1]]));
  expect(ari).toBeLessThan(1);
  await expect.poll(() => shown(page, 'Adjusted Rand index')).toBeCloseTo(ari, 4);
  expect(await shown(page, 'Normalised mutual information')).toBeCloseTo(nmi, 4);

  // The table counts as the labels do.
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Table as CSV' }).click();
  const [[, ...columns], ...rows] = parseCsv(readFileSync(await (await download).path(), 'utf8'));
  expect(rows).toHaveLength(8);
  expect(rows.at(-1)).toEqual(['total', '6', '6', '6', '6', '6', '30']);
  for (const [name, ...counts] of rows.slice(0, -1))
    counts.slice(0, -1).forEach((count, c) => {
      const cluster = name.replace('Cluster ', '');
      const there = labels.filter(
        (l) => l.cluster === cluster && `photos/${l.path.split('/')[1]}` === columns[c],
      );
      expect(Number(count), `${name}, ${columns[c]}`).toBe(there.length);
    });

  // By keyboard: Enter selects the images of a cell, Shift-space those of its row.
  const grid = page.getByRole('grid', { name: 'Confusion table' });
  const first = grid.getByRole('gridcell').first();
  await first.focus();
  await page.keyboard.press('Enter');
  const selected = page.getByRole('complementary', { name: 'Selection' }).getByRole('heading').first();
  await expect(selected).toHaveText(`${rows[0][1]} selected`);
  await page.keyboard.press('Control+End');
  await page.keyboard.press('Shift+Space');
  await expect(selected).toHaveText(`${rows[6][6]} selected`);
  await page.keyboard.press('Control+Space');
  await expect(selected).toHaveText('6 selected');

  await page.getByRole('combobox', { name: 'Columns' }).selectOption('Clusters, k = 7');
  await expect(page.getByText('Both sides are the same')).toBeVisible();
  await expect.poll(() => shown(page, 'Adjusted Rand index')).toBe(1);
});

test('stability over seeds, cancelled and measured; accessible in both themes', async ({
  page,
  site,
  folder,
}) => {
  writeTree(join(folder, 'photos'), motifFolders(6));
  await page.goto(site.url);
  await drop(page, join(folder, 'photos'));
  await settled(page);
  await open(page, 'Compare');
  await page.getByRole('tab', { name: 'Choice of k' }).click();
  const runs = page.getByRole('spinbutton', { name: 'Runs for each k' });
  await runs.fill('50');
  await page.getByRole('button', { name: 'Measure stability' }).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('button', { name: 'Measure stability' })).toBeEnabled();
  await expect(page.getByText('Most stable')).toHaveCount(0);

  await runs.fill('3');
  await page.getByRole('spinbutton', { name: 'to', exact: true }).fill('7');
  await page.getByRole('button', { name: 'Measure stability' }).click();
  // Five motifs, told apart by any start.
  await expect(page.getByText('Most stable: k = 5, mean ARI 1.00, lowest 1.00.')).toBeVisible({
    timeout: 60_000,
  });
  const rows = page.getByRole('region', { name: 'Agreement of runs by k' }).getByRole('row');
  await expect(rows).toHaveCount(1 + 3);
  await expect(rows.nth(1)).toContainText('1.0000');
  await expect(page.getByRole('img', { name: 'Agreement of runs' })).toHaveAccessibleDescription(
    /k from 5 to 7\. Highest mean at k = 5: 1\.00/,
  );
  // On a narrow screen the tab that is open is in view although it has no room beside the others.
  await page.getByRole('tab', { name: 'Time taken' }).click();
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, 'Map');
  await open(page, 'Compare');
  await expect(page.getByRole('tab', { name: 'Time taken' })).toBeInViewport({ ratio: 1 });
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByRole('tab', { name: 'Choice of k' }).click();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`)).toEqual([]);
  }
});

test('the options of the clustering, the choice in words, the exact silhouette', async ({
  page,
  site,
  folder,
}) => {
  writeTree(join(folder, 'photos'), motifFolders(24));
  await page.goto(site.url);
  await drop(page, join(folder, 'photos'));
  await settled(page);
  await open(page, 'Settings');
  await page.getByRole('combobox', { name: 'Reduce first (PCA)' }).selectOption('To explain at least');
  await page.getByRole('spinbutton', { name: 'Per cent of the variance' }).fill('90');
  await page.getByRole('spinbutton', { name: 'Restarts' }).fill('2');
  await page.getByRole('spinbutton', { name: 'Estimated from' }).fill('100');
  await page.getByRole('button', { name: 'Cluster again' }).click();
  await expect(page.getByText(/Last run: 256 → \d+ dimensions?, 9\d\.\d% of the variance\./)).toBeVisible({
    timeout: 60_000,
  });
  await open(page, 'Map');
  await settled(page);
  await page.getByRole('button', { name: 'Show the curves in full' }).click();
  await expect(
    page.getByText(/^k = \d+ is chosen: it has the highest silhouette, 0\.\d+ ± 0\.\d+\./),
  ).toBeVisible();
  await expect(page.getByText('Silhouettes are estimated from 100 of 120 images.')).toBeVisible();
  await page.getByRole('button', { name: 'Compute the exact silhouette' }).click();
  await expect(page.getByText('Silhouettes are exact, from 120 images.')).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('button', { name: 'Compute the exact silhouette' })).toHaveCount(0);

  // The curves take arrow keys.
  const curve = page.getByRole('slider', { name: 'Davies-Bouldin' });
  const before = Number(await curve.getAttribute('aria-valuenow'));
  await curve.focus();
  await page.keyboard.press(before < 30 ? 'ArrowRight' : 'ArrowLeft');
  await expect(kSlider(page)).toHaveValue(String(before < 30 ? before + 1 : before - 1));
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`)).toEqual([]);
});
