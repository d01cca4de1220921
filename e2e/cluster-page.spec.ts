import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { unzipSync } from 'fflate';
import UPNG from 'upng-js';
import { sheetLayout, type SheetLayout } from '../src/exports/contact-sheet/layout';
import { readNpy } from '../src/exports/npy';
import { drop, exported, exportedTable, open, settled } from './actions';
import { expect, test } from './fixtures';
import { MOTIFS, png, writeTree, type Painter } from './make-images';

const EACH = 4;
const SIDE = 64;

/** Pictures of every motif, without loss, with a name that is hard to set among them; and how each is painted. */
const painters = new Map<string, Painter>();
for (const [motif, painter] of Object.entries(MOTIFS))
  for (let i = 0; i < EACH; i++)
    painters.set(`photos/${motif}/${i === 0 ? `תמונה 🦔 ${motif}` : `${motif}-${i}`}.png`, painter(i));

async function opened(page: Page, url: string, folder: string): Promise<void> {
  const files = [...painters].map(([path, painter]) => [path, png(SIDE, SIDE, painter)]);
  writeTree(folder, Object.fromEntries(files));
  await page.goto(url);
  await drop(page, join(folder, 'photos'));
  await settled(page);
}

/** Rows as the page has them, with their clusters and vectors. */
async function clustered(page: Page) {
  const labels = await exportedTable(page, /^Labels/);
  const { data, shape } = readNpy(await exported(page, /^Embeddings \(NPY\)/));
  const vectors = labels.map((_, i) => data.subarray(i * shape[1], (i + 1) * shape[1]));
  expect(shape[0]).toBe(labels.length);
  const members = labels.flatMap(({ cluster }, row) => (cluster === '0' ? [row] : []));
  return { labels, vectors, members, pathOf: (row: number) => labels[row]['path'] };
}

const distance = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let sum = 0;
  for (let t = 0; t < a.length; t++) sum += (a[t] - b[t]) ** 2;
  return Math.sqrt(sum);
};
const average = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const three = (value: number): string =>
  new Intl.NumberFormat('en', { maximumSignificantDigits: 3 }).format(value);

/** The pixels of the picture of pictures, RGBA. */
async function pixels(page: Page, which: 'mean' | 'median' | 'spread'): Promise<number[]> {
  const frame = page.locator(`[data-which=${which}]`);
  await expect(frame).toBeVisible({ timeout: 60_000 });
  return frame.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
    const { width, height } = canvas;
    return [...canvas.getContext('2d')!.getImageData(0, 0, width, height).data];
  });
}

/** Mean, median and spread of these pictures by their definitions, RGBA. */
function expected(paths: string[]): Record<'mean' | 'median' | 'spread', number[]> {
  const found = { mean: [] as number[], median: [] as number[], spread: [] as number[] };
  for (let y = 0; y < SIDE; y++)
    for (let x = 0; x < SIDE; x++) {
      const colours = paths.map((path) => Uint8Array.from(painters.get(path)!(x, y)));
      let variance = 0;
      const [mean, median] = [new Uint8ClampedArray(4).fill(255), new Uint8ClampedArray(4).fill(255)];
      for (let c = 0; c < 3; c++) {
        const values = colours.map((colour) => colour[c]).sort((a, b) => a - b);
        const middle = average(values);
        mean[c] = middle;
        median[c] = (values[(values.length - 1) >> 1] + values[values.length >> 1]) / 2;
        variance += average(values.map((value) => (value - middle) ** 2));
      }
      const grey = Math.round(2 * Math.sqrt(variance / 3));
      found.mean.push(...mean);
      found.median.push(...median);
      found.spread.push(grey, grey, grey, 255);
    }
  return found;
}

const farthest = (a: number[], b: number[]): number =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);

