import { mkdirSync, writeFileSync } from 'node:fs';
import { chromium, type Page } from 'playwright';
import UPNG from 'upng-js';
import { buildIfStale } from './build-if-stale';
import { chromiumArgs, ensureChromium } from './chromium';
import { serve } from './serve';

// Takes the pictures of docs/screenshots again: every screen with the sample set, wide and narrow, light and dark; or the
// screens that are named. One that goes on from the screen before needs that one named too.
const ASKED = process.argv.slice(2);

const FOLDER = 'docs/screenshots';
const SIZES = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
];
const THEMES = ['light', 'dark'] as const;
const MAX_BYTES = 150_000;
/** Embedding and clustering the sample set on a slow machine without a GPU. */
const PATIENCE = 15 * 60_000;
/** Anything after that; what fails is told, and the other screens are still taken. */
const STEP = 120_000;

/** Each screen: its name in the file, how to get there, and the heading to scroll to where it is not the first. */
const SCREENS: [name: string, go: (page: Page) => Promise<void>, heading?: string][] = [
  ['map', (page) => openScreen(page, 'map')],
  ['map-pictures', (page) => hang(page, 'Always')],
  ['map-filter', (page) => filterMap(page)],
  ['map-search', (page) => searchMap(page)],
  ['map-space', (page) => openSpace(page)],
  ['clusters', (page) => openScreen(page, 'clusters')],
  ['cluster', (page) => openScreen(page, 'cluster-2')],
  ['cluster-columns', (page) => page.getByRole('button', { name: 'Columns', exact: true }).click()],
  ['contact-sheet', (page) => openSheet(page)],
  ['tree', (page) => closeDialog(page).then(() => openTree(page))],
  ['tree-node', (page) => openScreen(page, 'tree-root-1')],
  ['tree-folders', (page) => openFolders(page)],
  ['search', (page) => openSearch(page)],
  ['explore-means', (page) => openScreen(page, 'explore-means')],
  ['explore-distributions', (page) => openScreen(page, 'explore-distributions')],
  ['explore-groupings', (page) => openGroupings(page)],
  ['compare', (page) => openScreen(page, 'compare')],
  ['compare-choice', (page) => openTab(page, 'Choice of k')],
  ['compare-clusters', (page) => openTab(page, 'Clusters')],
  ['compare-variance', (page) => openTab(page, 'Variance')],
  ['compare-time', (page) => openTab(page, 'Time taken')],
  ['stability', (page) => measureStability(page), 'Stability over seeds'],
  ['data', (page) => openScreen(page, 'data')],
  ['projects', (page) => openScreen(page, 'projects')],
  ['settings', (page) => openScreen(page, 'settings')],
  ['settings-clustering', (page) => openScreen(page, 'settings'), 'Clustering'],
  ['models', (page) => openModels(page), 'Models'],
  ['curves', (page) => openCurves(page)],
];

async function openScreen(page: Page, hash: string): Promise<void> {
  await page.evaluate((place) => (location.hash = place), hash);
  await settle(page);
}

async function openSheet(page: Page): Promise<void> {
  await page.setViewportSize(SIZES[0]);
  await page.getByRole('main').getByRole('button', { name: 'Contact sheet…' }).click();
  await page.getByRole('img', { name: 'Preview of page 1' }).waitFor();
}

async function closeDialog(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
}

async function hang(page: Page, when: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Pictures instead of dots' }).selectOption(when);
}

async function filterMap(page: Page): Promise<void> {
  await page.setViewportSize(SIZES[0]);
  await hang(page, 'Never');
  await page.getByRole('combobox', { name: 'Colour by' }).selectOption('Folder');
  const entries = page.getByRole('list', { name: 'Legend' }).getByRole('button', { name: /^Show only/ });
  await entries.nth(1).click();
  await entries.nth(3).click({ modifiers: ['Control'] });
}

async function searchMap(page: Page): Promise<void> {
  await page.setViewportSize(SIZES[0]);
  await page.getByRole('button', { name: 'Clear the filter' }).click();
  await page.getByRole('combobox', { name: 'Colour by' }).selectOption('Distance to own centre');
  await hang(page, 'When near');
  await page.getByRole('searchbox', { name: 'Search the map' }).fill('1');
  await page.getByRole('button', { name: /^Select \d+ images?$/ }).click();
}

async function openSpace(page: Page): Promise<void> {
  await page.setViewportSize(SIZES[0]);
  await page.getByRole('searchbox', { name: 'Search the map' }).fill('');
  await page.keyboard.press('Escape');
  const selection = page.getByRole('complementary', { name: 'Selection' });
  await selection.getByRole('button', { name: 'Clear', exact: true }).click();
  await page.getByRole('combobox', { name: 'Colour by' }).selectOption('Cluster');
  await page.getByRole('button', { name: '3-D', exact: true }).click();
  await page.getByRole('application', { name: /in space/ }).waitFor();
}

async function openTree(page: Page): Promise<void> {
  await openScreen(page, 'tree');
  await page.getByRole('button', { name: 'Make the tree' }).click();
  await page.getByRole('group', { name: /^All images by area/ }).waitFor();
}

