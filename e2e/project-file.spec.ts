import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { counts, drop, exported, exportedTable, imagesInBar, open, settled } from './actions';
import { expect, guard, test } from './fixtures';
import { motifFolders, writeTree } from './make-images';

const dialog = (page: Page) => page.getByRole('dialog');

/** Saves the open project as a file, through the project's menu. */
async function savedProject(page: Page, to: string, { images }: { images: boolean }): Promise<string> {
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('button', { name: /^Save project file/ }).click();
  await expect(dialog(page).getByRole('radio')).toHaveCount(2);
  await dialog(page)
    .getByRole('radio', { name: images ? /^With \d+ images/ : /^Without the images/ })
    .check();
  const download = page.waitForEvent('download');
  await dialog(page).getByRole('button', { name: 'Save' }).click();
  await (await download).saveAs(to);
  await expect(dialog(page)).toHaveCount(0);
  return to;
}

async function expectNoViolations(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`)).toEqual([]);
}

test('a project saved, deleted and opened again from its file: the same labels, names and vectors', async ({
  page,
  site,
  folder,
}) => {
  const photos = join(folder, 'photos');
  writeTree(photos, motifFolders(6));
  await page.goto(site.url);
  await drop(page, photos);
  await settled(page);
  await open(page, 'Clusters');
  await page.getByRole('button', { name: 'Cluster 1', exact: true }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('the largest');
  await page.keyboard.press('Enter');
  await open(page, 'Map');
  const labels = await exportedTable(page, /^Labels/);
  const vectors = await exported(page, /^Embeddings \(NPY\)/);
  expect(labels.some((row) => Object.values(row).includes('the largest'))).toBe(true);

  const small = await savedProject(page, join(folder, 'small.tessera'), { images: false });
  const whole = await savedProject(page, join(folder, 'whole.tessera'), { images: true });
  expect(readFileSync(whole).length).toBeGreaterThan(readFileSync(small).length);
  await open(page, 'Projects');
  await page.getByRole('button', { name: 'Delete “photos”' }).click();
  await expect(page.getByText('No project yet', { exact: false })).toBeVisible();

  await drop(page, small);
  await expect(dialog(page)).toContainText('30 images');
  await expect(dialog(page)).toContainText('not in this file; thumbnails are');
  await expectNoViolations(page);
  await dialog(page).getByRole('button', { name: 'Open as a new project' }).click();
  await imagesInBar(page, 30);
  await settled(page);
  expect(await exportedTable(page, /^Labels/)).toEqual(labels);
  expect((await exported(page, /^Embeddings \(NPY\)/)).equals(vectors)).toBe(true);
  const before = await counts(page);
  expect(before).toMatchObject({ Embedded: 30, Waiting: 0, Missing: 0 });

  // An original is asked for: it is said to be missing, until its folder is given.
  await open(page, 'Map');
  await page.getByRole('complementary', { name: 'Selection' }).getByRole('gridcell').first().click();
  await expect(page.getByText('it was not in the project file', { exact: false })).toBeVisible();
  await drop(page, photos);
  await settled(page);
  expect(await counts(page)).toEqual(before);
  await open(page, 'Map');
  await page.getByRole('complementary', { name: 'Selection' }).getByRole('button', { name: 'Clear' }).click();
  await page.getByRole('complementary', { name: 'Selection' }).getByRole('gridcell').first().click();
  await expect(page.getByText('it was not in the project file', { exact: false })).toHaveCount(0);

  // The one with the images needs no folder.
  await drop(page, whole);
  await expect(dialog(page)).toContainText('30 in this file');
  await dialog(page).getByRole('button', { name: 'Open as a new project' }).click();
  await expect(dialog(page)).toHaveCount(0);
  await settled(page);
  expect(await exportedTable(page, /^Labels/)).toEqual(labels);
});

test('how long runs took goes along to another browser, and can be forgotten there', async ({
  page,
  site,
  folder,
  browser,
  wrongs,
}) => {
  const photos = join(folder, 'photos');
  writeTree(photos, motifFolders(6));
  await page.goto(site.url);
  await drop(page, photos);
  await settled(page);
  const file = await savedProject(page, join(folder, 'timed.tessera'), { images: false });

  const elsewhere = await browser.newContext();
  await guard(elsewhere, wrongs);
  const other = await elsewhere.newPage();
  await other.goto(site.url);
  await drop(other, file);
  await dialog(other).getByRole('button', { name: 'Open as a new project' }).click();
  await imagesInBar(other, 30);
  await settled(other);
  await open(other, 'Compare');
  await other.getByRole('tab', { name: 'Time taken' }).click();
  await expect(other.getByText(/^Embedding, .*another browser \(\w+\)$/)).toBeVisible();
  await expect(other.getByText(/^Clustering, .*another browser \(\w+\)$/)).toBeVisible();
  await expectNoViolations(other);
  await other.getByRole('button', { name: 'Forget these times' }).click();
  await expect(other.getByText('No run has been timed yet.', { exact: false })).toBeVisible();
  await other.getByText('Undo', { exact: true }).click();
  await expect(other.getByText(/^Clustering, .*another browser/)).toBeVisible();
  await elsewhere.close();
});

test('a file that is damaged is refused with a sentence, in three languages', async ({
  page,
  site,
  folder,
}) => {
  const path = join(folder, 'broken.tessera');
  writeFileSync(path, readFileSync('test/fixtures/project-v1.tessera').subarray(0, 4000));
  await page.goto(site.url);
  const sentences = {
    en: /is damaged or was not written/,
    fr: /est abîmé ou n’a pas été écrit/,
    ru: /повреждён или создан не/,
  };
  for (const [locale, sentence] of Object.entries(sentences)) {
    await page.evaluate((value) => localStorage.setItem('tessera.locale', value), locale);
    await page.reload();
    await drop(page, path);
    await expect(dialog(page).getByRole('alert')).toHaveText(sentence);
    await page.keyboard.press('Escape');
  }
});

test('a file of version 1 opens; the methods page tells how it was made', async ({ page, site }) => {
  await page.goto(site.url);
  await drop(page, resolve('test/fixtures/project-v1.tessera'));
  await dialog(page).getByRole('button', { name: 'Open as a new project' }).click();
  await expect(dialog(page)).toHaveCount(0);
  await imagesInBar(page, 12);
  await settled(page);
  const html = (await exported(page, /^Methods page \(HTML\)/)).toString('utf8');
  expect(html).toContain('Silhouette');
  expect(html).not.toContain('<script');
  const markdown = (await exported(page, /^Methods page \(Markdown\)/)).toString('utf8');
  expect(markdown).toContain('## References');
});
