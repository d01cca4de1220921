import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { drop, open, settled } from './actions';
import { expect, test } from './fixtures';
import { motifFolders, MOTIFS, writeTree } from './make-images';

const NAMES = Object.keys(MOTIFS);
const EACH = 6;
const ALL = NAMES.length * EACH;

async function clean(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`)).toEqual([]);
  }
}

const map = (page: Page): Locator => page.getByRole('application', { name: /Map of all images/ });
const selected = (page: Page): Locator =>
  page.getByRole('complementary', { name: 'Selection' }).getByRole('heading').first();
const legend = (page: Page): Locator => page.getByRole('list', { name: 'Legend' });
const list = (page: Page): Locator => page.getByRole('region', { name: 'The map as a list' });
const tool = (page: Page, name: string): Promise<void> =>
  page.getByRole('button', { name, exact: true }).click();

/** Draws on the map, in parts of its width and of its height below the tools. */
async function draw(page: Page, corners: readonly (readonly [number, number])[]): Promise<void> {
  const { x, y, width, height } = (await map(page).boundingBox())!;
  const tools = (await page.locator('.tools').boundingBox())!;
  const [top, bottom] = [tools.y + tools.height + 4, y + height - 4];
  const [first, ...more] = corners.map(([u, v]) => [x + u * width, top + v * (bottom - top)] as const);
  await page.mouse.move(...first);
  await page.mouse.down();
  for (const corner of more) await page.mouse.move(...corner, { steps: 6 });
  await page.mouse.up();
}
const EVERYTHING = [
  [0.01, 0],
  [0.99, 1],
] as const;

async function count(page: Page): Promise<number> {
  const text = await selected(page).innerText();
  return text.startsWith('All') ? 0 : Number.parseInt(text, 10);
}

async function prepare(page: Page, url: string, folder: string): Promise<void> {
  const files = motifFolders(EACH);
  const rows = Object.keys(files).map((path, i) => `${path},${i % 2 ? 'phone' : 'camera'},${i / 2}`);
  writeTree(join(folder, 'photos'), files);
  writeFileSync(join(folder, 'about.csv'), ['file,device,weight', ...rows].join('\n'));
  await page.goto(url);
  await drop(page, join(folder, 'photos'));
  await settled(page);
  await drop(page, join(folder, 'about.csv'));
  const dialog = page.getByRole('dialog', { name: 'about.csv' });
  await dialog.getByRole('button', { name: 'Add the columns' }).click();
  await expect(dialog).toHaveCount(0);
  await open(page, 'Map');
  await expect(map(page)).toBeVisible();
}

test('what is drawn is selected, added, taken away; the legend filters; the list agrees', async ({
  page,
  site,
  folder,
}) => {
  await prepare(page, site.url, folder);

  // A box over everything, then a lasso that takes the left half away, and a box with Shift that brings it back.
  await tool(page, 'Box');
  await draw(page, EVERYTHING);
  await expect(selected(page)).toHaveText(`${ALL} selected`);
  await tool(page, 'Lasso');
  await tool(page, 'Take from the selection');
  const half = [
    [0.01, 0],
    [0.4, 0],
    [0.4, 1],
    [0.01, 1],
  ] as const;
  await draw(page, half);
  await expect.poll(() => count(page)).toBeLessThan(ALL);
  const right = await count(page);
  expect(right).toBeGreaterThan(0);
  await page.keyboard.down('Shift');
  await draw(page, half);
  await page.keyboard.up('Shift');
  await expect(selected(page)).toHaveText(`${ALL} selected`);
  await tool(page, 'New selection');
  await page.keyboard.press('Escape');
  await expect(selected(page)).toHaveText(`All ${ALL} images`);

  // By a column: one value alone, found with everything drawn round.
  await page.getByRole('combobox', { name: 'Colour by' }).selectOption('device');
  await expect(legend(page).getByRole('listitem')).toHaveCount(2);
  const phone = legend(page).getByRole('button', { name: /^Show only phone/ });
  await phone.press('Enter');
  await expect(phone).toHaveAttribute('aria-pressed', 'true');
  const filter = page.getByRole('group', { name: 'Filter' });
  await expect(filter).toContainText(`phone ${ALL / 2} of ${ALL} images`);
  await tool(page, 'Box');
  await draw(page, EVERYTHING);
  await expect(selected(page)).toHaveText(`${ALL / 2} selected`);
  await clean(page);

  // The list says so too, and so does another entry with Ctrl.
  await tool(page, 'List');
  await expect(list(page)).toContainText('Coloured by: device.');
  await expect(list(page)).toContainText(`${ALL / 2} of ${ALL} images are shown, the others are grey.`);
  await expect(
    list(page).getByRole('button', { name: new RegExp(`camera ${ALL / 2} images, grey`) }),
  ).toBeVisible();
  await clean(page);
  await legend(page)
    .getByRole('button', { name: /^Show only camera/ })
    .click({ modifiers: ['Control'] });
  await expect(filter).toHaveCount(0);
  await phone.click();
  await filter.getByRole('button', { name: 'Clear the filter' }).click();
  await expect(filter).toHaveCount(0);
  await expect(list(page).getByRole('button', { name: /grey/ })).toHaveCount(0);

  // By a score: the parts of its scale hold every image, and one of them is selected by its words.
  await page.getByRole('combobox', { name: 'Colour by' }).selectOption('Distance to own centre');
  const parts = page.getByRole('list', { name: 'Distance to own centre' }).getByRole('button');
  await expect(parts).toHaveCount(8);
  const names = await parts.evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? ''));
  const sizes = names.map((name) => Number(/(\d+) images?$/.exec(name)?.[1]));
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(ALL);
  const fullest = sizes.indexOf(Math.max(...sizes));
  await parts.nth(fullest).click();
  await filter.getByRole('button', { name: 'Select', exact: true }).click();
  await expect(selected(page)).toHaveText(sizes[fullest] === 1 ? /./ : `${sizes[fullest]} selected`);
});

test('search by name, column and cluster; near and far; in space', async ({ page, site, folder }) => {
  await prepare(page, site.url, folder);
  const search = page.getByRole('searchbox', { name: 'Search the map' });
  const found = page.getByRole('region', { name: 'Found' });

  // A part of the name, by the keyboard alone.
  await map(page).focus();
  await page.keyboard.press('/');
  await expect(search).toBeFocused();
  await page.keyboard.type('disc-3');
  await expect(found.getByRole('button', { name: /^Select 1 image/ })).toBeVisible();
  await page.keyboard.press('Enter');
  const facts = page.getByRole('complementary', { name: 'Selection' });
  await expect(facts.getByText('disc-3', { exact: false }).first()).toBeVisible();
  // The view went there, and the overview says where that is.
  const overview = page.getByRole('button', { name: /^Overview/ });
  await expect(overview).toBeVisible();
  await clean(page);
  await overview.click();
  await expect(overview).toHaveCount(0);

  // The value of a column: proposed from free text, as text and as numbers.
  await search.fill('phon');
  await found.getByRole('button', { name: `device: phone ${ALL / 2} images` }).click();
  await expect(search).toHaveValue('device:phone');
  await expect(found.getByRole('button', { name: `Select ${ALL / 2} images` })).toBeVisible();
  await search.fill('weight:<1');
  await found.getByRole('button', { name: 'Select 2 images' }).click();
  await expect(selected(page)).toHaveText('2 selected');
  await search.fill('#1');
  const cluster = found.getByRole('button', { name: /^1 Cluster 1/ });
  await expect(cluster).toBeVisible();
  await search.press('ArrowDown');
  await expect(cluster).toBeFocused();
  await page.keyboard.press('Enter');
  await expect.poll(() => count(page)).toBeGreaterThan(0);
  await search.fill('nothing like this');
  await expect(found).toContainText('Nothing found.');
  await search.press('Escape');
  await expect(found).toHaveCount(0);

  // Pictures hang on the map when asked for, and a picture can be clicked.
  await page.getByRole('combobox', { name: 'Pictures instead of dots' }).selectOption('Always');
  await page.getByRole('combobox', { name: 'Pictures instead of dots' }).selectOption('Never');

  // In space: the arrow keys turn, a box selects what is seen, and everything can be shown again.
  await page.getByRole('button', { name: '3-D', exact: true }).click();
  const space = page.getByRole('application', { name: /in space/ });
  await expect(space).toBeVisible();
  await page.keyboard.press('Escape');
  await space.focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Shift+ArrowUp');
  await page.keyboard.press('+');
  await page.keyboard.press('0');
  await tool(page, 'Box');
  await draw(page, EVERYTHING);
  await expect(selected(page)).toHaveText(`${ALL} selected`);
  await clean(page);
  await page.getByRole('button', { name: '3-D', exact: true }).click();
  await expect(space).toHaveCount(0);
  await expect(selected(page)).toHaveText(`${ALL} selected`);
});