async function openGroupings(page: Page): Promise<void> {
  await page.setViewportSize(SIZES[0]);
  await openScreen(page, 'explore-groupings');
  await page.getByRole('region', { name: 'Values' }).getByRole('button').first().click();
}

async function openFolders(page: Page): Promise<void> {
  await page.setViewportSize(SIZES[0]);
  await page.getByRole('combobox', { name: 'Split by' }).selectOption({ label: 'Folder' });
  await page.getByRole('button', { name: 'Cluster each part' }).click();
  await page.getByRole('button', { name: 'Cards' }).click();
  await page.getByRole('table', { name: 'Parts' }).waitFor();
}

async function openSearch(page: Page): Promise<void> {
  await page.setViewportSize(SIZES[0]);
  await openScreen(page, 'map');
  await page.getByRole('complementary', { name: 'Selection' }).getByRole('gridcell').first().click();
  await page.getByRole('button', { name: 'More…' }).click();
  await page.getByText(/^Exact: /).waitFor();
}

async function openTab(page: Page, name: string): Promise<void> {
  await openScreen(page, 'compare');
  await page.getByRole('tab', { name }).click();
  await page.locator('svg.plot').first().waitFor();
}

async function measureStability(page: Page): Promise<void> {
  await page.setViewportSize(SIZES[0]);
  await openTab(page, 'Choice of k');
  await page.getByRole('button', { name: 'Measure stability' }).click();
  await page.getByText('Most stable').waitFor();
}

async function openModels(page: Page): Promise<void> {
  await page.setViewportSize(SIZES[0]);
  await page.getByRole('button', { name: 'Save model…' }).click();
  await page.getByRole('button', { name: /^Apply: / }).click();
  await page.getByText('In use', { exact: true }).nth(1).waitFor();
  // Good news leaves by itself; the sentence for screen readers stays.
  const notices = page.getByRole('region', { name: 'Messages' });
  await notices.getByText('The images are labelled by').waitFor({ state: 'detached' });
}

async function openCurves(page: Page): Promise<void> {
  await page.setViewportSize(SIZES[0]);
  await openScreen(page, 'map');
  const back = page.getByRole('button', { name: 'Back to own clusters' });
  if (await back.isVisible()) await back.click();
  await page.getByText('Best silhouette').waitFor();
  await page.getByRole('button', { name: 'Show the curves in full' }).click();
}

/** Thumbnails arrive by and by, and a canvas draws when it can. */
async function settle(page: Page): Promise<void> {
  await page.waitForFunction(() => [...document.images].every((image) => image.complete));
  await page.waitForTimeout(3000);
}

async function shoot(page: Page, name: string, heading?: string): Promise<void> {
  for (const size of SIZES)
    for (const colorScheme of THEMES) {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await settle(page);
      if (heading)
        await page.getByRole('heading', { name: heading, exact: true }).evaluate((it) => it.scrollIntoView());
      const file = `${FOLDER}/${name}-${size.width}-${colorScheme}.png`;
      writeFileSync(file, smaller(await page.screenshot()));
      console.log(file);
    }
}

/** The same picture with as many colours as fit into the size wanted of files in a repository. */
function smaller(png: Buffer): Uint8Array {
  const { width, height, ...image } = UPNG.decode(new Uint8Array(png).buffer);
  const rgba = UPNG.toRGBA8({ width, height, ...image });
  for (let colours = 256; ; colours /= 2) {
    const small = new Uint8Array(UPNG.encode(rgba, width, height, colours));
    if (small.length <= MAX_BYTES || colours <= 32) return small;
  }
}

mkdirSync(FOLDER, { recursive: true });
const site = await serve({ root: buildIfStale() });
const browser = await chromium.launch({ executablePath: ensureChromium(), args: chromiumArgs() });
try {
  const page = await browser.newPage({ locale: 'en-GB', viewport: SIZES[0] });
  page.setDefaultTimeout(PATIENCE);
  // A dialog of the system cannot be answered here: without it, files come as downloads.
  await page.addInitScript(() => Reflect.deleteProperty(window, 'showSaveFilePicker'));
  await page.goto(site.url);
  const sample = page.getByRole('button', { name: 'Try the sample set' });
  await sample.waitFor();
  if (ASKED.length === 0) await shoot(page, 'start');
  await page.setViewportSize(SIZES[0]);
  await sample.click();
  await page.mouse.move(0, 0);
  await page.getByText('Best silhouette').waitFor();
  await page.getByRole('progressbar').waitFor({ state: 'detached' });
  page.setDefaultTimeout(STEP);
  for (const [name, go, heading] of SCREENS.filter(([name]) => ASKED.length === 0 || ASKED.includes(name)))
    try {
      await go(page);
      await shoot(page, name, heading);
    } catch (error) {
      console.error(`${name}: ${String(error)}`);
      process.exitCode = 1;
      await page.keyboard.press('Escape');
    }
} finally {
  await browser.close();
  await site.close();
}
