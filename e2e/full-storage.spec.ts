import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { CDPSession, Page } from '@playwright/test';
import { counts, drop, open, settled } from './actions';
import { expect, test } from './fixtures';
import { motifFolders, noisyPictures, writeTree } from './make-images';

const panel = (page: Page) => page.getByRole('region', { name: 'Queue' });
/** Of the sets that are dropped here; one from before may stand among them. */
const rows = (page: Page) =>
  panel(page)
    .getByRole('listitem')
    .filter({ hasText: /birds|cats|dogs/ });
const row = (page: Page, name: string) => rows(page).filter({ hasText: name });
const alert = (page: Page) => page.getByRole('alert').filter({ hasText: 'storage is full' });

const SETS = { birds: noisyPictures(40), cats: motifFolders(3), dogs: motifFolders(2) };
const IMAGES = { birds: 40, cats: 15, dogs: 10 };

interface Space {
  /** Leaves so many bytes beside what is used. */
  leave(bytes: number): Promise<void>;
  /** As much as there was at first. */
  free(): Promise<void>;
}

/** The page with all its own files stored, and a hand on the space that is left. */
async function visit(page: Page, url: string): Promise<Space> {
  await page.goto(`${url}?backend=wasm`);
  // The files for offline use are stored in the same place.
  await expect(page.locator('html')).toHaveAttribute('data-offline', 'ready', { timeout: 60_000 });
  const cdp: CDPSession = await page.context().newCDPSession(page);
  const { origin } = new URL(url);
  return {
    async leave(bytes) {
      const { usage } = await cdp.send('Storage.getUsageAndQuota', { origin });
      await cdp.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: usage + bytes });
    },
    free: () => cdp.send('Storage.overrideQuotaForOrigin', { origin }).then(() => undefined),
  };
}

async function dropSets(page: Page, folder: string): Promise<void> {
  const names = Object.keys(SETS) as (keyof typeof SETS)[];
  for (const name of names) writeTree(join(folder, name), SETS[name]);
  await drop(page, ...names.map((name) => join(folder, name)));
  await page.getByRole('button', { name: '3 projects, one behind the other' }).click();
}

/** The panel hangs in the bar, whether a project could be opened or not. */
async function openPanel(page: Page): Promise<void> {
  if (!(await panel(page).isVisible())) await page.getByRole('button', { name: /^Queue: / }).click();
}

/** Every set is told of, none seems to go on, and the sentence says why. */
async function expectAllPaused(page: Page): Promise<void> {
  await expect(alert(page)).toContainText('Delete a project or free disk space', { timeout: 120_000 });
  await openPanel(page);
  await expect(rows(page)).toHaveCount(3);
  for (const name of Object.keys(SETS)) await expect(row(page, name)).toContainText('Paused');
  await expect(rows(page).filter({ hasText: /Embedding|Waiting|Set aside/ })).toHaveCount(0);
  await expect(panel(page)).toContainText('storage is full, so all sets are paused');
  await expect(page.getByRole('banner').getByText('Next in the queue')).toHaveCount(0);
}

async function expectAllDone(page: Page): Promise<void> {
  await openPanel(page);
  for (const [name, images] of Object.entries(IMAGES)) {
    await expect(row(page, name)).toContainText(/Ready|Embedded/, { timeout: 240_000 });
    await expect(row(page, name)).toContainText(`${images} images`);
  }
  await expect(alert(page)).toHaveCount(0);
  await expect(rows(page)).toHaveCount(3);
}

for (const [when, bytes] of [
  ['nothing fits', 0],
  ['little fits', 300_000],
  ['some fits', 1_500_000],
] as const)
  test(`full before the drop (${when}): all sets are told of and paused, and go on at one press`, async ({
    page,
    site,
    folder,
  }) => {
    test.setTimeout(400_000);
    const space = await visit(page, site.url);
    await space.leave(bytes);
    await dropSets(page, folder);
    await expectAllPaused(page);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);

    // Still full: nothing is lost by trying.
    await panel(page).getByRole('button', { name: 'Let all go on' }).click();
    await expectAllPaused(page);
    await space.free();
    await panel(page).getByRole('button', { name: 'Let all go on' }).click();
    await expectAllDone(page);
    await page.getByRole('button', { name: 'Open “cats”' }).click();
    await settled(page);
    expect(await counts(page)).toMatchObject({
      'Files dropped': 15,
      Embedded: 15,
      Waiting: 0,
      Duplicates: 0,
      Skipped: 0,
      Missing: 0,
    });
  });

test('full in the middle of a set: the message itself lets all go on', async ({ page, site, folder }) => {
  test.setTimeout(400_000);
  const space = await visit(page, site.url);
  // All are listed by then: the pictures of the first are 4.8 MB, those of the others next to nothing.
  await space.leave(3_200_000);
  await dropSets(page, folder);
  await expectAllPaused(page);
  await space.free();
  await alert(page).getByRole('button', { name: 'Let all go on' }).click();
  await expectAllDone(page);
});

test('while it is full, a project can be looked at and deleted', async ({ page, site, folder }) => {
  test.setTimeout(400_000);
  const space = await visit(page, site.url);
  await space.leave(3_200_000);
  writeTree(join(folder, 'old'), motifFolders(4));
  await drop(page, join(folder, 'old'));
  await settled(page);
  await dropSets(page, folder);
  await expectAllPaused(page);
  await panel(page).getByRole('button', { name: 'Open “cats”' }).click();
  await expect(page).toHaveTitle(/cats/);
  await expect(page.getByRole('banner')).toContainText('Paused: storage is full');
  await open(page, 'Projects');
  const old = page.getByRole('listitem').filter({ has: page.getByRole('button', { name: 'Delete “old”' }) });
  await page.getByRole('button', { name: 'Delete “old”' }).click();
  await expect(old).toHaveCount(0);
  // What was deleted is freed at once, so that there is room for what waits.
  await space.free();
  await panel(page).getByRole('button', { name: 'Let all go on' }).click();
  await expectAllDone(page);
  await page.reload();
  await open(page, 'Projects');
  await expect(page.getByRole('button', { name: 'Delete “dogs”' })).toBeVisible();
  await expect(old).toHaveCount(0);
});
