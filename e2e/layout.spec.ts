import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { drop, imagesInBar, open, settled } from './actions';
import { expect, test } from './fixtures';
import { keptLayouts } from './kept-layouts';
import { motifFolders, writeTree } from './make-images';

const chooser = (page: Page): Locator =>
  page.getByRole('group', { name: 'Layout' }).getByRole('button').first();
const panel = (page: Page): Locator => page.getByRole('dialog', { name: 'Layout' });
const edge = (page: Page): Locator => page.locator('.stage .axis.x');
for (const method of ['UMAP', 't-SNE'])
  test(`images that come later join the layout of ${method}, and it stays as it is`, async ({
    page,
    site,
    folder,
  }) => {
    const all = Object.entries(motifFolders(6));
    const isLate = (path: string): boolean => /-5\./.test(path);
    writeTree(join(folder, 'photos'), Object.fromEntries(all.filter(([path]) => !isLate(path))));
    writeTree(join(folder, 'late'), Object.fromEntries(all.filter(([path]) => isLate(path))));
    await page.goto(site.url);
    await drop(page, join(folder, 'photos'));
    await settled(page);
    await open(page, 'Map');
    await chooser(page).click();
    await panel(page)
      .getByRole('radio', { name: new RegExp(`^${method}`) })
      .check();
    await expect(edge(page)).toHaveText(new RegExp(`^${method}, 2-D`));
    const key = `${method.toLowerCase().replace('-', '')}-2`;
    const { [key]: before } = await keptLayouts(page);
    expect(before).toMatchObject({ n: 25, laid: 25 });

    await drop(page, join(folder, 'late'));
    await imagesInBar(page, 30);
    await settled(page);
    await expect(panel(page)).toContainText('5 images came later and were added to this layout.');
    const { [key]: after } = await keptLayouts(page);
    expect(after).toMatchObject({ n: 30, laid: 25 });
    expect(after.coords.slice(0, before.coords.length)).toEqual(before.coords);
    expect(after.coords.every(Number.isFinite)).toBe(true);

    // The same colours, legend and selection as in any other layout.
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: '3-D', exact: true }).click();
    await expect(edge(page)).toHaveText(new RegExp(`^${method}, 3-D`));
    await page.getByRole('combobox', { name: 'Colour by' }).selectOption('Folder');
    await expect(page.getByRole('list', { name: 'Legend' }).getByRole('listitem')).toHaveCount(10);
  });