test('what the page of a cluster says can be computed from its files', async ({ page, site, folder }) => {
  await opened(page, site.url, folder);
  const { labels, vectors, members, pathOf } = await clustered(page);
  await open(page, 'Clusters');
  await page.getByRole('button', { name: 'Cluster 0', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Cluster 0', level: 1 })).toBeVisible();

  // The pictures of pictures, from thumbnails (JPEG) nearly and from the originals exactly.
  const pictures = page.getByRole('group', { name: 'All pictures in one' });
  const wanted = expected(members.map(pathOf));
  await expect(page.getByRole('img', { name: `Mean of ${members.length} images` })).toBeVisible();
  const fromThumbnails = await pixels(page, 'mean');
  expect(fromThumbnails).toHaveLength(SIDE * SIDE * 4);
  expect(average(fromThumbnails.map((value, i) => Math.abs(value - wanted.mean[i])))).toBeLessThan(6);
  await page.getByLabel('From the original files').check();
  await expect(page.getByText(`Mean of ${members.length} images.`)).toBeVisible();
  await expect.poll(async () => farthest(await pixels(page, 'mean'), wanted.mean)).toBe(0);
  await pictures.getByRole('button', { name: 'Median' }).click();
  expect(farthest(await pixels(page, 'median'), wanted.median)).toBe(0);
  await pictures.getByRole('button', { name: 'Spread' }).click();
  // A root is rounded: one level either way.
  expect(farthest(await pixels(page, 'spread'), wanted.spread)).toBeLessThanOrEqual(1);

  // The medoid, the spread and the silhouettes.
  const among = (row: number, rows: number[]): number[] =>
    rows.filter((other) => other !== row).map((other) => distance(vectors[row], vectors[other]));
  const sums = members.map((row) => average(among(row, members)));
  const medoid = members[sums.indexOf(Math.min(...sums))];
  await expect(page.locator('[data-medoid=found]').getByRole('img')).toHaveAccessibleName(
    `Medoid: ${pathOf(medoid)}`,
  );
  const clusters = [...new Set(labels.map(({ cluster }) => cluster))];
  const rowsOf = (cluster: string): number[] =>
    labels.flatMap((one, row) => (one['cluster'] === cluster ? [row] : []));
  const silhouette = (row: number): number => {
    const a = average(among(row, members));
    const others = clusters.filter((cluster) => cluster !== '0');
    const b = Math.min(...others.map((cluster) => average(among(row, rowsOf(cluster)))));
    return (b - a) / Math.max(a, b);
  };
  await expect(page.locator('[data-score=silhouette]')).toHaveText(
    average(members.map(silhouette)).toFixed(2),
  );
  const centreOf = (rows: number[]): number[] =>
    Array.from(vectors[0], (_, t) => average(rows.map((row) => vectors[row][t])));
  const distances = members.map((row) => distance(vectors[row], centreOf(members)));
  const numbers = page.locator('dl', { hasText: '95th percentile' });
  await expect(numbers).toContainText(`Images ${members.length}`);
  await expect(numbers).toContainText(three(average(distances)));

  // The list, from the border inwards: the smallest gap to another centre first.
  await page.getByRole('button', { name: 'List' }).click();
  await page.getByRole('button', { name: 'Borderline first' }).click();
  const centres = clusters.filter((cluster) => cluster !== '0').map((cluster) => centreOf(rowsOf(cluster)));
  const gaps = members.map(
    (row, i) => Math.min(...centres.map((centre) => distance(vectors[row], centre))) - distances[i],
  );
  const nearest = members[gaps.indexOf(Math.min(...gaps))];
  const list = page.getByRole('region', { name: /^Images of the cluster/ });
  await expect(list.getByRole('button')).toHaveCount(members.length);
  await expect(list.getByRole('button').first()).toHaveAttribute('title', pathOf(nearest));
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

  // The columns, against all others.
  await page.getByRole('button', { name: 'Columns', exact: true }).click();
  const motif = pathOf(members[0]).split('/')[1];
  const isOne = members.every((row) => pathOf(row).includes(`/${motif}/`)) && members.length === EACH;
  await expect(page.locator('[data-done=true]')).toBeVisible();
  const over = new RegExp(`^Over-represented: (photos/)?${motif} \\(only here\\)\\.$`);
  if (isOne) await expect(page.getByText(over).first()).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
});

async function sheets(page: Page): Promise<Buffer> {
  const download = page.waitForEvent('download');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  return readFileSync(await (await download).path());
}

test('contact sheets: of a cluster as a picture, of all clusters as pages', async ({
  page,
  site,
  folder,
}) => {
  await opened(page, site.url, folder);
  const { members, pathOf, labels, vectors } = await clustered(page);
  await open(page, 'Clusters');
  await page.getByRole('button', { name: 'Cluster 0', exact: true }).click();
  await page.getByRole('button', { name: 'Contact sheet…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Contact sheet' });
  await expect(dialog.getByRole('img', { name: 'Preview of page 1' })).toBeVisible({ timeout: 60_000 });
  await dialog.getByLabel('Page').selectOption('pixels');
  await dialog.getByLabel('Width').fill('800');
  await dialog.getByLabel('Height').fill('600');
  await dialog.getByLabel('Pictures a row').fill('4');
  await dialog.getByLabel('Path').check();
  await expect(dialog.getByRole('status').first()).toHaveText(
    `1 page, ${members.length} images, 800 × 600 px`,
  );
  expect((await new AxeBuilder({ page }).include('dialog').analyze()).violations).toEqual([]);

  const drawn = UPNG.decode(new Uint8Array(await sheets(page)).buffer);
  const [rgba, { width, height }] = [new Uint8Array(UPNG.toRGBA8(drawn)[0]), drawn];
  expect([width, height]).toEqual([800, 600]);
  const { margin, top, side, pitchX } = sheetLayout(
    { width: 800, height: 600, dpi: null },
    4,
    2,
  ) as SheetLayout;
  const at = (x: number, y: number): number[] => [...rgba.subarray(4 * (y * 800 + x), 4 * (y * 800 + x) + 3)];
  const centre = Array.from(vectors[0], (_, t) => average(members.map((row) => vectors[row][t])));
  const near = members.toSorted((a, b) => distance(vectors[a], centre) - distance(vectors[b], centre));
  near.slice(0, 4).forEach((row, i) => {
    // Enlarged, pixels are seen as they are: the middle of one of them.
    const place = Math.floor(((20.5 * side) / SIDE) | 0);
    const colour = Uint8Array.from(painters.get(pathOf(row))!(20, 20));
    expect(at(margin + i * pitchX + place, top + place)).toEqual([...colour]);
  });
  expect(at(margin - 4, top + 10)).toEqual([255, 255, 255]);

  // A page and more for each cluster, on paper.
  await page.getByRole('button', { name: 'Contact sheet…' }).click();
  await dialog.getByLabel('Page').selectOption('A4');
  await dialog.getByLabel('Dots per inch').selectOption('72');
  await dialog.getByRole('combobox', { name: 'Images' }).selectOption({ index: 1 });
  const k = new Set(labels.map(({ cluster }) => cluster)).size;
  await expect(dialog.getByRole('status').first()).toHaveText(
    `${k} pages, ${painters.size} images, 595 × 842 px`,
  );
  const zip = unzipSync(new Uint8Array(await sheets(page)));
  expect(Object.keys(zip)).toEqual(
    Array.from({ length: k }, (_, i) => `page-${String(i + 1).padStart(2, '0')}.png`),
  );
  for (const bytes of Object.values(zip)) {
    const one = UPNG.decode(bytes.slice().buffer);
    expect([one.width, one.height]).toEqual([595, 842]);
    expect(Buffer.from(bytes).toString('latin1', 37, 41)).toBe('pHYs');
  }

  // From the selection, and closed by the keyboard.
  await page.getByRole('button', { name: 'Select all' }).click();
  await page
    .getByRole('complementary', { name: 'Selection' })
    .getByRole('button', { name: 'Contact sheet…' })
    .click();
  await expect(dialog.getByRole('combobox', { name: 'Images' })).toContainText('The selection');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});
