import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { drop, imagesInBar, open, settled } from './actions';
import { expect, test } from './fixtures';
import { motifFolders, png, MOTIFS, writeTree } from './make-images';

const results = (page: Page) => page.getByRole('grid', { name: 'Nearest images' }).getByRole('gridcell');
const inspector = (page: Page) => page.getByRole('complementary', { name: 'Selection' });

/** The folders of the nearest images, and how far away they are. */
async function nearest(page: Page, count: number): Promise<{ folder: string; distance: number }[]> {
  await expect(page.getByText(/^Exact: /)).toBeVisible();
  const cells = await results(page).evaluateAll((all) =>
    all.map((cell) => ({
      index: Number(cell.getAttribute('data-index')),
      path: cell.getAttribute('title')!,
      note: cell.querySelector('.note')!.textContent!,
    })),
  );
  return cells
    .sort((a, b) => a.index - b.index)
    .slice(0, count)
    .map(({ path, note }) => ({ folder: path.split('/')[1], distance: Number(note.replaceAll(',', '')) }));
}

async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`)).toEqual([]);
  }
}

test('images like one of the project, how far away, page by page, and all within a distance selected', async ({
  page,
  site,
  folder,
}) => {
  writeTree(join(folder, 'photos'), motifFolders(8));
  await page.goto(site.url);
  await drop(page, join(folder, 'photos'));
  await settled(page);
  await open(page, 'Search');
  await expect(page.getByRole('heading', { name: 'Search with a picture' })).toBeVisible();
  await expectAccessible(page);

  await inspector(page)
    .getByRole('gridcell', { name: /dots-3/ })
    .click();
  await page.getByRole('button', { name: 'More…' }).click();
  const near = await nearest(page, 39);
  expect(near).toHaveLength(39);
  expect(near.slice(0, 7).map(({ folder: motif }) => motif)).toEqual(Array<string>(7).fill('dots'));
  const distances = near.map(({ distance }) => distance);
  expect(distances).toEqual([...distances].sort((a, b) => a - b));
  await expectAccessible(page);

  // On a narrow screen the results stand below the choices.
  await page.setViewportSize({ width: 390, height: 844 });
  await results(page).first().scrollIntoViewIfNeeded();
  await expect(results(page).first()).toBeInViewport({ ratio: 1 });
  await page.setViewportSize({ width: 1280, height: 800 });

  await page.getByRole('combobox', { name: 'Images', exact: true }).selectOption('24');
  await expect(page.getByText('1–24 of 39 images')).toBeVisible();
  await page.getByRole('button', { name: 'Farther ones' }).click();
  await expect(page.getByText('25–39 of 39 images')).toBeVisible();
  await expect(results(page)).toHaveCount(15);
  await expect(page.getByRole('button', { name: 'Farther ones' })).toBeDisabled();

  // A limit between the last of the same kind and the first of another.
  await page
    .getByRole('spinbutton', { name: 'Up to a distance of' })
    .fill(String((distances[6] + distances[7]) / 2));
  await page.keyboard.press('Enter');
  await expect(results(page)).toHaveCount(7);
  await page.getByRole('button', { name: 'Select all 7 within it' }).click();
  await expect(inspector(page).getByRole('heading').first()).toHaveText('7 selected');

  // By their mean, and by another measure.
  await page.getByRole('button', { name: 'Search with 7 selected images' }).click();
  await expect(page.getByText('the mean of 7 images')).toBeVisible();
  await page.getByRole('combobox', { name: 'Distance' }).selectOption('Cosine');
  await expect(page.getByText(/^Exact: Cosine distances/)).toBeVisible();
  expect((await nearest(page, 1))[0].folder).toBe('dots');
});

test('a picture from outside: searched with and not added, refused when it is broken, or added after all', async ({
  page,
  site,
  folder,
}) => {
  writeTree(join(folder, 'photos'), motifFolders(6));
  writeTree(folder, {
    'unknown.png': png(64, 64, MOTIFS['disc'](60)),
    'broken.png': png(64, 64, MOTIFS['disc'](61)).subarray(0, 90),
  });
  await page.goto(site.url);
  await drop(page, join(folder, 'photos'));
  await settled(page);
  await drop(page, join(folder, 'unknown.png'));
  const question = page.getByRole('region', { name: 'What is “unknown.png” for?' });
  await expect(question).toBeVisible();
  await question.getByRole('button', { name: 'Search with it' }).click();
  await expect(page).toHaveURL(/#search$/);
  await expect(page.getByText('a picture that is not in the project')).toBeVisible();
  const near = await nearest(page, 6);
  expect(near.map(({ folder: motif }) => motif)).toEqual(Array<string>(6).fill('disc'));
  await imagesInBar(page, 30);

  // A file chosen, and one that is no use; where one searches, nothing is asked.
  await page.locator('input[type=file][accept^="image/"]').setInputFiles(join(folder, 'broken.png'));
  await expect(page.getByText('This picture cannot be searched with: Damaged or cut short.')).toBeVisible();
  await expect(results(page)).toHaveCount(0);
  await drop(page, join(folder, 'unknown.png'));
  await expect(results(page)).toHaveCount(30);

  await open(page, 'Map');
  await drop(page, join(folder, 'unknown.png'));
  await question.getByRole('button', { name: 'Add to photos' }).click();
  await imagesInBar(page, 31);
});
